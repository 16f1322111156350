"""Evaluating a finished run again, here or on another machine."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from datasets.reader import read_version
from datasets.vocabulary import Split
from modeling.batches import BadFeatures
from modeling.corpus import open_corpus
from modeling.errors import RunFailed
from modeling.models import Run
from modeling.prediction import load_weights, predict
from modeling.reading import corpus_of
from modeling.runner.execution import predict_all, prepare_torch
from modeling.sealed import seal
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


def evaluate_folder(*, folder: Path, export: Path) -> Evaluation:
    """The same for a run's folder and an export of its version, wherever both were carried; needs no database.

    The export is CH-SIMS's, with features. RunFailed when it is of another version, or the folder is not whole.
    """
    try:
        params = yaml.safe_load((folder / "params.yaml").read_text(encoding="utf-8"))
        stored = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
        model = load_weights(folder / "model.safetensors")
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise RunFailed(f"{folder} is not the whole folder of a run: {error}") from error
    version = read_version(export)
    if version.sha256 != params["version_sha256"]:
        raise RunFailed(
            f"The run was trained on version {params['version_number']} ({params['version_sha256'][:12]}), "
            f"but {export} is version {version.number} ({version.sha256[:12]}); name an export of its own version."
        )
    device = prepare_torch()
    try:
        read = corpus_of(version)
        test = seal(read.corpus.labels, read.rows[Split.TEST])
        predicted = predict(model, read.corpus, np.arange(len(read.corpus.supervised)), device=device)
    except BadFeatures as error:
        raise RunFailed(str(error)) from error
    computed = test.score({task: np.clip(values, -1, 1) for task, values in predicted.items()}).metrics
    return Evaluation(computed, _largest_difference(computed, {name: stored.get(name) for name in computed}))


def _largest_difference(first: Any, second: Any) -> float:  # nested JSON: objects down to numbers and null
    if isinstance(first, dict) and isinstance(second, dict):
        names = first.keys() | second.keys()
        return max((_largest_difference(first.get(name), second.get(name)) for name in names), default=0.0)
    if first is None or second is None:
        return 0.0 if first is second else float("inf")
    return abs(float(first) - float(second))
