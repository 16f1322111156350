"""Let further processes on this machine do parts of a job, beside the one that waits for it: one on each core."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from uuid import UUID

import django
from django.conf import settings

if TYPE_CHECKING:
    from datasets.models import Job


@contextmanager
def helpers(job: "Job", count: int) -> Iterator[None]:
    """`count` processes that take parts of the job until none is queued; those left at the end give theirs back."""
    command = [sys.executable, "-m", "datasets.side_by_side", str(job.pk)]
    started = [subprocess.Popen(command, cwd=settings.BASE_DIR) for _ in range(count)]  # noqa: S603 - this program
    try:
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


def help_with(pk: UUID) -> int:
    """Do queued parts of a job until none is left; returns how many."""
    from datasets.jobs import claim_next
    from datasets.models import Job
    from datasets.runner import run_job, worker_name

    job, done = Job.objects.get(pk=pk), 0
    while mine := claim_next(worker=worker_name(), within=job):
        run_job(mine)
        done += 1
    return done


def main() -> None:
    """Help with the job that is named."""
    from datasets.runner import Interrupted
    from datasets.tasks import interruptible

    with suppress(Interrupted), interruptible():
        help_with(UUID(sys.argv[1]))


if __name__ == "__main__":
    # Models can be imported only after this, which is why that is done where they are used.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main()
