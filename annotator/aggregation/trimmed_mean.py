"""The paper's aggregation: drop one highest and one lowest score, average the others, round to the grid."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from config.errors import DomainError

FEWEST_SCORES = 3


class TooFewScores(DomainError):
    """Fewer scores than the rule needs."""

    code = "too_few_scores"


def label_in_fifths(scores: Sequence[int]) -> int:
    """Label times five, -5 … 5, from whole scores -3 … 3; ties go to even (CH-SIMS v2.0, section 3.2).

    The mean of the n - 2 kept scores, s / (n - 2), lies on -3 … 3; a third of it is the label, so k = 5s / 3(n - 2).

    >>> label_in_fifths([-3, 3, 3, 3, 3, 2, 2])
    4
    """
    if len(scores) < FEWEST_SCORES:
        raise TooFewScores(f"A label needs at least {FEWEST_SCORES} scores, and there are {len(scores)}.")
    kept = sorted(scores)[1:-1]
    return _label_of(sum(kept), len(kept))


@cache  # there are few sums, and a million scores
def _label_of(total: int, kept: int) -> int:
    return round(Fraction(5 * total, 3 * kept))
