"""Freed memory stays with the process: looked at in processes of their own, since it is decided for a whole process."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Page faults of a hundred blocks of 40 MB, each freed before the next one is asked for.
BLOCKS = """
import resource, sys
import numpy as np
from modeling.memory import keep_freed_memory
if sys.argv[1] == "kept":
    keep_freed_memory()
np.ones(10_000_000, np.float32)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(100):
    np.ones(10_000_000, np.float32)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(how: str) -> int:
    command = [sys.executable, "-c", BLOCKS, how]
    return int(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


# Memory after blocks, every second of which was freed: with and without giving back beyond 100 MB.
HOLES = """
import numpy as np
from modeling.memory import keep_freed_memory, own_megabytes
tidy = keep_freed_memory(spare=100)
before = own_megabytes()
blocks = [np.ones(1_000_000, np.float32) for _ in range(100)]
del blocks[::2]
full = own_megabytes() - before
tidy()
print(full, own_megabytes() - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks glibc")
def test_too_much_of_it_is_given_back() -> None:
    command = [sys.executable, "-c", HOLES]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    full, tidied = map(float, said.split())
    assert full > 380
    assert tidied < 220


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks glibc")
def test_freed_blocks_are_used_again() -> None:
    assert faults("kept") < faults("given back") / 10


def test_nothing_happens_where_there_is_no_glibc(monkeypatch: pytest.MonkeyPatch) -> None:
    from modeling import memory

    monkeypatch.setattr(memory.sys, "platform", "darwin")
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda name: pytest.fail("asked for a C library"))
    memory.keep_freed_memory()()
