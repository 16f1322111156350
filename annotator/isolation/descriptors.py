"""How much of a voice's published descriptors (eGeMAPS, Eyben et al. 2016) survives, by openSMILE.

Told in the audit and never a threshold: openSMILE's own licence excludes commercial products. Its pitch is also the
second tracker, which had no hand in the tone that the noise carries.
"""

import shutil
import tempfile
import threading
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.isolation.intelligibility import correlation

Signal = NDArray[np.float64]

LEAST_SECONDS = 0.5
# Seconds from one value to the next as published, and as compared here: half as many tell the same and take half the
# time, which would otherwise be more than all other measuring of a voice takes.
PUBLISHED_STEP, STEP = "frameStep = 0.010", "frameStep = 0.020"
# Where openSMILE's configuration tells it, and the configuration of all 25.
FRAMES, DESCRIPTORS = "gemaps/v01b/GeMAPSv01b_core.lld.conf.inc", "egemaps/v02/eGeMAPSv02.conf"
# One openSMILE engine holds state while it works; threads of one worker take turns.
_turn = threading.Lock()


def descriptor_retention(clean: Signal, noised: Signal, rate: int) -> dict[str, float | None]:
    """Correlation of each of the 25 low-level descriptors, one value every 20 ms; None where it has none.

    A descriptor of voiced sound ("nz") is compared where both signals have it. Empty for clips under half a second.
    """
    if clean.size < LEAST_SECONDS * rate:
        return {}
    with _turn, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        before, after = (_engine().process_signal(each.astype(np.float32), rate) for each in (clean, noised))
    return {_plain(name): _agreement(name, before[name], after[name]) for name in before.columns}


def _agreement(name: str, before: Any, after: Any) -> float | None:  # Any: columns of a pandas table
    first, second = before.to_numpy(np.float64), after.to_numpy(np.float64)
    if name.endswith("nz"):
        both = (first != 0) & (second != 0)
        first, second = first[both], second[both]
    return correlation(first, second)


def _plain(name: str) -> str:
    """The descriptor's name without the mark of its smoothing."""
    return name.removesuffix("nz").removesuffix("_sma3")


def _engine() -> Any:  # Any: openSMILE publishes no types
    """The engine for the published descriptors at our step, once per process."""
    if not Path(_configuration().name, DESCRIPTORS).exists():  # a system tidies up what lay unused for days
        _configuration.cache_clear()
    return _engine_by(f"{_configuration().name}/{DESCRIPTORS}")


@cache
def _engine_by(configuration: str) -> Any:
    import opensmile

    return opensmile.Smile(feature_set=configuration, feature_level="lld")


@cache
def _configuration() -> tempfile.TemporaryDirectory[str]:
    """The installed configuration with our step, in a folder that lasts as long as the process."""
    import opensmile

    folder = tempfile.TemporaryDirectory(prefix="egemaps-")
    shutil.copytree(Path(opensmile.__file__).parent / "core" / "config", folder.name, dirs_exist_ok=True)
    frames = Path(folder.name, FRAMES)
    published = frames.read_text()
    if PUBLISHED_STEP not in published:
        raise RuntimeError(f"This version of openSMILE has no {PUBLISHED_STEP!r} in {FRAMES}.")
    frames.write_text(published.replace(PUBLISHED_STEP, STEP))
    return folder
