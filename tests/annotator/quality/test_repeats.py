"""How an annotator answers what comes again."""

import numpy as np
import pytest

from annotator.quality.answers import Answer, arrange
from annotator.quality.gold import count_hits
from annotator.quality.repeats import Repeat, consistencies, measure_consistency
from annotator.quality.suspicions import Pattern, failed_tests
from datasets.agreement import intraclass_correlations


def test_the_same_answers_are_fully_consistent():
    same = measure_consistency([(-2, -2), (0, 0), (3, 3)])
    assert (same.pairs, same.exact, same.mean_difference) == (3, 1.0, 0.0)
    assert same.correlation == pytest.approx(1)
    assert same.icc.value == pytest.approx(1)


def test_a_shift_by_one_keeps_the_correlation_and_lowers_the_rest():
    shifted = measure_consistency([(-2, -1), (0, 1), (2, 3), (1, 2)])
    assert (shifted.exact, shifted.mean_difference) == (0.0, 1.0)
    assert shifted.correlation == pytest.approx(1)
    expected, _ = intraclass_correlations(np.array([[-2, -1], [0, 1], [2, 3], [1, 2.0]]))
    assert shifted.icc == expected
    assert shifted.icc.value < 0.9


def test_without_a_pair_nothing_is_told():
    assert measure_consistency([]).exact is None
    assert measure_consistency([(1, 1)]).correlation is None


def stage_of(count: int):
    return arrange([Answer("A1", clip, 0, order=clip) for clip in range(count)], ["A1", "A2"])


def test_pairs_that_came_close_together_are_left_out():
    far, near = Repeat("A1", 1, 0, 1, 30), Repeat("A1", 1, 20, 3, 29.5)
    found = consistencies([far, near], stage_of(40))
    assert (found["A1"].pairs, found["A1"].exact) == (1, 1.0)
    assert found["A2"].pairs == 0


def test_an_answer_changed_after_its_repeat_is_as_far_away():
    assert consistencies([Repeat("A1", 1, 30, 2, 5)], stage_of(40))["A1"].pairs == 1


def test_hits_are_within_the_tolerance():
    hits = count_hits([(3, 3), (1, 2), (-2, 1), (0, 0)], tolerance=1)
    assert (hits.clips, hits.hits, hits.share, hits.mean_distance) == (4, 3, 0.75, 1.0)
    assert count_hits([(1, 2)], tolerance=0).hits == 0
    assert count_hits([], tolerance=1).share is None


def test_low_consistency_and_missed_gold_are_suspicious_from_five_on():
    erratic = [(-3, 3), (2, -1), (0, 1), (3, 0), (1, -2)]
    four, five = measure_consistency(erratic[:4]), measure_consistency(erratic)
    missed = count_hits([(3, -3)] * 3 + [(1, 1)] * 2, 1)
    found = failed_tests({"A1": five, "A2": four, "A3": measure_consistency([(1, 1)] * 6)}, {"A1": missed})
    assert [(each.annotator, each.pattern, each.answers) for each in found] == [
        ("A1", Pattern.UNLIKE_ITSELF, 5),
        ("A1", Pattern.MISSES_GOLD, 5),
    ]
    assert found[1].figure == pytest.approx(0.4)
    assert failed_tests({}, {"A1": count_hits([(1, 1)] * 5, 0)}) == []
