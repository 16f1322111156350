"""Runs in real training processes, by the commands that people use, in a home folder of their own."""

import json
import os
import pty
import re
import signal
import sqlite3
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

ROOT = Path(__file__).resolve().parents[2]
METRICS = {"acc2", "f1", "acc2_weak", "acc3", "acc5", "mae", "corr", "r2"}

DJANGO = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
"""
MAKE_VERSION = """
from config.commands import prepare_home
prepare_home()
from datasets.models import Project
from datasets.vocabulary import Modality
from tests.modeling.corpora import make_feature_set, make_version
version = make_version(Project.objects.create(name="sample"))
for modality in (Modality.TEXT, Modality.AUDIO, Modality.VISION):
    make_feature_set(version, modality)
print(version.pk)
"""
WORK = """
from datasets.runner import work_through
work_through("training")
"""
CANCEL = """
from modeling.selectors import find_run
from modeling.services.runs import cancel_run
cancel_run(run=find_run(sys.argv[1]))
"""


class Home:
    """A home folder with a database of its own, and the processes that work in it."""

    def __init__(self, folder: Path) -> None:
        forgotten = {"DATABASE_URL", "STORAGE_URL", "CELERY_BROKER_URL"}
        self.environment = {key: value for key, value in os.environ.items() if key not in forgotten}
        # One thread: on a busy machine two would mostly wait for each other.
        self.environment |= {"CUESET_HOME": str(folder), "CUESET_TRAINING_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self.database = folder / "cueset.sqlite3"

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of manage.py, ended."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)

    def answer(self, *arguments: str) -> dict[str, Any]:
        """The JSON of a command that succeeds."""
        ended = self.manage(*arguments, "--json")
        assert ended.returncode == 0, ended.stderr
        told: dict[str, Any] = json.loads(ended.stdout)
        return told

    def start(self, code: str, *arguments: str) -> subprocess.Popen[str]:
        """Python that works in this home, running."""
        command = [sys.executable, "-c", DJANGO + code, *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True)

    def said(self, code: str, *arguments: str) -> str:
        """What such Python printed, once it has ended well."""
        with self.start(code, *arguments) as process:
            out, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        return out.strip()

    def count(self, table: str, run: str) -> int:
        """Rows of a run, read beside all processes."""
        with closing(sqlite3.connect(self.database, timeout=20)) as database:
            query = f"SELECT count(*) FROM {table} WHERE run_id = ?"
            return int(database.execute(query, [UUID(run).hex]).fetchone()[0])

    def job(self, run: str) -> dict[str, str]:
        """State, error and log tail of a run's job."""
        with closing(sqlite3.connect(self.database, timeout=20)) as database:
            columns = ("state", "error", "log_tail")
            query = f"SELECT {', '.join(columns)} FROM datasets_job JOIN modeling_run ON job_id = datasets_job.id"
            row = database.execute(f"{query} WHERE modeling_run.id = ?", [UUID(run).hex]).fetchone()
            return dict(zip(columns, row, strict=True))

    def launch_endless(self, version: str) -> str:
        """A queued run that does not end by itself."""
        return str(self.answer("train", version, "--epochs", "100000", "--set", '{"patience": 100000}')["run"])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def version(home: Home) -> str:
    return home.said(MAKE_VERSION)


def children_of(pid: int) -> set[int]:
    """Processes that this one started."""
    return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def test_train_waits_and_evaluate_agrees(home: Home, version: str) -> None:
    trained = home.answer("train", version, "--recipe", "released", "--semi", "--epochs", "2", "--wait")
    assert (trained["state"], trained["epochs"]) == ("succeeded", 2)
    assert trained["best_epoch"] in (1, 2)
    assert set(trained["metrics"]["test"]) == {"multimodal", "text", "audio", "vision"}
    assert set(trained["metrics"]["test"]["multimodal"]) == METRICS
    evaluated = home.answer("evaluate", trained["run"])
    assert evaluated["agrees_with_stored"]
    assert evaluated["metrics"] == trained["metrics"]
    assert home.count("modeling_prediction", trained["run"]) == 26


@pytest.fixture
def two_processes(home: Home) -> Iterator[None]:
    """Each training shared by two processes."""
    home.environment["CUESET_TRAINING_PROCESSES"] = "2"
    yield
    del home.environment["CUESET_TRAINING_PROCESSES"]


@pytest.mark.usefixtures("two_processes")
def test_two_processes_train_one_run(home: Home, version: str) -> None:
    trained = home.answer("train", version, "--recipe", "paper", "--semi", "--epochs", "2", "--wait")
    assert (trained["state"], trained["epochs"]) == ("succeeded", 2)
    assert home.count("modeling_epoch", trained["run"]) == 2
    assert home.count("modeling_prediction", trained["run"]) == 26


@pytest.mark.usefixtures("two_processes")
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")
def test_cancelling_ends_both_processes(home: Home, version: str) -> None:
    run = home.launch_endless(version)
    with home.start(WORK) as worker:
        child = child_in_training(home, worker, run)
        (other,) = children_of(child)
        home.said(CANCEL, run)
        worker.wait(10)
        assert gone(child)
        assert gone(other)
    assert home.job(run)["state"] == "cancelled"


@pytest.mark.usefixtures("two_processes")
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")
def test_when_the_other_process_is_killed_the_run_fails_and_says_so(home: Home, version: str) -> None:
    run = home.launch_endless(version)
    with home.start(WORK) as worker:
        (other,) = children_of(child_in_training(home, worker, run))
        os.kill(other, signal.SIGKILL)
        worker.wait(30)
    job = home.job(run)
    assert job["state"] == "failed"
    assert "One of the 2 processes of this training ended with exit code -9" in job["error"]


def test_a_training_that_cannot_succeed_fails_with_the_child_s_reason(home: Home) -> None:
    forget = """
version.rows.filter(split="valid").update(multimodal=None, text=None, audio=None, vision=None)
"""
    broken = home.said(MAKE_VERSION.replace('"sample"', '"broken"') + forget)
    ended = home.manage("train", broken, "--wait")
    assert ended.returncode != 0
    assert "validation split holds no labelled clip" in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def child_in_training(home: Home, worker: subprocess.Popen[str], run: str) -> int:
    """Process id of the worker's child, once its first epoch is written down."""
    deadline = time.monotonic() + 90
    while not home.count("modeling_epoch", run):
        assert time.monotonic() < deadline, "the training did not start"
        time.sleep(0.1)
    (child,) = children_of(worker.pid)
    return child


def gone(pid: int) -> bool:
    """Whether the process ends within ten seconds; an orphan is cleared away by the system's first process."""
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    return not Path(f"/proc/{pid}").exists()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")
def test_a_cancelled_training_is_gone_within_ten_seconds(home: Home, version: str) -> None:
    run = home.launch_endless(version)
    with home.start(WORK) as worker:
        child = child_in_training(home, worker, run)
        home.said(CANCEL, run)
        worker.wait(10)
        assert gone(child)
    assert home.job(run)["state"] == "cancelled"
    assert home.count("modeling_prediction", run) == 0


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")
def test_a_training_process_that_is_killed_fails_the_run_with_the_signal(home: Home, version: str) -> None:
    run = home.launch_endless(version)
    with home.start(WORK) as worker:
        os.kill(child_in_training(home, worker, run), signal.SIGKILL)
        worker.wait(20)
    job = home.job(run)
    assert job["state"] == "failed"
    assert "ended by SIGKILL" in job["error"]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")
def test_a_training_whose_worker_is_killed_ends_by_itself(home: Home, version: str) -> None:
    run = home.launch_endless(version)
    with home.start(WORK) as worker:
        child = child_in_training(home, worker, run)
        worker.kill()
    assert gone(child)


def test_train_draws_epoch_losses_and_time_left_at_a_terminal(home: Home, version: str) -> None:
    screen, terminal = pty.openpty()
    with suppress(termios.error):
        termios.tcsetwinsize(terminal, (40, 160))
    command = [sys.executable, "manage.py", "train", version, "--epochs", "40", "--set", '{"patience": 40}', "--wait"]
    with subprocess.Popen(
        command, cwd=ROOT, env=home.environment, stderr=terminal, stdout=subprocess.DEVNULL
    ) as training:
        os.close(terminal)
        drawn = b""
        with suppress(OSError):  # a terminal whose last user has gone
            while part := os.read(screen, 4096):
                drawn += part
    os.close(screen)
    assert training.returncode == 0
    lines = [line for line in drawn.decode().replace("\n", "\r").split("\r") if "validation" in line]
    assert lines
    assert all(re.search(r"\d+% \|.*\| [\d:]+ gone, [\d:?]+ left, epoch \d+, batch", line) for line in lines)
    assert re.search(r"loss \d\.\d{4}, validation \d\.\d{4} \(best \d\.\d{4}\)", lines[-1])
