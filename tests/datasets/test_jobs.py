"""The ledger: nothing lost, nothing finished twice, everything can be stopped."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config.errors import Conflict, DomainError
from config.sentences import Sentence
from datasets import jobs, runner
from datasets.jobs import Part
from datasets.models import Job
from datasets.runner import LeaseLost, Work, finish_here, handles

ONE, TWO = Sentence("", "one"), Sentence("", "two")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def handlers(monkeypatch):
    monkeypatch.setattr(runner, "HANDLERS", {})
    seen: list[str] = []

    @handles("say")
    def say(work: Work) -> dict:
        seen.append(work.payload["word"])
        return {"said": work.payload["word"]}

    @handles("refuse")
    def refuse(work: Work) -> None:
        raise DomainError("The clip has no audio.")

    @handles("break")
    def break_(work: Work) -> None:
        seen.append("broke")
        raise RuntimeError("boom")

    @handles("sum_up")
    def sum_up(work: Work) -> dict:
        return {"parts": sorted(part.state for part in work.job.children.all())}

    return seen


def queue(kind: str = "say", **kwargs) -> Job:
    return jobs.enqueue(kind=kind, title=Sentence("", "a job"), queue="media", payload={"word": "hello"}, **kwargs)


def test_a_job_runs_once_and_keeps_its_result(handlers):
    job = finish_here(queue())
    assert (job.state, job.result, job.attempts) == (Job.State.SUCCEEDED, {"said": "hello"}, 1)
    assert runner.work_through("media") == 0
    assert handlers == ["hello"]


def test_of_two_workers_one_claims():
    job = queue()
    assert jobs.claim(job.pk, worker="a")
    assert not jobs.claim(job.pk, worker="b")


def test_wrong_input_fails_at_once_with_its_sentence():
    job = finish_here(queue("refuse"))
    assert (job.state, job.error, job.attempts) == (Job.State.FAILED, "The clip has no audio.", 1)
    assert job.error_said["code"] == "domain_error"


def test_a_job_that_always_breaks_is_tried_three_times(handlers):
    job = finish_here(queue("break"))
    assert (job.state, job.attempts, handlers) == (Job.State.FAILED, 3, ["broke"] * 3)
    assert job.error == "RuntimeError: boom"
    assert job.error_said["facts"] == {"error": "RuntimeError", "words": "boom"}
    assert "boom" in job.log_tail


def test_a_parent_runs_after_all_its_parts_even_when_some_fail():
    job = queue("sum_up", parts=[Part("say", ONE, {"word": "one"}), Part("refuse", TWO)])
    job = finish_here(job)
    assert job.result == {"parts": ["failed", "succeeded"]}
    assert (job.done, job.total) == (2, 2)


def test_the_sweeper_gives_a_dead_workers_job_to_another(handlers):
    job = queue()
    jobs.claim(job.pk, worker="died")
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    jobs.sweep()
    assert runner.work_through("media") == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.SUCCEEDED, 2)


def test_a_job_whose_worker_dies_three_times_fails_with_the_reason():
    job = queue()
    for _ in range(3):
        assert jobs.claim(job.pk, worker="died")
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        jobs.sweep()
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert "fell silent" in job.error
    assert job.error_said["code"] == "worker_silent"


def test_a_worker_that_lost_its_lease_can_neither_commit_nor_end_the_job():
    job = queue()
    slow = jobs.claim_next(worker="slow")
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    jobs.sweep()
    quick = jobs.claim_next(worker="quick")
    with pytest.raises(LeaseLost), Work(slow).commit():
        pass
    assert not jobs.end_job(slow, Job.State.SUCCEEDED)
    assert jobs.end_job(quick, Job.State.SUCCEEDED)
    job.refresh_from_db()
    assert job.state == Job.State.SUCCEEDED


def test_cancelling_ends_what_is_queued_and_stops_what_runs():
    parent = queue("sum_up", parts=[Part("say", ONE, {"word": "one"}), Part("say", TWO, {"word": "two"})])
    running = jobs.claim_next(worker="w", within=parent)
    jobs.cancel_job(job=parent)
    work = Work(running)
    work.renew()
    with pytest.raises(runner.Cancelled):
        work.check()
    jobs.end_job(running, Job.State.CANCELLED)
    parent.refresh_from_db()
    assert parent.state == Job.State.CANCELLED
    assert not Job.objects.exclude(state=Job.State.CANCELLED).exists()


def test_what_has_ended_cannot_be_cancelled():
    job = finish_here(queue())
    with pytest.raises(Conflict, match="already ended"):
        jobs.cancel_job(job=job)


def test_a_retry_runs_only_the_parts_that_failed(handlers):
    parent = finish_here(queue("sum_up", parts=[Part("say", ONE, {"word": "one"}), Part("refuse", TWO)]))
    Job.objects.filter(pk=parent.pk).update(state=Job.State.FAILED)
    parent.refresh_from_db()
    Job.objects.filter(kind="refuse").update(kind="say", payload={"word": "mended"})
    parent = finish_here(jobs.retry_job(job=parent))
    assert parent.result == {"parts": ["succeeded", "succeeded"]}
    assert handlers == ["one", "mended"]


def test_parts_with_a_lower_priority_number_run_first(handlers):
    jobs.enqueue(kind="say", title=Sentence("", "later"), queue="media", payload={"word": "later"}, priority=5)
    jobs.enqueue(kind="say", title=Sentence("", "first"), queue="media", payload={"word": "first"}, priority=1)
    runner.work_through("media")
    assert handlers == ["first", "later"]
