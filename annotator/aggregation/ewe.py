"""The evaluator weighted estimator: a mean in which those who go along with the others weigh more.

Grimm and Kroschel (2005), Evaluation of natural emotions using self assessment manikins, equations 6 and 7.
"""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from annotator.aggregation.interface import Clip, StageScores, nearest_fifths

FEWEST_CLIPS = 3  # a correlation of fewer says nothing
STEPS = 1000  # weights are whole thousandths, so that all that follows is exact


def label_clips(clips: StageScores[Clip]) -> dict[Clip, int]:
    """Each clip's weighted mean, rounded to the grid; a clip whose annotators all weigh nothing gets the plain mean."""
    weights = weigh_annotators(clips)
    return {clip: nearest_fifths(_weighted_mean(given, weights)) for clip, given in clips.items()}


def weigh_annotators(clips: StageScores[Clip]) -> dict[str, int]:
    """Each annotator's correlation with the mean of all annotators, over the clips that they rated, in thousandths.

    0 where it is negative (an opposite is no evidence) or not defined (the same score throughout, under three clips).
    """
    names = sorted({name for given in clips.values() for name in given})
    column = {name: place for place, name in enumerate(names)}
    table = np.full((len(clips), len(names)), np.nan)  # (clips, annotators)
    # In one order whatever the order of the clips: sums of floats depend on it.
    for row, clip in enumerate(sorted(clips, key=str)):
        for name, score in clips[clip].items():
            table[row, column[name]] = score
    known = np.isfinite(table)
    means = np.where(known, table, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return {name: _weight(table[known[:, at], at], means[known[:, at]]) for name, at in column.items()}


def _weight(scores: NDArray[np.float64], means: NDArray[np.float64]) -> int:
    if len(scores) < FEWEST_CLIPS or np.ptp(scores) == 0 or np.ptp(means) == 0:
        return 0
    return max(0, round(STEPS * float(np.corrcoef(scores, means)[0, 1])))


def _weighted_mean(given: Mapping[str, int], weights: Mapping[str, int]) -> Fraction:
    whole = sum(weights[name] for name in given)
    if whole == 0:
        return Fraction(sum(given.values()), len(given))
    return Fraction(sum(weights[name] * score for name, score in given.items()), whole)
