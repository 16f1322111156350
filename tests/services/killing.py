"""Killing a worker in the midst of a job, and letting another one finish it."""

import os
import signal
import time
from collections.abc import Callable

import pytest

from tests.services.installation import ask, rows, start_worker

LEASE_OVER = 3.5  # seconds until the dead worker's lease has ended (conftest)
SECONDS = 120


def kill_in_the_middle(machine: dict[str, str], is_in_the_middle: Callable[[], bool]) -> None:
    """Start a worker, and kill it as soon as this is so."""
    worker = start_worker(machine)
    try:
        until = time.monotonic() + SECONDS
        while not is_in_the_middle():
            if time.monotonic() > until:
                pytest.fail("the job was never caught in the middle")
            time.sleep(0.01)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(timeout=20)


def finish_with_another_worker(machine: dict[str, str], kind: str) -> None:
    """The only job of this kind ends well at its second attempt."""
    time.sleep(LEASE_OVER)
    worker, job = start_worker(machine), ()
    try:
        ask(machine, "from datasets.jobs import sweep\nsweep()")
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            (job,) = rows(machine, f"SELECT state, attempts, error FROM datasets_job WHERE kind = '{kind}'")
            if job[0] in ("succeeded", "failed"):
                break
            time.sleep(0.05)
    finally:
        os.killpg(worker.pid, signal.SIGTERM)
        worker.wait(timeout=30)
    assert job[:2] == ("succeeded", 2), job
