"""Metrics against cases worked by hand and against scikit-learn and SciPy."""

import json
import math

import numpy as np
import pytest
from scipy.stats import pearsonr
from sklearn.metrics import accuracy_score, f1_score, mean_absolute_error, r2_score

from datasets.vocabulary import Modality
from modeling.metrics import evaluate, evaluate_modalities


def test_four_clips_worked_by_hand():
    metrics = evaluate([-0.5, 0.0, 0.3, 0.8], [-0.4, 0.2, 0.2, 0.8])
    assert metrics["acc2"] == 0.75  # the second is not above 0, its label is
    assert metrics["acc2_weak"] == pytest.approx(2 / 3)  # the last clip is not weak
    assert metrics["acc3"] == 0.75
    assert metrics["acc5"] == 0.75
    assert metrics["mae"] == pytest.approx((0.1 + 0.2 + 0.1 + 0.0) / 4)
    # not positive: precision 1/2, recall 1, F1 2/3, one clip; positive: precision 1, recall 2/3, F1 4/5, three clips
    assert metrics["f1"] == pytest.approx(2 / 3 * 1 / 4 + 4 / 5 * 3 / 4)
    # labels have mean 0.2, so their squared spread is 0.36 + 0 + 0 + 0.36; the squared errors are 0.01 + 0.04 + 0.01
    assert metrics["r2"] == pytest.approx(1 - 0.06 / 0.72)


def test_all_metrics_agree_with_independent_libraries():
    chance = np.random.default_rng(7)
    truth = (chance.integers(-5, 6, 400) / 5).astype(np.float32)
    predictions = (truth + chance.normal(scale=0.5, size=400)).astype(np.float32)
    metrics = evaluate(predictions, truth)
    clipped, true = np.clip(predictions, -1, 1).astype(float), truth.astype(float)
    weak = np.isin(np.round(true, 1), [-0.4, -0.2, 0, 0.2, 0.4])
    assert metrics == {
        "acc2": pytest.approx(accuracy_score(true > 0, clipped > 0)),
        "f1": pytest.approx(f1_score(true > 0, clipped > 0, average="weighted")),
        "acc2_weak": pytest.approx(accuracy_score(true[weak] > 0, clipped[weak] > 0)),
        "acc3": pytest.approx(accuracy_score(thirds(true), thirds(clipped))),
        "acc5": pytest.approx(accuracy_score(fifths(true), fifths(clipped))),
        "mae": pytest.approx(mean_absolute_error(true, clipped)),
        "corr": pytest.approx(pearsonr(true, clipped).statistic),
        "r2": pytest.approx(r2_score(true, clipped)),
    }


def thirds(values):
    return [-1 if value <= -0.1 else 0 if value <= 0.1 else 1 for value in values]


def fifths(values):
    return [-2 if v <= -0.7 else -1 if v <= -0.1 else 0 if v <= 0.1 else 1 if v <= 0.7 else 2 for v in values]


def test_a_cut_belongs_to_the_class_below_it():
    assert evaluate([-0.1, 0.1, -0.7, 0.7], [-0.2, 0.0, -0.8, 0.6])["acc5"] == 1.0


@pytest.mark.parametrize("label", [-0.4, 0.4])
def test_a_label_of_four_tenths_is_weak_in_32_bits_too(label):
    assert evaluate([label], np.array([label], np.float32))["acc2_weak"] == 1.0


def test_a_label_of_six_tenths_is_not_weak():
    assert evaluate([0.6], [0.6])["acc2_weak"] is None


def test_predictions_beyond_the_scale_are_clipped_to_it():
    assert evaluate([2.5, -3.0], [1.0, -1.0])["mae"] == 0.0


def test_zero_is_not_positive():
    assert evaluate([0.0, 0.0], [-1.0, 0.0])["acc2"] == 1.0


def test_a_constant_prediction_has_no_correlation():
    metrics = evaluate([0.3, 0.3, 0.3], [-1.0, 0.0, 1.0])
    assert metrics["corr"] is None
    assert metrics["r2"] is not None


def test_constant_labels_have_neither_correlation_nor_r_squared():
    metrics = evaluate([0.1, 0.3], [0.2, 0.2])
    assert (metrics["corr"], metrics["r2"]) == (None, None)


def test_no_clips_leave_every_metric_undefined():
    assert set(evaluate([], []).values()) == {None}


def test_metrics_are_plain_json_without_nan():
    assert "NaN" not in json.dumps(evaluate([0.3, 0.3], [0.2, 0.8]))


def test_predicting_the_mean_explains_nothing():
    assert evaluate([0.0, 0.0], [-0.4, 0.4])["r2"] == 0.0


@pytest.mark.parametrize(("predictions", "truth"), [([0.1], [0.1, 0.2]), ([math.nan], [0.1]), ([0.1], [math.inf])])
def test_what_cannot_be_compared_is_refused(predictions, truth):
    with pytest.raises(ValueError, match=r"label"):
        evaluate(predictions, truth)


def test_each_modality_is_scored_on_its_own_labelled_clips():
    predictions = {Modality.AUDIO: [0.2, 0.9], Modality.TEXT: [0.0, 0.0]}
    truth = {Modality.AUDIO: np.array([0.2, math.nan]), Modality.TEXT: np.array([math.nan, math.nan])}
    metrics = evaluate_modalities(predictions, truth)
    assert metrics[Modality.AUDIO]["mae"] == pytest.approx(0)
    assert metrics[Modality.TEXT]["mae"] is None
