"""The arithmetic mean of all scores."""

from fractions import Fraction

from annotator.aggregation.interface import Clip, StageScores, nearest_fifths


def label_clips(clips: StageScores[Clip]) -> dict[Clip, int]:
    """Each clip's mean, exact, rounded to the grid.

    >>> label_clips({"clip": {"A1": -3, "A2": 3, "A3": 3}})
    {'clip': 2}
    """
    return {clip: nearest_fifths(Fraction(sum(given.values()), len(given))) for clip, given in clips.items()}
