"""The median of all scores."""

from fractions import Fraction
from statistics import median

from annotator.aggregation.interface import Clip, StageScores, nearest_fifths


def label_clips(clips: StageScores[Clip]) -> dict[Clip, int]:
    """Each clip's middle score, or the middle of the two in the middle, rounded to the grid.

    >>> label_clips({"clip": {"A1": -3, "A2": 1, "A3": 2, "A4": 3}})
    {'clip': 2}
    """
    return {clip: nearest_fifths(Fraction(median(given.values()))) for clip, given in clips.items()}
