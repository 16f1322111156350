"""Scores of predictions against labels, as the paper's section 5.1 reports them."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from datasets.vocabulary import Modality

Values = npt.NDArray[np.float64]
Classes = npt.NDArray[np.int64]
Metrics = dict[str, float | None]

METRICS = ("acc2", "f1", "acc2_weak", "acc3", "acc5", "mae", "corr", "r2")
WEAK = 0.4  # greatest |label| of a weak clip
THREE_CLASSES = (-0.1, 0.1)  # cuts; a value on a cut belongs to the class below it
FIVE_CLASSES = (-0.7, -0.1, 0.1, 0.7)
# Labels arrive as 32-bit floats, in which 0.4 is a little more than 0.4.
_ROUNDING = 1e-6


def evaluate(predictions: npt.ArrayLike, truth: npt.ArrayLike) -> Metrics:
    """All metrics of one prediction, both clipped to -1 … 1; what is undefined (no clip, no spread) is None."""
    predicted, true = np.asarray(predictions, np.float64), np.asarray(truth, np.float64)
    if predicted.shape != true.shape or predicted.ndim != 1:
        raise ValueError(f"Each label needs one prediction, but their shapes are {true.shape} and {predicted.shape}.")
    if not (np.isfinite(predicted).all() and np.isfinite(true).all()):
        raise ValueError("Only finite predictions can be evaluated against finite labels.")
    if not true.size:
        return dict.fromkeys(METRICS)
    values = evaluate_rows(predicted[np.newaxis], true[np.newaxis])
    return {name: None if np.isnan(each[0]) else float(each[0]) for name, each in values.items()}


def evaluate_rows(predicted: Values, true: Values) -> dict[str, Values]:
    """All metrics (rows,) of predictions (rows, clips), each against the labels in its row; undefined ones are NaN."""
    predicted, true = predicted.clip(-1, 1), true.clip(-1, 1)
    positive, truly_positive = predicted > 0, true > 0
    is_right, is_weak = positive == truly_positive, np.abs(true) <= WEAK + _ROUNDING
    return {
        "acc2": is_right.mean(axis=-1),
        "f1": _weighted_f1(positive, truly_positive),
        "acc2_weak": _ratio((is_right & is_weak).sum(axis=-1), is_weak.sum(axis=-1)),
        "acc3": (classes_of(predicted, THREE_CLASSES) == classes_of(true, THREE_CLASSES)).mean(axis=-1),
        "acc5": (classes_of(predicted, FIVE_CLASSES) == classes_of(true, FIVE_CLASSES)).mean(axis=-1),
        "mae": np.abs(predicted - true).mean(axis=-1),
        "corr": _correlation(predicted, true),
        "r2": _r_squared(predicted, true),
    }


def evaluate_modalities(
    predictions: Mapping[Modality, npt.ArrayLike], truth: Mapping[Modality, npt.ArrayLike]
) -> dict[Modality, Metrics]:
    """Metrics of each prediction against its own modality's labels, over the clips whose label is not NaN."""
    metrics = {}
    for modality, predicted in predictions.items():
        labels = np.asarray(truth[modality])
        labelled = ~np.isnan(labels)
        metrics[modality] = evaluate(np.asarray(predicted)[labelled], labels[labelled])
    return metrics


def _ratio(part: npt.ArrayLike, whole: npt.ArrayLike) -> Values:
    """Quotients, NaN where the denominator is 0."""
    above, below = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    quotients = np.full(below.shape, np.nan)
    np.divide(above, below, out=quotients, where=below != 0)
    return quotients


def classes_of(values: Values, cuts: tuple[float, ...]) -> Classes:
    """Place of each value's class between the cuts, from 0 for the most negative."""
    return np.digitize(values, cuts, right=True).astype(np.int64)


def _weighted_f1(predicted: npt.NDArray[np.bool_], true: npt.NDArray[np.bool_]) -> Values:
    """F1 of each of two classes, weighted by how many clips truly belong to it."""
    score = np.zeros(len(true))
    for label in (False, True):
        guessed, belongs = predicted == label, true == label
        f1 = _ratio(2 * (guessed & belongs).sum(axis=-1), guessed.sum(axis=-1) + belongs.sum(axis=-1))
        score += np.nan_to_num(f1) * belongs.mean(axis=-1)
    return score


def _correlation(predicted: Values, true: Values) -> Values:
    """Pearson's r; NaN where either side is constant."""
    ours = predicted - predicted.mean(axis=-1, keepdims=True)
    theirs = true - true.mean(axis=-1, keepdims=True)
    is_constant = (np.ptp(predicted, axis=-1) == 0) | (np.ptp(true, axis=-1) == 0)
    spread = np.sqrt((ours**2).sum(axis=-1) * (theirs**2).sum(axis=-1))
    return _ratio((ours * theirs).sum(axis=-1), np.where(is_constant, 0, spread)).clip(-1, 1)


def _r_squared(predicted: Values, true: Values) -> Values:
    """Share of the labels' variance explained; 0 is as good as predicting their mean, NaN where they are constant."""
    spread = ((true - true.mean(axis=-1, keepdims=True)) ** 2).sum(axis=-1)
    errors = ((true - predicted) ** 2).sum(axis=-1)
    return 1 - _ratio(errors, np.where(np.ptp(true, axis=-1) == 0, 0, spread))
