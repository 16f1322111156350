"""An annotator beside the others."""

import numpy as np
import pytest

from annotator.quality.annotators import portraits
from annotator.quality.answers import Answer, arrange


def stage(columns, seconds=None, excluded=frozenset()):
    """Scores per annotator, one per clip, None where not rated."""
    answers = [
        Answer(name, clip, score, order=clip, seconds=seconds)
        for name, scores in columns.items()
        for clip, score in enumerate(scores)
        if score is not None
    ]
    return arrange(answers, columns, excluded=excluded)


def test_each_score_is_held_against_the_mean_of_the_others_only():
    rest = stage({"A1": [3, 0], "A2": [1, None], "A3": [-1, 2]}).rest
    assert np.array_equal(rest, [[0, 1, 2], [2, 1, 0]])


def test_excluded_scores_are_no_part_of_the_rest_and_are_still_compared_with_it():
    rest = stage({"A1": [3], "A2": [1], "A3": [-1]}, excluded=frozenset({"A1"})).rest
    assert np.array_equal(rest, [[0, -1, 1]])


def test_a_portrait_has_bias_spread_correlation_and_speed():
    columns = {"A1": [3, 1, 0, -1], "A2": [2, 0, -1, -2], "A3": [2, 0, -1, -2]}
    portrait = portraits(stage(columns, seconds=4.5))["A1"]
    assert (portrait.answers, portrait.bias, portrait.seconds) == (4, 1, 4.5)
    assert portrait.spread == pytest.approx(np.std([3, 1, 0, -1], ddof=1))
    assert portrait.correlation == pytest.approx(1)


def test_pace_is_the_time_spent_over_the_length_of_the_clip():
    answers = [
        Answer("A1", clip, 0, order=clip, seconds=6, clip_seconds=length) for clip, length in enumerate((2, 3, 4))
    ]
    assert portraits(arrange(answers, ["A1"]))["A1"].pace == 2
    assert portraits(stage({"A1": [1]}, seconds=3))["A1"].pace is None


def test_an_annotator_whom_nobody_can_be_compared_with_has_no_bias():
    portrait = portraits(stage({"A1": [1, 2], "A2": [None, None]}))["A1"]
    assert (portrait.bias, portrait.correlation, portrait.seconds) == (None, None, None)


def test_a_constant_annotator_has_no_correlation():
    assert portraits(stage({"A1": [1, 1, 1], "A2": [1, 2, 3]}))["A1"].correlation is None


def test_an_annotator_without_answers_has_a_portrait_that_says_so():
    assert portraits(stage({"A1": [1], "A2": [None]}))["A2"].answers == 0
