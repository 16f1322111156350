"""Wandering of scores over a stage."""

import numpy as np
import pytest

from annotator.quality.answers import Answer, arrange
from annotator.quality.drift import drifts, measure_drift


def test_a_steady_rise_is_measured_from_first_to_last():
    drift = measure_drift(np.linspace(-0.5, 1.5, 50) + np.tile([0.1, -0.1], 25))
    assert drift.change.value == pytest.approx(2, abs=0.05)
    assert drift.is_certain
    assert len(drift.windows) == 10
    assert drift.windows[0] < drift.windows[-1]


def test_noise_without_a_trend_is_not_certain():
    noise = np.random.default_rng(3).normal(size=40)
    assert not measure_drift(noise).is_certain


def test_answers_are_taken_in_the_order_in_which_they_were_given():
    wanderer = [Answer("A1", clip, round(clip / 10), order=1000 - clip, seconds=1.0) for clip in range(30)]
    steady = [Answer(name, clip, 0, order=clip, seconds=1.0) for name in ("A2", "A3") for clip in range(30)]
    assert drifts(arrange(wanderer + steady, ["A1", "A2", "A3"]))["A1"].change.value < -2


def test_imported_scores_and_few_scores_have_no_drift():
    imported = [Answer(name, clip, 1, order=clip) for name in ("A1", "A2") for clip in range(30)]
    few = [Answer(name, clip, 1, order=clip, seconds=1.0) for name in ("A1", "A2") for clip in range(10)]
    assert drifts(arrange(imported, ["A1", "A2"])) == drifts(arrange(few, ["A1", "A2"])) == {}
