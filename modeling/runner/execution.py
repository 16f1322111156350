"""What the training process does: train, write each epoch down, then keep weights, predictions and metrics."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import yaml
from django.conf import settings

from datasets.media import storage
from datasets.models import Job
from datasets.runner import LeaseLost, Work
from datasets.vocabulary import Modality, Split
from modeling.batches import BadFeatures, Float32
from modeling.corpus import RunCorpus, open_corpus
from modeling.errors import RunFailed
from modeling.metrics import Metrics, evaluate_modalities
from modeling.models import Epoch, Prediction, Run
from modeling.prediction import TrainedModel, predict, save_weights
from modeling.recipes import Recipe
from modeling.training import Cancelled, EpochResult, TrainingError, train

Predictions = dict[Modality, Float32]


@dataclass(frozen=True)
class Outcome:
    """A trained model with its predictions for all clips and its scores on the test split."""

    best_epoch: int
    model: TrainedModel
    predictions: Predictions
    metrics: dict[str, dict[str, Metrics]]


def execute(run: Run, *, fence: int, parent: int) -> None:
    """Train the run for the job that its worker (process `parent`) holds with this fence.

    Raises RunFailed when the clips cannot be learned from, LeaseLost when the worker is gone or lost its job.
    """
    work = Work(_held_job(run, fence))
    device = prepare_torch()
    with work.commit():  # what a former attempt left behind
        run.epochs.all().delete()
        run.predictions.all().delete()
        Run.objects.filter(pk=run.pk).update(device=device)
    try:
        with open_corpus(run) as corpus:
            outcome = _train(run, corpus, work, device, is_orphan=lambda: os.getppid() != parent)
            _keep(run, corpus, outcome, work)
    except (TrainingError, BadFeatures) as error:
        raise RunFailed(str(error)) from error
    except Cancelled as error:
        raise LeaseLost from error


def prepare_torch() -> str:
    """Make torch repeatable and fair to its neighbours on the machine; returns the device to train on.

    Call it before anything runs on CUDA, whose matrix products are repeatable only with this variable.
    """
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    torch.set_num_threads(settings.TRAINING_THREADS)
    torch.use_deterministic_algorithms(True)
    return "cuda" if torch.cuda.is_available() else "cpu"


def _held_job(run: Run, fence: int) -> Job:
    job = Job.objects.filter(run=run, fence=fence, state=Job.State.RUNNING).first()
    if job is None:
        raise LeaseLost
    return job


def _train(run: Run, corpus: RunCorpus, work: Work, device: str, is_orphan: Callable[[], bool]) -> Outcome:
    best_epoch, best = 0, None
    epochs = train(
        corpus.corpus,
        recipe=Recipe.from_dict(run.recipe),
        train_rows=corpus.train_rows,
        valid_rows=corpus.split_rows(Split.VALID),
        seed=run.seed,
        device=device,
        should_stop=is_orphan,
    )
    for epoch in epochs:
        with work.commit():
            record_epoch(run, epoch)
        if epoch.best is not None:
            best_epoch, best = epoch.number, epoch.best
    if best is None:
        raise RunFailed("No epoch gave a validation loss, so there are no weights to keep.")
    predictions = predict_all(best, corpus, device=device)
    return Outcome(best_epoch, best, predictions, score_test_split(predictions, corpus))


def record_epoch(run: Run, epoch: EpochResult) -> None:
    """Write down what one epoch brought."""
    Epoch.objects.create(
        run=run,
        number=epoch.number,
        losses=dict(epoch.losses),
        valid_loss=epoch.valid_loss,
        valid_metrics=_by_name(epoch.metrics),
        seconds=epoch.seconds,
        is_best=epoch.is_best,
    )


def predict_all(model: TrainedModel, corpus: RunCorpus, *, device: str) -> Predictions:
    """Four predictions for every clip of the version, clipped to the range of labels."""
    rows = np.arange(len(corpus.clips))
    predicted = predict(model, corpus.corpus, rows, device=device)
    return {modality: np.clip(values, -1, 1) for modality, values in predicted.items()}


def score_test_split(predictions: Mapping[Modality, Float32], corpus: RunCorpus) -> dict[str, dict[str, Metrics]]:
    """Metrics on the test split, each prediction against its own modality's labels."""
    rows = corpus.split_rows(Split.TEST)
    truth = {modality: corpus.corpus.labels[modality][rows] for modality in Modality}
    return {"test": _by_name(evaluate_modalities({m: predictions[m][rows] for m in Modality}, truth))}


def _by_name(metrics: Mapping[Modality, Metrics]) -> dict[str, Metrics]:
    return {str(modality): dict(values) for modality, values in metrics.items()}


def _keep(run: Run, corpus: RunCorpus, outcome: Outcome, work: Work) -> None:
    """Put files into storage, then predictions and metrics into the database at once."""
    folder_key = f"runs/{run.pk}"
    with storage.workspace() as folder:
        weights = folder / "weights.safetensors"
        save_weights(outcome.model, weights)
        digest = storage.sha256_of(weights)
        for path in (weights, _params(run, folder), _metrics(outcome, folder)):
            storage.keep(path, f"{folder_key}/{path.name}")
    with work.commit():
        Prediction.objects.bulk_create(_predictions(run, corpus, outcome.predictions), batch_size=500)
        run.best_epoch = outcome.best_epoch
        run.weights, run.weights_sha256 = f"{folder_key}/weights.safetensors", digest
        run.metrics = outcome.metrics
        run.save(update_fields=["best_epoch", "weights", "weights_sha256", "metrics"])


def _predictions(run: Run, corpus: RunCorpus, predictions: Predictions) -> list[Prediction]:
    labels = corpus.corpus.labels[Modality.MULTIMODAL]
    errors = np.abs(predictions[Modality.MULTIMODAL] - labels)
    return [
        Prediction(
            run=run,
            clip_id=clip,
            split=corpus.splits[row],
            error=None if np.isnan(errors[row]) else float(errors[row]),
            **{str(modality): float(values[row]) for modality, values in predictions.items()},
        )
        for row, clip in enumerate(corpus.clips)
    ]


def _params(run: Run, folder: Path) -> Path:
    params: dict[str, Any] = {
        "run": str(run.pk),
        "version": str(run.version_id),
        "recipe_name": run.recipe_name,
        "seed": run.seed,
        "features": {str(m): each.extractor for m, each in run.feature_sets.items()},
        "code_revision": run.code_revision,
        "recipe": run.recipe,
    }
    path = folder / "params.yaml"
    path.write_text(yaml.safe_dump(params, sort_keys=False, allow_unicode=True))
    return path


def _metrics(outcome: Outcome, folder: Path) -> Path:
    path = folder / "metrics.json"
    path.write_text(json.dumps({"best_epoch": outcome.best_epoch, **outcome.metrics}, indent=2))
    return path
