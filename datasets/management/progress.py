"""A progress bar for people who wait at a terminal for a job."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from tqdm import tqdm

from config.errors import DomainError
from datasets.models import Job
from datasets.runner import finish_here

LOOK_SECONDS = 0.5
FORMAT = "{desc} {percentage:3.0f}% |{bar:24}| {elapsed} gone, {remaining} left{postfix}"


@contextmanager
def progress_bar(job: Job, words: Callable[[Job], str] = lambda job: job.doing) -> Iterator[None]:
    """Draw how far the job is on stderr while inside, with what it does now; nothing where nobody looks at a terminal.

    A thread reads the ledger, because the job may be done by this very process.
    """
    if not sys.stderr.isatty():
        yield
        return
    over = threading.Event()
    with tqdm(total=1, file=sys.stderr, bar_format=FORMAT, dynamic_ncols=True, leave=True) as bar:
        thread = threading.Thread(target=_draw, args=(bar, job, words, over), daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def finished(job: Job, *, wait: bool = True) -> Job:
    """The job once it has ended, done in this process behind a bar; without `wait`, as it stands.

    DomainError when it ended in any other way than well.
    """
    if wait and job.state not in Job.ENDED:
        with progress_bar(job):
            job = finish_here(job)
    if job.state in (Job.State.FAILED, Job.State.CANCELLED):
        raise DomainError(job.error or f"“{job.title}” was {job.state}.")
    return job


def _draw(bar: "tqdm[None]", job: Job, words: Callable[[Job], str], over: threading.Event) -> None:
    try:
        is_over = False
        while not is_over:
            is_over = over.wait(LOOK_SECONDS)
            now = Job.objects.get(pk=job.pk)
            bar.total = max(now.total, 1)
            bar.n = bar.total if now.state == Job.State.SUCCEEDED else min(now.done, bar.total)
            bar.set_description_str(now.state, refresh=False)
            bar.set_postfix_str(words(now))
    finally:
        connection.close()
