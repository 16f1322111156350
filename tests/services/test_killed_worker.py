"""A worker in another process is killed, or asked to end, in the middle of its work, and nothing of it is lost.

Runs on SQLite and the filesystem broker, and under `make test-services` on PostgreSQL and Redis.
"""

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from datasets.media.programs import ffmpeg
from tests.services.installation import ROOT, ask, rows, start_worker

MANAGE = [sys.executable, "manage.py"]
CLIPS = 15


@pytest.fixture
def footage(tmp_path: Path) -> Path:
    """Fifteen clips of one small video, each long enough to be in the middle of being made."""
    folder = tmp_path / "imports"
    folder.mkdir()
    source = ["-f", "lavfi", "-i", "testsrc2=s=320x240:r=25", "-f", "lavfi", "-i", "sine=r=16000"]
    encoding = ["-t", str(CLIPS), "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", folder / "talk.mp4"]
    subprocess.run([ffmpeg(), "-v", "error", *source, *encoding], check=True)
    with (folder / "clips.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["video", "start", "end", "transcript", "speaker", "scenario", "supervised"])
        table.writerows(["talk.mp4", n, n + 0.96, f"第{n}句", "she", "vlog", 1] for n in range(CLIPS))
    return folder


JOB = "SELECT state, done, attempts, error FROM datasets_job WHERE kind = 'import_clips'"
CLIPS_MADE = "SELECT count(*) FROM datasets_clip"


def job_of(machine: dict[str, str]) -> dict[str, Any]:
    (job,), ((clips,),) = rows(machine, JOB), rows(machine, CLIPS_MADE)
    return dict(zip(("state", "done", "attempts", "error"), job, strict=True)) | {"clips": clips}


def wait_for(machine: dict[str, str], condition: Any, seconds: float = 60) -> dict[str, Any]:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        job = job_of(machine)
        if condition(job):
            return job
        time.sleep(0.05)
    pytest.fail(f"waited {seconds} s in vain; the job is {job}")


def queue_import(machine: dict[str, str], footage: Path) -> None:
    subprocess.run([*MANAGE, "migrate", "-v0"], env=machine, cwd=ROOT, check=True)
    ask(
        machine,
        "from config.sentences import Sentence\n"
        "from datasets.jobs import enqueue\n"
        "from datasets.services.projects import find_or_make_project\n"
        f"payload = dict(folder={str(footage)!r}, manifest={str(footage / 'clips.csv')!r}, atomic=True)\n"
        "project = find_or_make_project(name='killed')\n"
        "enqueue(kind='import_clips', title=Sentence('', 'import'), queue='media', payload=payload, project=project)",
    )


def end_worker_in_the_middle(machine: dict[str, str], how: signal.Signals) -> subprocess.Popen[bytes]:
    worker = start_worker(machine)
    try:
        wait_for(machine, lambda job: job["state"] == "running" and job["done"] >= 2)
    finally:
        os.killpg(worker.pid, how)
        worker.wait(timeout=20)
    assert job_of(machine)["clips"] == 0
    return worker


def finish_with_another_worker(machine: dict[str, str]) -> dict[str, Any]:
    worker = start_worker(machine)
    try:
        subprocess.run([*MANAGE, "sweep_jobs"], env=machine, cwd=ROOT, check=True, capture_output=True)
        return wait_for(machine, lambda job: job["state"] in ("succeeded", "failed"))
    finally:
        os.killpg(worker.pid, signal.SIGTERM)
        worker.wait(timeout=20)


def test_a_killed_workers_job_is_finished_once_by_another(machine, footage):
    queue_import(machine, footage)
    end_worker_in_the_middle(machine, signal.SIGKILL)
    time.sleep(3.5)  # the dead worker's lease
    job = finish_with_another_worker(machine)
    assert (job["state"], job["clips"], job["attempts"]) == ("succeeded", CLIPS, 2), job


def test_a_worker_asked_to_end_gives_its_job_back_at_once_and_leaves_nothing_behind(machine, footage):
    queue_import(machine, footage)
    worker = end_worker_in_the_middle(machine, signal.SIGTERM)
    job = job_of(machine)
    assert (worker.returncode, job["state"], job["attempts"]) == (0, "queued", 0), job
    assert not list((Path(machine["CUESET_HOME"]) / "tmp").iterdir())
    job = finish_with_another_worker(machine)
    assert (job["state"], job["clips"], job["attempts"]) == ("succeeded", CLIPS, 1), job
