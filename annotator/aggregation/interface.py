"""What every rule takes and gives: the scores of one stage's clips, and a label in fifths for each."""

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import Protocol, TypeVar

Clip = TypeVar("Clip", bound=Hashable)  # anything that names a clip
# One stage's scores that count: clip -> pseudonym -> whole score -3 … 3; at least three a clip.
StageScores = Mapping[Clip, Mapping[str, int]]


class Rule(Protocol):
    """A function from a stage's scores to its clips' labels in fifths, -5 … 5."""

    def __call__(self, clips: StageScores[Clip], /) -> dict[Clip, int]:
        """All clips together, since some rules learn about annotators from all of them."""


def nearest_fifths(score: Fraction) -> int:
    """The label in fifths nearest to a score on -3 … 3 (a third of it is the label); ties go to even.

    >>> nearest_fifths(Fraction(3)), nearest_fifths(Fraction(-3, 2)), nearest_fifths(Fraction(1, 2))
    (5, -2, 1)
    """
    return round(score * Fraction(5, 3))
