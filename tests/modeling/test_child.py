"""Children in process groups of their own: how they end, and that nothing of them is left."""

import os
import sys
import time
from pathlib import Path

import pytest

from modeling.child import Ending, run_child

# Starts a grandchild; both ignore the request to end, and the parent writes down who they are.
STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
ignoring = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
grandchild = subprocess.Popen([sys.executable, "-c", ignoring])
open(sys.argv[1], "w").write(f"{os.getpid()} {grandchild.pid}")
time.sleep(60)
"""


class Stop(Exception):
    """Raised by a watcher that has seen enough."""


def run(folder: Path, code: str, *arguments: str, watch: object = lambda: None) -> Ending:
    command = [sys.executable, "-c", code, *arguments]
    return run_child(command, log=folder / "log", watch=watch, folder=folder, env=os.environ)  # type: ignore[arg-type]


def is_alive(pid: int) -> bool:
    """Whether the process runs; a dead one that nobody has collected yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_exit_code_and_the_last_words_are_told(tmp_path: Path) -> None:
    ending = run(tmp_path, "import sys; print('first'); print('last'); print(); sys.exit(3)")
    assert (ending.code, ending.last_line, ending.signal_name) == (3, "last", None)


def test_a_killed_child_names_its_signal(tmp_path: Path) -> None:
    ending = run(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert ending.signal_name == "SIGKILL"
    assert ending.last_line == ""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")
def test_when_the_watcher_stops_the_whole_tree_is_gone_within_ten_seconds(tmp_path: Path) -> None:
    told = tmp_path / "pids"

    def watch() -> None:
        if told.exists() and told.read_text():
            raise Stop

    started = time.monotonic()
    with pytest.raises(Stop):
        run(tmp_path, STUBBORN, str(told), watch=watch)
    pids = [int(pid) for pid in told.read_text().split()]
    while any(map(is_alive, pids)) and time.monotonic() - started < 10:
        time.sleep(0.05)
    assert len(pids) == 2
    assert not any(map(is_alive, pids))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")
def test_what_an_ended_child_left_running_is_ended_too(tmp_path: Path) -> None:
    code = """
import subprocess, sys
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid)
"""
    ending = run(tmp_path, code)
    deadline = time.monotonic() + 5
    while is_alive(int(ending.last_line)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert ending.code == 0
    assert not is_alive(int(ending.last_line))
