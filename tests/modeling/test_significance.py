"""Spread, intervals and comparisons against cases that can be worked out, and against SciPy."""

import itertools

import numpy as np
import pytest
from scipy.stats import bootstrap

from modeling.metrics import METRICS, evaluate
from modeling.significance import Spread, bootstrap_intervals, compare_predictions, spread

CHANCE = np.random.default_rng(5)
TRUTH = CHANCE.integers(-5, 6, 60) / 5
GOOD = TRUTH + CHANCE.normal(scale=0.2, size=60)
BAD = TRUTH + CHANCE.normal(scale=0.9, size=60)


def test_the_spread_of_three_seeds_worked_by_hand():
    assert spread([0.2, 0.4, 0.9]) == Spread(pytest.approx(0.5), pytest.approx(0.130**0.5), 3)


def test_undefined_values_are_left_out_and_one_run_has_no_deviation():
    assert spread([None, 0.4]) == Spread(0.4, None, 1)
    assert spread([None]) is None


def test_an_interval_agrees_with_scipy():
    errors = np.abs(np.clip(BAD, -1, 1) - TRUTH)
    theirs = bootstrap((errors,), np.mean, n_resamples=4000, method="percentile", rng=1).confidence_interval
    ours = bootstrap_intervals(BAD, TRUTH, seed=1, resamples=4000)["mae"]
    assert ours == pytest.approx((theirs.low, theirs.high), abs=0.01)


def test_an_interval_holds_the_mean_over_runs():
    intervals = bootstrap_intervals([GOOD, BAD], TRUTH, seed=1)
    for name in METRICS:
        low, high = intervals[name]
        assert low < (evaluate(GOOD, TRUTH)[name] + evaluate(BAD, TRUTH)[name]) / 2 < high


def test_a_seed_repeats_an_interval():
    assert bootstrap_intervals(GOOD, TRUTH, seed=1) == bootstrap_intervals(GOOD, TRUTH, seed=1)
    assert bootstrap_intervals(GOOD, TRUTH, seed=1) != bootstrap_intervals(GOOD, TRUTH, seed=2)


def test_a_metric_that_some_resample_lacks_has_no_interval():
    assert bootstrap_intervals([0.1, 0.2], [1.0, 1.0], seed=1)["acc2_weak"] is None
    assert set(bootstrap_intervals([], [], seed=1).values()) == {None}


def test_p_is_the_share_of_all_swaps_on_few_clips():
    truth, first, second = np.zeros(4), np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.2, 0.1, 0.7, 0.8])
    gaps = np.abs(second) - np.abs(first)
    differences = [abs(np.dot(signs, gaps)) / 4 for signs in itertools.product([1, -1], repeat=4)]
    exact = np.mean(np.array(differences) >= abs(gaps.mean()) - 1e-12)
    compared = compare_predictions(first, second, truth, seed=1, rounds=5000)["mae"]
    assert compared.effect == pytest.approx(0.2)
    assert compared.p == pytest.approx(exact, abs=0.03)


def test_a_better_run_is_told_from_a_worse_one_and_equal_runs_are_not():
    compared = compare_predictions(BAD, GOOD, TRUTH, seed=1)
    assert compared["mae"].effect < 0 < compared["corr"].effect
    assert compared["mae"].p == pytest.approx(1 / 2001)
    same = compare_predictions(GOOD, GOOD, TRUTH, seed=1)
    assert {each.p for each in same.values()} == {1.0}
    assert {each.effect for each in same.values()} == {0.0}


def test_runs_without_difference_are_rarely_called_different():
    chance = np.random.default_rng(11)
    p = [
        compare_predictions(*(TRUTH + chance.normal(scale=0.5, size=(2, 60))), TRUTH, seed=seed, rounds=200)["mae"].p
        for seed in range(60)
    ]
    assert np.mean(np.array(p) <= 0.05) < 0.15
    assert 0.3 < np.mean(p) < 0.7


def test_an_undefined_metric_is_not_compared():
    compared = compare_predictions([0.3, 0.3], [0.1, 0.2], [0.0, 1.0], seed=1)["corr"]
    assert (compared.first, compared.effect, compared.p) == (None, None, None)
