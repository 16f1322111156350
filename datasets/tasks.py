"""Celery entry points."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from celery import shared_task
from celery.signals import worker_process_init

from datasets.jobs import wake_workers
from datasets.runner import Interrupted, work_once

# Set for good in a process that was asked to end, so that wake-ups it already holds start nothing new.
leaving = False


@shared_task(name="datasets.work")  # type: ignore[untyped-decorator]  # Celery publishes no types
def work(queue: str) -> bool:
    """Woken up: do one job of this queue, then stand in line again, so that a long queue holds up no other."""
    if leaving:
        return False
    try:
        with interruptible():
            found = work_once(queue)
    except Interrupted:
        return False
    if found and not leaving:
        wake_workers(queue, 1)
    return found


@contextmanager
def interruptible() -> Iterator[None]:
    """While inside, SIGTERM raises Interrupted wherever the process is, and the job goes back into its queue."""

    def leave(number: int, frame: FrameType | None) -> None:
        global leaving
        leaving = True
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise Interrupted

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN if leaving else before)


@worker_process_init.connect  # type: ignore[untyped-decorator]
def leave_ending_to_the_parent(**context: Any) -> None:
    """An idle process of the pool outlives SIGTERM: the worker that owns it closes it in good order."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
