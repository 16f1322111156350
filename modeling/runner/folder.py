"""Write a finished run's folder: all that another machine needs to understand it and to evaluate it again."""

import json
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import torch
import yaml
from django.conf import settings
from tensorboardX import SummaryWriter

from datasets.media import storage
from datasets.vocabulary import Modality
from modeling.batches import Float32
from modeling.corpus import RunCorpus
from modeling.models import Run
from modeling.prediction import TrainedModel, save_weights
from modeling.processes import announced
from modeling.run_folder import EVENTS
from modeling.sealed import Scores

PACKAGES = ("torch", "numpy", "safetensors", "scikit-learn", "transformers", "opensmile", "mediapipe")


@dataclass(frozen=True)
class Outcome:
    """A trained model with its predictions for all clips and its scores on the test split."""

    best_epoch: int
    model: TrainedModel
    predictions: Mapping[Modality, Float32]  # by task, (clips,)
    scores: Scores


def keep_folder(run: Run, corpus: RunCorpus, outcome: Outcome) -> tuple[str, str]:
    """Put the folder into storage; returns the key and the SHA-256 of its weights."""
    folder_key = f"runs/{run.pk}"
    with storage.workspace() as folder:
        weights = folder / "model.safetensors"
        save_weights(outcome.model, weights)
        digest = storage.sha256_of(weights)
        (folder / "params.yaml").write_text(yaml.safe_dump(_params(run), sort_keys=False, allow_unicode=True))
        metrics = {"best_epoch": outcome.best_epoch, **outcome.scores.metrics}
        (folder / "metrics.json").write_text(json.dumps(metrics, indent=2))
        (folder / "environment.json").write_text(json.dumps(_environment(run), indent=2))
        _write_predictions(folder / "predictions.parquet", corpus, outcome)
        write_events(folder, run)
        for path in sorted(folder.iterdir()):
            storage.keep(path, f"{folder_key}/{path.name}")
    return f"{folder_key}/model.safetensors", digest


def _params(run: Run) -> dict[str, Any]:
    return {
        "run": str(run.pk),
        "version": str(run.version_id),
        "version_number": run.version.number,
        "version_sha256": run.version.sha256,
        "recipe_name": run.recipe_name,
        "seed": run.seed,
        "features": {str(m): each.extractor for m, each in run.feature_sets.items()},
        "features_sha256": {str(m): each.sha256 for m, each in run.feature_sets.items()},
        "code_revision": run.code_revision,
        "recipe": run.recipe,
    }


def _environment(run: Run) -> dict[str, Any]:
    return {
        "code_revision": run.code_revision,
        "python": sys.version.split()[0],
        "platform": platform.platform(),
        "device": Run.objects.values_list("device", flat=True).get(pk=run.pk),
        "precision": settings.TRAINING_PRECISION,
        "processes": announced(),
        "threads": torch.get_num_threads(),  # of each process
        "packages": {name: installed(name) for name in PACKAGES},
    }


def _write_predictions(path: Path, corpus: RunCorpus, outcome: Outcome) -> None:
    """One row a clip in the version's order; errors of the test split are those of its one scoring."""
    columns: dict[str, Any] = {"clip": corpus.names, "split": corpus.splits}
    for task, values in outcome.predictions.items():
        errors = np.abs(values - corpus.corpus.labels[task])
        tested = outcome.scores.errors[task]
        columns[f"prediction_{task}"] = values
        columns[f"error_{task}"] = pa.array(np.where(np.isnan(tested), errors, tested), from_pandas=True)
    pq.write_table(pa.table(columns), path)


def write_events(folder: Path, run: Run) -> None:
    """The run's curves for TensorBoard: every loss term, the validation loss, and validation metrics by prediction."""
    clock = run.created_at.timestamp()
    with SummaryWriter(str(folder)) as writer:
        for epoch in run.epochs.order_by("number"):
            clock += epoch.seconds
            curves = {f"loss/{term}": value for term, value in epoch.losses.items()}
            curves["loss/validation"] = epoch.valid_loss
            for task, metrics in epoch.valid_metrics.items():
                curves |= {f"validation_{task}/{name}": value for name, value in metrics.items() if value is not None}
            for name, value in curves.items():
                writer.add_scalar(name, value, epoch.number, walltime=clock)
    (written,) = folder.glob(f"{EVENTS}*")
    # The library ends the name with that of this machine, which is nobody else's business.
    written.rename(folder / f"{EVENTS}{int(run.created_at.timestamp())}")
