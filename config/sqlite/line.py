"""Standing in line for a file's lock: first come, first served, and not for longer than one is willing to wait."""

import fcntl
import os
import threading
from pathlib import Path


class Place:
    """A place in the line of one file; `leave` gives it up, whether or not its turn has come."""

    def __init__(self, path: Path) -> None:
        self.handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self.change = threading.Lock()
        self.turn = threading.Event()
        self.left = False

    def wait(self, seconds: float) -> bool:
        """Whether the turn came within this time."""
        try:
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # The kernel keeps the order of those who wait, but knows no limit of time: a thread of its own waits.
            threading.Thread(target=self._stand, daemon=True).start()
            return self.turn.wait(seconds)
        self.turn.set()
        return True

    def leave(self) -> None:
        """Let the next one have their turn; a place that still waits is given up when its turn comes."""
        with self.change:
            self.left = True
            if self.turn.is_set():
                os.close(self.handle)

    def _stand(self) -> None:
        fcntl.flock(self.handle, fcntl.LOCK_EX)
        with self.change:
            self.turn.set()
            if self.left:
                os.close(self.handle)
