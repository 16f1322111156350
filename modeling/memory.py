"""How the process's memory is handed out while it trains."""

import ctypes
import sys

# Numbers of glibc's mallopt (malloc.h).
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_KEPT = 2**30


def keep_freed_memory() -> None:
    """Let the process use again what it has freed, instead of handing it back to the system and asking for it anew.

    A step frees and asks for the same tens of megabytes hundreds of times a second, and the system clears each page
    that it gives: that took two fifths of a training's time. Concerns glibc alone; elsewhere nothing happens. It holds
    for the whole process, so that is decided by whoever starts one, and never by a library.
    """
    if sys.platform != "linux" or not hasattr(libc := ctypes.CDLL(None), "mallopt"):
        return
    libc.mallopt(_MMAP_THRESHOLD, _KEPT)  # large blocks come from the heap, …
    libc.mallopt(_TRIM_THRESHOLD, _KEPT)  # … whose end is not given back, …
    libc.mallopt(_ARENA_MAX, 1)  # … and which all threads share: those of threads are small
