"""Pausing Python's collector of cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collector() -> Iterator[None]:
    """While a million small things are made that are all needed: looking through them again and again frees nothing.

    Cycles that come to be meanwhile, in any thread, are freed afterwards.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
