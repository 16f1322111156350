"""What can happen to long work between reading and writing."""

from contextlib import contextmanager

from datasets.watching import Unwatched


class Killed(BaseException):
    """What no handler catches: the worker is gone."""


class Meanwhile(Unwatched):
    """Lets somebody act after all was read and before anything is written, once."""

    def __init__(self, act) -> None:
        self.act = act

    @contextmanager
    def commit(self):
        act, self.act = self.act, lambda: None
        act()
        with super().commit():
            yield
