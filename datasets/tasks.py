"""Celery entry points."""

from celery import shared_task

from datasets.jobs import wake_workers
from datasets.runner import work_once


@shared_task(name="datasets.work")  # type: ignore[untyped-decorator]  # Celery publishes no types
def work(queue: str) -> bool:
    """Woken up: do one job of this queue, then stand in line again, so that a long queue holds up no other."""
    found = work_once(queue)
    if found:
        wake_workers(queue, 1)
    return found
