"""How much of a voice's published descriptors (eGeMAPS, Eyben et al. 2016) survives, by openSMILE.

Told in the audit and never a threshold: openSMILE's own licence excludes commercial products. Its pitch is also the
second tracker, which had no hand in the tone that the noise carries.
"""

import threading
import warnings
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.isolation.intelligibility import correlation

Signal = NDArray[np.float64]

LEAST_SECONDS = 0.5
# One openSMILE engine holds state while it works; threads of one worker take turns.
_turn = threading.Lock()


def descriptor_retention(clean: Signal, noised: Signal, rate: int) -> dict[str, float | None]:
    """Correlation of each of the 25 low-level descriptors, one value every 10 ms; None where it has none.

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


@cache
def _engine() -> Any:  # Any: openSMILE publishes no types
    """The engine, once per process."""
    import opensmile

    return opensmile.Smile(
        feature_set=opensmile.FeatureSet.eGeMAPSv02, feature_level=opensmile.FeatureLevel.LowLevelDescriptors
    )
