"""What a worker does with a job: claim it, keep its lease, run its handler, write down how it ended."""

import logging
import os
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from config.errors import DomainError
from config.sentences import NOTHING, Sentence, sentence
from datasets import jobs
from datasets.models import Job, Project
from datasets.models.jobs import said

logger = logging.getLogger(__name__)

Handler = Callable[["Work"], dict[str, Any] | None]
HANDLERS: dict[str, Handler] = {}


# Kind -> module that handles it; imported when the first such job comes, so that web and commands start quickly.
HOMES: dict[str, str] = {}


def declare_handlers(module: str, *kinds: str) -> None:
    """Say in which module the handlers of these kinds live; apps do it when they are ready."""
    HOMES.update(dict.fromkeys(kinds, module))


def handler_of(kind: str) -> Handler:
    """The handler of a kind, its module imported if that has not happened yet."""
    if kind not in HANDLERS:
        import_module(HOMES[kind])
    return HANDLERS[kind]


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of this kind."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return register


class Cancelled(Exception):
    """Somebody asked for this job to stop."""


class LeaseLost(Exception):
    """Another worker holds this job now; nothing more may be written."""


class Interrupted(BaseException):
    """This process is asked to end. Not an Exception, so that no handler takes it for a failure of its own."""


class Work:
    """A handler's view of its job: what to do, how to report, when to stop."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.payload: dict[str, Any] = job.payload
        self.cancel_asked = threading.Event()
        self.lease_lost = threading.Event()
        self._last_report = 0.0

    @property
    def project(self) -> Project:
        """What the job belongs to; the ledger allows jobs without one, but not of kinds that ask for it."""
        if self.job.project is None:
            raise ValueError(f"A job of the kind {self.job.kind} without a project")
        return self.job.project

    def check(self) -> None:
        """Raise if the job was cancelled or taken over; call it often."""
        if self.lease_lost.is_set():
            raise LeaseLost
        if self.cancel_asked.is_set():
            raise Cancelled

    def progress(self, done: int, total: int, doing: Sentence = NOTHING) -> None:
        """Tell people how far this is (written at most twice a second); raises like `check`."""
        self.check()
        if time.monotonic() - self._last_report < 0.5 and done < total:
            return
        self._last_report = time.monotonic()
        self.renew(done=done, total=total, **said(doing=doing))

    def renew(self, **fields: Any) -> None:
        """Prolong the lease and hear whether somebody asked to stop."""
        held = Job.objects.filter(pk=self.job.pk, fence=self.job.fence, state=Job.State.RUNNING)
        if not held.update(lease_until=timezone.now() + jobs.lease(), **fields):
            self.lease_lost.set()
        elif held.filter(cancel_requested=True).exists():
            self.cancel_asked.set()

    @contextmanager
    def commit(self) -> Iterator[None]:
        """One transaction for results, entered only while this worker holds the job."""
        with transaction.atomic():
            held = Job.objects.select_for_update().filter(pk=self.job.pk, fence=self.job.fence, state=Job.State.RUNNING)
            if not held.exists():
                raise LeaseLost
            yield


@contextmanager
def heartbeat(work: Work) -> Iterator[None]:
    """Renew the lease from a thread while the handler is busy."""
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(min(5.0, jobs.lease().total_seconds() / 4)):
            try:
                work.renew()
            except Exception:  # a busy database must not end the heartbeat; the next one may succeed
                logger.warning("The lease of job %s could not be renewed.", work.job.pk, exc_info=True)
            finally:
                connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def worker_name() -> str:
    """Name of this process in the ledger."""
    return f"{socket.gethostname()}:{os.getpid()}"


def run_job(job: Job) -> None:
    """Run a claimed job to its end; nothing escapes but what stops the process itself."""
    work = Work(job)
    try:
        with heartbeat(work):
            result = handler_of(job.kind)(work)
    except Cancelled:
        jobs.end_job(job, Job.State.CANCELLED)
    except Interrupted:
        jobs.give_back(job)
        raise  # a job that did this one as a part of itself is given back too
    except LeaseLost:
        logger.warning("Job %s was taken over by another worker.", job.pk)
    except DomainError as error:
        # What is wrong with the input stays wrong: no second attempt.
        jobs.end_job(job, Job.State.FAILED, **said(error=error.sentence))
    except Exception as error:
        logger.exception("Job %s failed", job.pk)
        Job.objects.filter(pk=job.pk, fence=job.fence).update(log_tail=traceback.format_exc()[-4000:])
        broken = sentence("job_broke", "{error}: {words}", error=type(error).__name__, words=str(error))
        jobs.requeue(job, error=broken)
    else:
        jobs.end_job(job, Job.State.SUCCEEDED, result=result)


def work_once(queue: str) -> bool:
    """Do the next job of a queue; False when it has none."""
    job = jobs.claim_next(worker=worker_name(), queue=queue)
    if job:
        run_job(job)
    return job is not None


def work_through(queue: str) -> int:
    """Do the jobs of a queue until none is left; returns how many."""
    count = 0
    while work_once(queue):
        count += 1
    return count


def finish_here(job: Job, report: Callable[[Job], None] = lambda job: None) -> Job:
    """Do a job and its parts in this process, beside any workers, until it has ended."""
    while True:
        mine = jobs.claim_next(worker=worker_name(), within=job)
        if mine:
            run_job(mine)
        job.refresh_from_db()
        report(job)
        if job.state in Job.ENDED:
            return job
        if not mine:
            time.sleep(0.3)
            jobs.sweep()
