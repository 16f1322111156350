"""The ledger of long work: rows are the queue of record, Celery messages only wake workers up.

A job is claimed by compare-and-set, held by a lease that its worker renews, and fenced by a number that grows at every
claim, so that a slow twin can no longer write. Whatever a crash leaves behind, `sweep` finds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from config.celery import app as celery_app
from config.errors import Conflict
from config.sentences import Sentence, sentence
from datasets.models import Job, Project
from datasets.models.jobs import said

QUEUES = ("media", "features", "training")
MOST_ATTEMPTS = 3
MOST_WAKE_UPS = 16


@dataclass(frozen=True)
class Part:
    """One child of a job: a title for people and a payload for the handler."""

    kind: str
    title: Sentence
    payload: Mapping[str, Any] = field(default_factory=dict)


def enqueue(
    *,
    kind: str,
    title: Sentence,
    queue: str,
    payload: Mapping[str, Any] | None = None,
    parts: Iterable[Part] = (),
    project: Project | None = None,
    created_by: User | None = None,
    priority: int = 5,
) -> Job:
    """Write a job into the ledger; with `parts`, its own handler runs once every part has ended."""
    parts = list(parts)
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind,
            queue=queue,
            payload=dict(payload or {}),
            project=project,
            created_by=created_by,
            priority=priority,
            total=len(parts),
            state=Job.State.WAITING if parts else Job.State.QUEUED,
            **said(title=title),
        )
        _create_parts(job, parts)
        transaction.on_commit(lambda: wake_workers(queue, len(parts) or 1))
    return job


@transaction.atomic
def add_parts(*, job: Job, parts: Iterable[Part]) -> None:
    """Give a job that ended well more parts; its own handler runs again once they have ended. Conflict otherwise."""
    added = list(parts)
    ended = Job.objects.filter(pk=job.pk, state=Job.State.SUCCEEDED)
    total = Job.objects.filter(parent=job).count() + len(added)
    again = {"attempts": 0, "finished_at": None, "result": None, "doing": "", "doing_said": None}
    if not ended.update(state=Job.State.WAITING, total=total, done=total - len(added), **again):
        job.refresh_from_db()
        raise Conflict(f"“{job.title}” is {job.state}; only a job that has ended well can be given more to do.")
    _create_parts(job, added)
    transaction.on_commit(lambda: wake_workers(job.queue, len(added)))


def _create_parts(job: Job, parts: Iterable[Part]) -> None:
    common = {name: getattr(job, name) for name in ("queue", "project", "created_by", "priority")}
    Job.objects.bulk_create(
        Job(kind=part.kind, payload=dict(part.payload), parent=job, **said(title=part.title), **common)
        for part in parts
    )


def wake_workers(queue: str, jobs: int) -> None:
    """Send up to MOST_WAKE_UPS messages; each keeps one worker busy until the queue is empty."""
    for _ in range(min(jobs, MOST_WAKE_UPS)):
        celery_app.send_task("datasets.work", args=[queue], queue=queue)


def claim_next(*, worker: str, queue: str | None = None, within: Job | None = None) -> Job | None:
    """Take the next queued job of a queue, or of one job's family; None when there is none."""
    queued = Job.objects.filter(state=Job.State.QUEUED)
    if queue:
        queued = queued.filter(queue=queue)
    if within:
        queued = queued.filter(pk=within.pk) | queued.filter(parent=within)
    for pk in queued.order_by("priority", "created_at").values_list("pk", flat=True)[:20]:
        if claim(pk, worker=worker):
            return Job.objects.get(pk=pk)
    return None


def claim(pk: UUID, *, worker: str) -> bool:
    """Move one job from queued to running; False if another worker came first."""
    now = timezone.now()
    return (
        Job.objects.filter(pk=pk, state=Job.State.QUEUED).update(
            state=Job.State.RUNNING,
            worker=worker,
            lease_until=now + lease(),
            started_at=now,
            attempts=F("attempts") + 1,
            fence=F("fence") + 1,
            error="",
            error_said=None,
        )
        == 1
    )


def lease() -> timedelta:
    """How long a worker may be silent before its job is given to another."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def seconds_left(job: Job) -> int | None:
    """How long the rest takes at the pace so far; None when nothing is done yet, or everything."""
    if job.state in Job.ENDED or not job.done or not job.total:
        return None
    passed = timezone.now() - (job.started_at or job.created_at)
    return round(passed.total_seconds() / job.done * (job.total - job.done))


def end_job(job: Job, state: Job.State, **fields: Any) -> bool:
    """Close a running job if this worker still holds it, and wake its parent when it was the last part."""
    held = Job.objects.filter(pk=job.pk, fence=job.fence, state=Job.State.RUNNING)
    ended = held.update(state=state, finished_at=timezone.now(), lease_until=None, **fields) == 1
    if ended and job.parent_id:
        settle_parent(job.parent_id)
    return ended


def settle_parent(pk: UUID) -> None:
    """Count a waiting job's ended parts; queue it for its own handler when all have ended."""
    parts = Job.objects.filter(parent_id=pk)
    ended = parts.filter(state__in=Job.ENDED).count()
    waiting = Job.objects.filter(pk=pk, state=Job.State.WAITING)
    waiting.update(done=ended)
    if parts.count() > ended:
        return
    cancelled = waiting.filter(cancel_requested=True)
    cancelled.update(state=Job.State.CANCELLED, finished_at=timezone.now())
    if waiting.update(state=Job.State.QUEUED) == 1:
        queue = Job.objects.values_list("queue", flat=True).get(pk=pk)
        transaction.on_commit(lambda: wake_workers(queue, 1))


def requeue(job: Job, *, error: Sentence) -> None:
    """Give a job back to the queue after an attempt that broke, or fail it after the last one."""
    if job.attempts >= MOST_ATTEMPTS:
        end_job(job, Job.State.FAILED, **said(error=error))
        return
    held = Job.objects.filter(pk=job.pk, fence=job.fence, state=Job.State.RUNNING)
    held.update(state=Job.State.QUEUED, lease_until=None, **said(error=error))
    wake_workers(job.queue, 1)


def give_back(job: Job) -> None:
    """Put a job that was interrupted through no fault of its own back into the queue; the attempt does not count."""
    held = Job.objects.filter(pk=job.pk, fence=job.fence, state=Job.State.RUNNING)
    held.update(state=Job.State.QUEUED, lease_until=None, attempts=F("attempts") - 1)


def cancel_job(*, job: Job) -> None:
    """Ask a job and its parts to stop: what is queued ends at once, what runs ends at its next heartbeat."""
    family = Job.objects.filter(pk=job.pk) | Job.objects.filter(parent=job)
    open_jobs = family.exclude(state__in=Job.ENDED)
    if not open_jobs.exists():
        raise Conflict(f"“{job.title}” has already ended, so there is nothing to cancel.")
    open_jobs.update(cancel_requested=True)
    Job.objects.filter(pk__in=family.values("pk"), state=Job.State.QUEUED).update(
        state=Job.State.CANCELLED, finished_at=timezone.now()
    )
    if job.state == Job.State.WAITING:
        settle_parent(job.pk)


@transaction.atomic
def retry_job(*, job: Job) -> Job:
    """Queue a failed or cancelled job again, with those of its parts that did not succeed."""
    if job.state not in (Job.State.FAILED, Job.State.CANCELLED):
        raise Conflict(f"“{job.title}” is {job.state}; only a failed or cancelled job can be tried again.")
    again = {"attempts": 0, "cancel_requested": False, "error": "", "error_said": None, "finished_at": None}
    broken = Job.objects.filter(parent=job, state__in=(Job.State.FAILED, Job.State.CANCELLED))
    parts = broken.update(state=Job.State.QUEUED, **again)
    state = Job.State.WAITING if parts else Job.State.QUEUED
    Job.objects.filter(pk=job.pk).update(state=state, **again)
    transaction.on_commit(lambda: wake_workers(job.queue, parts or 1))
    job.refresh_from_db()
    return job


def sweep() -> dict[str, int]:
    """Mend what crashes left behind: expired leases, parents nobody woke, queued work nobody heard of."""
    now = timezone.now()
    expired = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=now)
    for job in expired:
        doing = job.doing or job.title
        silent = "The worker {worker} fell silent while doing “{doing}”."
        requeue(job, error=sentence("worker_silent", silent, worker=job.worker, doing=doing))
    idle_parents = Job.objects.filter(state=Job.State.WAITING).exclude(
        children__state__in=(Job.State.QUEUED, Job.State.RUNNING, Job.State.WAITING)
    )
    for pk in list(idle_parents.values_list("pk", flat=True)):
        settle_parent(pk)
    counts = {}
    for queue in QUEUES:
        counts[queue] = Job.objects.filter(state=Job.State.QUEUED, queue=queue).count()
        wake_workers(queue, counts[queue])
    return counts
