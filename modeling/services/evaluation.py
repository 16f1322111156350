"""Evaluating a finished run again."""

from dataclasses import dataclass
from typing import Any

from modeling.corpus import open_corpus
from modeling.models import Run
from modeling.runner.execution import predict_all, prepare_torch
from modeling.stored_models import stored_model

# Metrics of the same weights on the same features differ by no more, whatever machine computes them.
SAME = 1e-4


@dataclass(frozen=True)
class Evaluation:
    """A run's metrics computed anew, beside those that were stored."""

    metrics: dict[str, Any]  # split -> prediction -> metric, as Run.metrics
    largest_difference: float

    @property
    def agrees(self) -> bool:
        """Whether the stored metrics hold."""
        return self.largest_difference <= SAME


def evaluate_run(*, run: Run) -> Evaluation:
    """Predict again with the stored weights and score the test split, changing nothing."""
    model, stored = stored_model(run), run.metrics or {}
    device = prepare_torch()
    with open_corpus(run) as corpus:
        computed = corpus.test.score(predict_all(model, corpus, device=device)).metrics
    metrics = {name: computed[name] for name in stored}  # older runs have no scores against multimodal labels
    return Evaluation(metrics, _largest_difference(metrics, stored))


def _largest_difference(first: Any, second: Any) -> float:  # nested JSON: objects down to numbers and null
    if isinstance(first, dict) and isinstance(second, dict):
        names = first.keys() | second.keys()
        return max((_largest_difference(first.get(name), second.get(name)) for name in names), default=0.0)
    if first is None or second is None:
        return 0.0 if first is second else float("inf")
    return abs(float(first) - float(second))
