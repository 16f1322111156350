"""Parts of a job are done by whoever helps, and the one that waits gets them all."""

import pytest

from config.sentences import Sentence
from datasets.jobs import Part, enqueue, seconds_left
from datasets.models import Job
from datasets.runner import HANDLERS, finish_here
from datasets.side_by_side import help_with, helpers

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(monkeypatch):
    monkeypatch.setitem(HANDLERS, "test_part", lambda work: {"number": work.payload["number"]})
    monkeypatch.setitem(HANDLERS, "test_sum", lambda work: {"parts": work.job.children.count()})
    parts = [Part("test_part", Sentence("", f"Part {number}"), {"number": number}) for number in range(3)]
    return enqueue(kind="test_sum", title=Sentence("", "Sum"), queue="media", parts=parts)


def test_a_helper_does_the_parts_and_the_sum(job):
    other = enqueue(kind="test_part", title=Sentence("", "Another"), queue="media", payload={"number": 9})
    assert help_with(job.pk) == 4
    assert finish_here(job).result == {"parts": 3}
    other.refresh_from_db()
    assert other.state == Job.State.QUEUED


def test_helpers_are_gone_when_the_wait_is_over(job, monkeypatch):
    started = []

    class Process:
        def __init__(self, command, **options):
            started.append((command, []))

        def terminate(self):
            started[-1][1].append("terminate")

        def wait(self):
            started[-1][1].append("wait")

    monkeypatch.setattr("datasets.side_by_side.subprocess.Popen", Process)
    with helpers(job, 1):
        finish_here(job)
    ((command, ended),) = started
    assert command[-1] == str(job.pk)
    assert ended == ["terminate", "wait"]


def test_time_left_is_told_once_a_part_is_done(job):
    assert seconds_left(job) is None
    job.done = 1
    assert seconds_left(job) >= 0
    finish_here(job)
    job.refresh_from_db()
    assert seconds_left(job) is None
