"""A worker in another process is killed while it makes a campaign; another one goes on, and nothing is doubled.

Runs on SQLite and the filesystem broker, and under `make test-services` on PostgreSQL and Redis.
"""

import os
import signal
import time
from typing import Any

import pytest

from tests.services.installation import ask, rows, start_worker

CLIPS, PEOPLE = 3000, 3
EACH = CLIPS * 4  # assignments of one annotator, written in more than one transaction

CAMPAIGN = f"""
from config.commands import prepare_home
prepare_home()
from annotator.services.campaigns import request_campaign
from datasets.models import Clip, Project, Source
project = Project.objects.create(name="killed")
source = Source.objects.create(project=project, video_id="v")
Clip.objects.bulk_create(
    Clip(project=project, source=source, clip_id=f"{{n:05d}}", order=n, transcript=f"第{{n}}句话", seconds=3.0,
         sha256=f"{{n:064x}}", file=f"clips/{{n}}.mp4", width=640, height=360, frame_rate=25.0)
    for n in range({CLIPS})
)
request_campaign(project=project, annotators=[f"person{{n}}" for n in range({PEOPLE})], repeats=0)
"""
JOB = "SELECT state, attempts, error FROM datasets_job WHERE kind = 'make_campaign'"
MADE = "SELECT membership_id, clip_id, modality FROM annotator_assignment"


def wait_for(machine: dict[str, str], condition: Any, seconds: float = 120) -> tuple[Any, ...]:
    until, job = time.monotonic() + seconds, ()
    while time.monotonic() < until:
        (job,) = rows(machine, JOB)
        if condition(job):
            return job
        time.sleep(0.01)
    pytest.fail(f"waited {seconds} s in vain; the job is {job}")


def kill_in_the_middle(machine: dict[str, str]) -> None:
    worker = start_worker(machine)
    try:
        wait_for(machine, lambda job: len(rows(machine, MADE)) > EACH)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(timeout=20)


def finish_with_another_worker(machine: dict[str, str]) -> tuple[Any, ...]:
    time.sleep(3.5)  # the dead worker's lease
    worker = start_worker(machine)
    try:
        ask(machine, "from datasets.jobs import sweep\nsweep()")
        return wait_for(machine, lambda job: job[0] in ("succeeded", "failed"))
    finally:
        os.killpg(worker.pid, signal.SIGTERM)
        worker.wait(timeout=30)


def test_a_campaign_whose_maker_was_killed_is_made_once_with_nothing_doubled(machine):
    ask(machine, CAMPAIGN)
    kill_in_the_middle(machine)
    begun = len(rows(machine, MADE))
    assert EACH < begun < PEOPLE * EACH
    assert rows(machine, "SELECT state FROM annotator_campaign") == [("making",)]
    state, attempts, error = finish_with_another_worker(machine)
    assert (state, attempts) == ("succeeded", 2), error
    made = rows(machine, MADE)
    assert len(made) == len(set(made)) == PEOPLE * EACH
    assert rows(machine, "SELECT state FROM annotator_campaign") == [("open",)]
    assert rows(machine, "SELECT count(*), sum(total), sum(done) FROM annotator_progress") == [(12, PEOPLE * EACH, 0)]
