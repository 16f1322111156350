"""Twenty runs at once on two workers: one killed, one cancelled, one out of memory; the others never notice.

Runs on SQLite and the filesystem broker, and under `make test-services` on PostgreSQL and Redis.
"""

import contextlib
import json
import os
import resource
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.services.installation import ask, rows, start_worker

MEMORY = 16 * 2**30  # bytes of address space that a worker and its trainings may have
FRAMES = 1_000_000  # of one clip; a batch of eight such clips needs 32 GB in the first layer alone

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")

LAUNCH = f"""
import tempfile
from pathlib import Path
import numpy as np
from config.commands import prepare_home
prepare_home()
from datasets.features import RaggedWriter
from datasets.media import storage
from datasets.models import Project
from datasets.vocabulary import Modality
from tests.modeling.corpora import EXTRACTORS, make_feature_set, make_run, make_version, rows_of

version = make_version(Project.objects.create(name="small clips"))
runs = {{"cancelled": make_run(version, epochs=100000, overrides={{"patience": 100000}})}}
runs["killed"] = make_run(version, epochs=100000, overrides={{"patience": 100000}}, seed=2)

long = make_version(Project.objects.create(name="long clips"))
for modality in EXTRACTORS:
    made = make_feature_set(long, modality)
    if modality is Modality.AUDIO:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "long.arrow"
            with RaggedWriter(path, columns=["label", "noise"], rate=25.0, extractor="egemaps") as writer:
                for row in rows_of(long):
                    writer.add(str(row.clip), np.ones(({FRAMES} if row.order == 0 else 2, 2), np.float32))
            made.file = storage.keep(path, made.file)
runs["out of memory"] = make_run(long, semi=True, overrides={{"hidden_sizes": {{"audio": 1000}}}})

for seed in range(3, 20):
    runs[str(seed)] = make_run(version, epochs=2, seed=seed)
print(json.dumps({{name: str(run.pk) for name, run in runs.items()}}))
"""
CANCEL = """
from modeling.selectors import find_run
from modeling.services.runs import cancel_run
cancel_run(run=find_run({run!r}))
"""
TOLD = """
from modeling.models import Run
print(json.dumps({{str(run.pk): [run.state, run.error, run.metrics is not None] for run in Run.objects.all()}}))
"""
ENDED = "SELECT count(*) FROM datasets_job WHERE kind = 'train' AND state IN ('succeeded', 'failed', 'cancelled')"


@pytest.fixture
def workers(machine: dict[str, str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    quick = machine | {"CUESET_TRAINING_THREADS": "1", "OMP_NUM_THREADS": "1", "CUESET_JOB_LEASE_SECONDS": "60"}
    started = [start_worker(quick, queue="training", prepare=limit) for _ in range(2)]
    yield started
    for worker in started:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGTERM)
        worker.wait(timeout=30)


def training_process(run: str) -> int | None:
    """Process that trains this run."""
    for process in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            words = (process / "cmdline").read_bytes().split(b"\0")
            if b"execute_run" in words and run.encode() in words:
                return int(process.name)
    return None


def wait_until(condition: Any, what: str, seconds: float = 300) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.2)
    pytest.fail(f"waited {seconds} s in vain until {what}")


def test_one_killed_one_cancelled_one_out_of_memory_and_seventeen_finish(machine, request):
    runs = json.loads(ask(machine, LAUNCH))
    assert len(runs) == 20
    request.getfixturevalue("workers")
    ended = lambda: rows(machine, ENDED)[0][0]  # noqa: E731

    # The two endless ones are first in the queue, so each worker holds one of them.
    killed = wait_until(lambda: training_process(runs["killed"]), "the second run trains")
    wait_until(lambda: training_process(runs["cancelled"]), "the first run trains")
    os.kill(killed, signal.SIGKILL)
    ask(machine, CANCEL.format(run=runs["cancelled"]))
    wait_until(lambda: ended() == 20, "all runs have ended")

    told = json.loads(ask(machine, TOLD.format()))
    found = {name: told[run] for name, run in runs.items()}
    assert found.pop("cancelled")[0] == "cancelled"
    state, error, _ = found.pop("killed")
    assert (state, "SIGKILL" in error) == ("failed", True), error
    state, error, _ = found.pop("out of memory")
    assert state == "failed"
    assert "The memory ran out in epoch 1, batch" in error, error
    assert f"{FRAMES} audio" in error, error
    assert found == {name: ["succeeded", "", True] for name in found}
    assert len(found) == 17
    assert not any(training_process(run) for run in runs.values())
