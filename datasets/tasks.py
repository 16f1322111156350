"""Celery entry points."""

from celery import shared_task

from datasets.runner import work_through


@shared_task(name="datasets.work")
def work(queue: str) -> int:
    """Woken up: do what the ledger holds for this queue."""
    return work_through(queue)
