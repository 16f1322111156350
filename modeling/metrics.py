"""Scores of predictions against labels, as the paper's section 5.1 reports them."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from datasets.vocabulary import Modality

Values = npt.NDArray[np.float64]
Classes = npt.NDArray[np.int64]
Metrics = dict[str, float | None]

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
    predicted, true = predicted.clip(-1, 1), true.clip(-1, 1)
    positive, truly_positive = (predicted > 0).astype(np.int64), (true > 0).astype(np.int64)
    weak = np.abs(true) <= WEAK + _ROUNDING
    return {
        "acc2": _accuracy(positive, truly_positive),
        "f1": _weighted_f1(positive, truly_positive),
        "acc2_weak": _accuracy(positive[weak], truly_positive[weak]),
        "acc3": _accuracy(_classes(predicted, THREE_CLASSES), _classes(true, THREE_CLASSES)),
        "acc5": _accuracy(_classes(predicted, FIVE_CLASSES), _classes(true, FIVE_CLASSES)),
        "mae": float(np.abs(predicted - true).mean()) if true.size else None,
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


def _classes(values: Values, cuts: tuple[float, ...]) -> Classes:
    return np.digitize(values, cuts, right=True).astype(np.int64)


def _accuracy(predicted: Classes, true: Classes) -> float | None:
    return float((predicted == true).mean()) if true.size else None


def _weighted_f1(predicted: Classes, true: Classes) -> float | None:
    """F1 of each class, weighted by how many clips truly belong to it."""
    if not true.size:
        return None
    score = 0.0
    for label in np.unique(true):
        hits = np.sum((predicted == label) & (true == label))
        score += 2 * hits / (np.sum(predicted == label) + np.sum(true == label)) * np.mean(true == label)
    return float(score)


def _correlation(predicted: Values, true: Values) -> float | None:
    """Pearson's r; None where either side is constant."""
    if not true.size or np.ptp(predicted) == 0 or np.ptp(true) == 0:
        return None
    return float(np.corrcoef(predicted, true)[0, 1])


def _r_squared(predicted: Values, true: Values) -> float | None:
    """Share of the labels' variance explained; 0 is as good as predicting their mean, None where they are constant."""
    if not true.size or np.ptp(true) == 0:
        return None
    return float(1 - np.sum((true - predicted) ** 2) / np.sum((true - true.mean()) ** 2))
