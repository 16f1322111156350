"""Celery entry points."""

from celery import shared_task

from datasets.runner import work_through


@shared_task(name="datasets.work")  # type: ignore[untyped-decorator]  # Celery publishes no types
def work(queue: str) -> int:
    """Woken up: do what the ledger holds for this queue."""
    return work_through(queue)
