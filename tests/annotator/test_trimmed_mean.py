"""The paper's aggregation, against an independent statement of its rule."""

import itertools
import random
from decimal import ROUND_HALF_EVEN, Decimal

import pytest

from annotator.aggregation.trimmed_mean import TooFewScores, label_in_fifths


def test_the_example_of_the_design():
    assert label_in_fifths([3, 3, 2, 2, 1, 1, 0]) == 3  # 3+2+2+1+1 = 9, 9/3 = 3


@pytest.mark.parametrize("kept", range(-15, 16))
def test_seven_scores_round_a_third_of_the_sum_of_five(kept):
    scores = spread(kept)
    nearest = min(range(-5, 6), key=lambda fifths: abs(3 * fifths - kept))
    assert label_in_fifths([-3, *scores, 3]) == nearest


def spread(total: int) -> list[int]:
    """Five scores of this sum."""
    low, extra = divmod(total, 5)
    return [low + (place < extra) for place in range(5)]


def test_any_number_of_scores_gives_the_exactly_rounded_mean():
    chance = random.Random(1)
    for _ in range(2000):
        scores = [chance.randint(-3, 3) for _ in range(chance.randint(3, 12))]
        kept = sorted(scores)[1:-1]
        exact = Decimal(5 * sum(kept)) / Decimal(3 * len(kept))
        assert label_in_fifths(scores) == int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def test_ties_go_to_even():
    assert label_in_fifths([-3, 0, 3, 3]) == 2  # 15 / 6 = 2.5
    assert label_in_fifths([-3, -3, 0, 3]) == -2
    assert label_in_fifths([-3, 0, 1, 1, 1, 3]) == 1  # 15 / 12, no tie
    assert label_in_fifths([0, 1, 2, 3]) == 2  # 15 / 6


def test_the_order_of_scores_and_their_sign_do_not_matter():
    for scores in itertools.combinations_with_replacement(range(-3, 4), 5):
        mirrored = [-score for score in reversed(scores)]
        assert label_in_fifths(scores) == -label_in_fifths(mirrored) == label_in_fifths(scores[::-1])


def test_only_one_of_several_highest_is_dropped():
    assert label_in_fifths([3, 3, 3]) == 5


@pytest.mark.parametrize("scores", [[], [1], [1, 2]])
def test_two_scores_are_too_few(scores):
    with pytest.raises(TooFewScores, match=f"there are {len(scores)}"):
        label_in_fifths(scores)
