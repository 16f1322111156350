"""Run a command as a child in a process group of its own, watch it, and leave nothing of it behind."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

WATCH_SECONDS = 0.5
GRACE_SECONDS = 5.0  # between asking a process to end and ending it
TAIL_BYTES = 4000


@dataclass(frozen=True)
class Ending:
    """How a child ended: its exit code (negative: the signal that killed it) and the last it said."""

    code: int
    log_tail: str

    @property
    def last_line(self) -> str:
        """The last line that is not blank; an empty text when it said nothing."""
        lines = [line.strip() for line in self.log_tail.splitlines() if line.strip()]
        return lines[-1] if lines else ""

    @property
    def signal_name(self) -> str | None:
        """Name of the signal that killed it."""
        return signal.Signals(-self.code).name if self.code < 0 else None


def run_child(
    command: Sequence[str | Path], *, log: Path, watch: Callable[[], None], folder: Path, env: Mapping[str, str]
) -> Ending:
    """Run a command to its end, calling `watch` twice a second; when that raises, the whole group is ended first."""
    with log.open("wb") as output:
        child = subprocess.Popen(  # noqa: S603 - no shell, and the caller's own words
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=dict(env),
            start_new_session=True,
        )
        try:
            while True:
                watch()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(WATCH_SECONDS)
                    break
        finally:
            end_group(child)
    return Ending(child.returncode, _tail(log))


def end_group(child: subprocess.Popen[bytes]) -> None:
    """Ask the child to end, then kill whatever is left of its process group; it leads the group that bears its id."""
    if child.poll() is None:
        _signal_group(child.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(GRACE_SECONDS)
    _signal_group(child.pid, signal.SIGKILL)
    child.wait()


def _signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)


def _tail(log: Path) -> str:
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - TAIL_BYTES))
        return file.read().decode(errors="replace")
