"""The other processes of a training that several share: started by the one that keeps the results, and gone with it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings

from modeling.corpus import open_corpus
from modeling.errors import RunFailed
from modeling.memory import keep_freed_memory
from modeling.models import Run
from modeling.processes import joined
from modeling.runner.execution import checkpoint_of, epochs_of, prepare_torch
from modeling.training_errors import Cancelled

GOODBYE_SECONDS = 20.0


@contextmanager
def start_others(run: Run, *, fence: int) -> Iterator[None]:
    """Start as many processes as CUESET_TRAINING_PROCESSES says, less this one, and tell torch of all of them.

    They are told by the variables that torchrun sets. torchrun itself gives each a session of its own, which a job
    that is cancelled could not end; these stay in this process's group. RunFailed when one of them ended badly.
    """
    count = settings.TRAINING_PROCESSES
    if count < 2:
        yield
        return
    common = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(_free_port()), "WORLD_SIZE": str(count)}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "execute_run", str(run.pk), "--along"]
    command += ["--fence", str(fence), "--parent", str(os.getpid())]
    places = [{**common, "RANK": str(place), "LOCAL_RANK": str(place)} for place in range(count)]
    others = [subprocess.Popen(command, env={**os.environ, **each}) for each in places[1:]]  # noqa: S603 - no shell
    os.environ.update(places[0])
    try:
        yield
    except RuntimeError as error:  # torch's, when another process no longer answers
        codes = _wait(others)
        if any(codes):
            raise RunFailed(
                f"One of the {count} processes of this training ended with exit code {next(filter(None, codes))}: "
                "its log is above; launch the run again, or set CUESET_TRAINING_PROCESSES to 1."
            ) from error
        raise
    finally:
        _wait(others)


def work_along(run: Run, *, parent: int) -> None:
    """Train with the process that keeps the results, and keep none."""
    with open_corpus(run) as corpus, joined(prepare_torch()) as device, suppress(Cancelled):
        resume, tidy = checkpoint_of(run), keep_freed_memory()
        epochs = epochs_of(
            run, corpus, device, resume, should_stop=lambda: os.getppid() != parent, on_batch=lambda _: tidy()
        )
        for _ in epochs:
            pass


def _free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


def _wait(others: list[subprocess.Popen[bytes]]) -> list[int]:
    """Exit codes of the others, ended first where they do not end by themselves."""
    for each in others:
        try:
            each.wait(GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            each.kill()
            each.wait()
    return [each.returncode for each in others]
