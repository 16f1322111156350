"""Beginning work whose length depends on what it is about: short work is done at once, long work by a worker."""

from typing import Any

from datasets.jobs import enqueue
from datasets.models import Job
from datasets.runner import run_job
from datasets.services.imports import WAITED_FOR, start_here

# Rows; nobody waits for a worker for so few.
AT_ONCE = 10_000


def is_short(rows: int) -> bool:
    """Whether this is done while somebody waits for the answer."""
    return rows <= AT_ONCE


def begin(*, rows: int, **job: Any) -> Job:
    """Write a job into the ledger (fields as for `enqueue`), done when this returns if it writes few enough rows.

    Not inside a transaction: how the job ends is committed whatever becomes of the caller.
    """
    fields: dict[str, Any] = {"queue": "media", "priority": WAITED_FOR} | job
    if not is_short(rows):
        return enqueue(**fields)
    here = start_here(enqueue, **fields)
    run_job(here)
    here.refresh_from_db()
    return here
