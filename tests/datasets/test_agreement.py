"""Statistics of agreement, against published examples."""

import krippendorff
import numpy as np
import pytest

from datasets.agreement import (
    _alphas,
    _moments,
    intraclass_correlations,
    krippendorff_alpha,
    measure_agreement,
    rating_table,
)

NAN = np.nan
# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section C: four observers, twelve units.
OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
).T
# Shrout and Fleiss (1979), table 2: six targets, four judges.
JUDGES = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float)


def random_ratings(seed=1, clips=200, annotators=7):
    chance = np.random.default_rng(seed)
    truth = chance.normal(0, 1.5, size=(clips, 1))
    return np.clip(np.round(truth + chance.normal(0, 1, size=(clips, annotators))), -3, 3)


def test_alpha_of_the_published_example():
    assert krippendorff_alpha(OBSERVERS).value == pytest.approx(0.849, abs=5e-4)


def test_the_formula_behind_the_interval_is_the_one_of_the_library():
    gaps = random_ratings()
    gaps[np.random.default_rng(2).random(gaps.shape) < 0.3] = NAN
    gaps = gaps[np.isfinite(gaps).sum(axis=1) >= 2]
    whole = np.ones((1, len(gaps)), dtype=np.int64)
    library = krippendorff.alpha(reliability_data=gaps.T, level_of_measurement="interval")
    assert _alphas(whole, _moments(gaps)) == pytest.approx([library])


def test_the_interval_of_alpha_holds_its_value_and_narrows_with_more_clips():
    few, many = (krippendorff_alpha(random_ratings(clips=clips)) for clips in (30, 3_000))
    assert few.low < few.value < few.high
    assert many.high - many.low < (few.high - few.low) / 5


def test_intervals_of_alpha_hold_the_truth_about_as_often_as_they_say():
    truth = krippendorff_alpha(random_ratings(seed=99, clips=100_000)).value
    intervals = [krippendorff_alpha(random_ratings(seed=seed, clips=80)) for seed in range(100)]
    assert 86 <= sum(each.low <= truth <= each.high for each in intervals) <= 100


def test_the_same_seed_gives_the_same_interval():
    assert krippendorff_alpha(random_ratings(), seed=5) == krippendorff_alpha(random_ratings(), seed=5)


def test_intraclass_correlations_of_the_published_example():
    single, average = intraclass_correlations(JUDGES)
    assert (single.value, average.value) == (pytest.approx(0.29, abs=5e-3), pytest.approx(0.62, abs=5e-3))


def test_their_intervals_are_those_that_other_software_gives_for_it():
    single, average = intraclass_correlations(JUDGES)
    assert (single.low, single.high) == (pytest.approx(0.019, abs=1e-3), pytest.approx(0.76, abs=5e-3))
    assert (average.low, average.high) == (pytest.approx(0.071, abs=2e-3), pytest.approx(0.93, abs=5e-3))


def test_annotators_who_say_the_same_agree_perfectly():
    same = np.repeat(np.array([[-3.0], [0.0], [2.0]]), 7, axis=1)
    found = measure_agreement(same)
    assert (found.alpha.value, found.icc_single.value, found.icc_average.low) == (1, pytest.approx(1), pytest.approx(1))


def test_a_constant_bias_lowers_absolute_agreement():
    ratings = random_ratings()
    biased = ratings + np.array([2, 0, 0, 0, 0, 0, 0])
    assert intraclass_correlations(biased)[0].value < intraclass_correlations(ratings)[0].value - 0.05


@pytest.mark.parametrize(
    "ratings",
    [np.zeros((0, 0)), np.zeros((0, 7)), np.full((4, 3), NAN), np.ones((5, 7)), np.array([[1.0], [2.0]])],
    ids=["nothing", "no clips", "no scores", "one value", "one annotator"],
)
def test_nothing_is_said_where_the_ratings_cannot_tell(ratings):
    found = measure_agreement(ratings)
    assert (found.alpha, found.icc_single, found.icc_average) == (None, None, None)


def test_opposites_whose_means_are_all_the_same_have_no_reliability():
    assert intraclass_correlations(np.array([[1.0, -1.0], [2.0, -2.0], [-3.0, 3.0], [0.0, 0.0]])) == (None, None)


def test_every_figure_of_any_table_is_finite():
    for seed in range(60):
        chance = np.random.default_rng(seed)
        table = chance.integers(-3, 4, size=chance.integers(1, 6, size=2)).astype(float)
        found = measure_agreement(table)
        for estimate in (found.alpha, found.icc_single, found.icc_average):
            assert estimate is None or np.isfinite([estimate.value, estimate.low, estimate.high]).all(), table


def test_counts_tell_what_each_statistic_is_of():
    found = measure_agreement(OBSERVERS)
    assert (found.clips, found.complete, found.annotators) == (11, 8, 4)


def test_a_table_has_a_column_per_annotator_and_gaps_where_one_did_not_rate():
    table = rating_table([{"A2": 1, "A1": -1}, {"A1": 3}])
    assert np.array_equal(table, [[-1, 1], [3, NAN]], equal_nan=True)
