"""How far the labels of one rule lie from those of another."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from annotator.aggregation.interface import Clip
from datasets.vocabulary import HIGHEST_FIFTHS, LOWEST_FIFTHS, sentiment_class

WIDEST = HIGHEST_FIFTHS - LOWEST_FIFTHS


@dataclass(frozen=True)
class Distance:
    """One rule held against another, over the clips of one stage; None where there are too few clips to tell."""

    clips: int
    changed: int  # clips with another label
    mean_difference: float | None  # absolute, on the scale of labels (0 … 2)
    class_changes: int  # clips in another of the five classes
    correlation: float | None  # Pearson's
    differences: tuple[int, ...]  # clips by difference in fifths, from -10 to 10


def measure_distance(here: Mapping[Clip, int], there: Mapping[Clip, int]) -> Distance:
    """Labels in fifths of the same clips by two rules; differences count from the first to the second."""
    first = np.array([here[clip] for clip in here], dtype=np.int64)
    second = np.array([there[clip] for clip in here], dtype=np.int64)
    difference = second - first
    told = len(first) > 2 and bool(np.ptp(first)) and bool(np.ptp(second))
    return Distance(
        clips=len(first),
        changed=int((difference != 0).sum()),
        mean_difference=float(np.abs(difference).mean() / 5) if len(first) else None,
        class_changes=sum(sentiment_class(here[clip]) != sentiment_class(there[clip]) for clip in here),
        correlation=float(np.corrcoef(first, second)[0, 1]) if told else None,
        differences=tuple(int(count) for count in np.bincount(difference + WIDEST, minlength=2 * WIDEST + 1)),
    )
