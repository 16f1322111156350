"""Labels of the test split under seal: they score final predictions, once, and do nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from datasets.vocabulary import Modality
from modeling.metrics import Metrics, evaluate_modalities

Values = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


class AlreadyScored(RuntimeError):
    """The test split was to be scored a second time."""


@dataclass(frozen=True)
class Scores:
    """What the one scoring brought."""

    metrics: dict[str, dict[str, Metrics]]  # "test": each task against its own labels; "test_against_multimodal"
    errors: Mapping[Modality, Values]  # by task, (clips,): distance from its own labels, NaN outside the test split


class SealedLabels:
    """The only way to the test labels of an opened corpus, whose own labels are NaN there."""

    def __init__(self, labels: Mapping[Modality, Values], rows: Rows) -> None:
        self._labels = {modality: values[rows].copy() for modality, values in labels.items()}
        self._rows = rows
        self._was_scored = False

    def score(self, predictions: Mapping[Modality, Values]) -> Scores:
        """Scores of predictions (clips,) by task for all clips of the version; AlreadyScored the second time."""
        if self._was_scored:
            raise AlreadyScored("The test split is scored once, by the weights that validation chose.")
        self._was_scored = True
        predicted = {task: values[self._rows] for task, values in predictions.items()}
        multimodal = dict.fromkeys(predicted, self._labels[Modality.MULTIMODAL])
        metrics = {
            "test": _by_name(evaluate_modalities(predicted, self._labels)),
            "test_against_multimodal": _by_name(evaluate_modalities(predicted, multimodal)),
        }
        return Scores(metrics, {task: self._errors(task, values) for task, values in predictions.items()})

    def _errors(self, task: Modality, predicted: Values) -> Values:
        errors = np.full(len(predicted), np.nan, np.float32)
        errors[self._rows] = np.abs(predicted[self._rows] - self._labels[task])
        return errors


def seal(labels: Mapping[Modality, Values], rows: Rows) -> SealedLabels:
    """Take the labels of these rows away, leaving NaN in the arrays themselves."""
    sealed = SealedLabels(labels, rows)
    for values in labels.values():
        values[rows] = np.nan
    return sealed


def _by_name(metrics: Mapping[Modality, Metrics]) -> dict[str, Metrics]:
    return {str(modality): dict(values) for modality, values in metrics.items()}
