"""How the process's memory is handed out while it trains."""

import ctypes
import sys
from collections.abc import Callable
from pathlib import Path

# Numbers of glibc's mallopt (malloc.h).
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_KEPT = 2**30
# More than the largest steps at the paper's shapes need: handing memory back makes the steps after it slow.
SPARE_MEGABYTES = 1400


def keep_freed_memory(spare: int = SPARE_MEGABYTES) -> Callable[[], None]:
    """Let the process use again what it has freed, instead of handing it back to the system and asking for it anew.

    A step frees and asks for the same tens of megabytes hundreds of times a second, and the system clears each page
    that it gives: that took a quarter of a training's time. Returns what is to be called after each batch: once the
    process has `spare` MB more than now, whatever lies free is handed back after all. Concerns glibc alone; elsewhere
    nothing happens. It holds for the whole process, so that is decided by whoever starts one, and never by a library.
    """
    if sys.platform != "linux" or not hasattr(libc := ctypes.CDLL(None), "mallopt"):
        return lambda: None
    libc.mallopt(_MMAP_THRESHOLD, _KEPT)  # large blocks come from the heap, …
    libc.mallopt(_TRIM_THRESHOLD, _KEPT)  # … whose end is not given back, …
    libc.mallopt(_ARENA_MAX, 1)  # … and which all threads share: those of threads are small
    limit = own_megabytes() + spare

    def give_back_what_is_too_much() -> None:
        if own_megabytes() > limit:
            libc.malloc_trim(0)

    return give_back_what_is_too_much


def own_megabytes() -> float:
    """Memory of this process that no file stands behind (Linux)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024
