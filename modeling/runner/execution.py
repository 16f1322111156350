"""What the training process does: train, write each epoch down, then keep weights, predictions and metrics."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from django.conf import settings
from django.core.files.storage import default_storage

from config.sentences import sentence
from datasets.media import storage
from datasets.models import Job
from datasets.runner import Cancelled as CancelAsked
from datasets.runner import LeaseLost, Work
from datasets.vocabulary import Modality, Split
from modeling.batches import BadFeatures, Float32
from modeling.checkpoints import Checkpoint, load_checkpoint, save_checkpoint
from modeling.corpus import RunCorpus, TuningCorpus, open_corpus
from modeling.epoch_loop import BatchProgress
from modeling.errors import RunFailed
from modeling.memory import keep_freed_memory
from modeling.metrics import Metrics
from modeling.models import Epoch, Prediction, Run
from modeling.networks.shares import encodes_in_bfloat16
from modeling.prediction import TrainedModel, predict
from modeling.processes import announced, joined
from modeling.recipes import Recipe
from modeling.runner.folder import Outcome, keep_folder
from modeling.training import EpochResult, train
from modeling.training_errors import Cancelled, TrainingError

Predictions = dict[Modality, Float32]


def execute(run: Run, *, fence: int, parent: int) -> None:
    """Train the run for the job that its worker (process `parent`) holds with this fence.

    A former attempt's checkpoint is taken up, so that the result is that of a training without interruption.
    Raises RunFailed when the clips cannot be learned from, LeaseLost when the worker is gone or lost its job.
    """
    attempt = begin_attempt(run, fence=fence, parent=parent)
    with telling_failures(), open_corpus(run) as corpus, joined(attempt.device) as device:
        last = attempt.resume
        for epoch in attempt.epochs(corpus, device):
            last = epoch.checkpoint
        if last is None:
            raise RunFailed("The recipe has no epoch, so there are no weights to keep.")
        predictions = predict_all(last.best, corpus, device=device)
        scores = corpus.test.score(predictions)
        _keep(run, corpus, Outcome(last.best_number, last.best, predictions, scores), attempt.work)


@dataclass(frozen=True)
class Attempt:
    """One attempt of a process at a run, going on where a former one stopped."""

    run: Run
    work: Work
    device: str
    resume: Checkpoint | None
    parent: int

    def epochs(self, corpus: TuningCorpus, device: str) -> Iterator[EpochResult]:
        """Train, each epoch written down and kept as a checkpoint before it is told."""
        epochs = epochs_of(
            self.run, corpus, device, self.resume,
            should_stop=lambda: os.getppid() != self.parent, on_batch=_reporter(self.run, self.work),
        )  # fmt: skip
        for epoch in epochs:
            # First the row, then the file: a checkpoint's epochs are all in the database.
            with self.work.commit():
                record_epoch(self.run, epoch)
            _keep_checkpoint(self.run, epoch.checkpoint)
            yield epoch


def begin_attempt(run: Run, *, fence: int, parent: int) -> Attempt:
    """Take up what a former attempt left behind, and remove what it did not finish."""
    work = Work(_held_job(run, fence))
    device = prepare_torch()
    resume = checkpoint_of(run)
    with work.commit():
        run.epochs.filter(number__gt=resume.number if resume else 0).delete()
        run.predictions.all().delete()
        Run.objects.filter(pk=run.pk).update(device=device)
    return Attempt(run, work, device, resume, parent)


@contextmanager
def telling_failures() -> Iterator[None]:
    """RunFailed for clips that cannot be learned from, LeaseLost for a training that nobody waits for any more."""
    try:
        yield
    except (TrainingError, BadFeatures) as error:
        raise RunFailed(str(error)) from error
    except (Cancelled, CancelAsked) as error:
        raise LeaseLost from error


def prepare_torch() -> str:
    """Make torch repeatable and fair to its neighbours on the machine; returns the device to train on.

    Processes that share a training share the threads; a trial of a sweep, or an evaluation, has all of them.

    Call it before anything runs on CUDA, whose matrix products are repeatable only with this variable.
    """
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    torch.set_num_threads(max(1, settings.TRAINING_THREADS // announced()))
    torch.use_deterministic_algorithms(True)
    # That also fills every new tensor before it is written, a second write of all memory: nothing here reads it before.
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined] # torch types it nowhere
    return choose_device(settings.TRAINING_DEVICE)


def choose_device(wanted: str) -> str:
    """The device of this name, or for `auto` the best there is; RunFailed when the machine has no such device."""
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if wanted == "auto":
        return next(name for name, is_there in there.items() if is_there)
    if not there.get(wanted.split(":")[0]):
        raise RunFailed(
            f"CUESET_TRAINING_DEVICE is {wanted}, which this machine does not have; set it to auto, cpu, cuda or mps."
        )
    return wanted


def _held_job(run: Run, fence: int) -> Job:
    job = Job.objects.filter(run=run, fence=fence, state=Job.State.RUNNING).first()
    if job is None:
        raise LeaseLost
    return job


def checkpoint_key(run: Run) -> str:
    """Where an unfinished run's last epoch stands in storage."""
    return f"runs/{run.pk}/checkpoint.safetensors"


def checkpoint_of(run: Run) -> Checkpoint | None:
    """Where a former attempt ended, if there was one."""
    if not default_storage.exists(checkpoint_key(run)):
        return None
    with storage.local(checkpoint_key(run)) as path:
        return load_checkpoint(path)


def epochs_of(
    run: Run,
    corpus: TuningCorpus,
    device: str,
    resume: Checkpoint | None,
    *,
    should_stop: Callable[[], bool],
    on_batch: Callable[[BatchProgress], None],
) -> Iterator[EpochResult]:
    """The run's training, the same in each of the processes that share it."""
    return train(
        corpus.corpus,
        recipe=Recipe.from_dict(run.recipe),
        train_rows=corpus.train_rows,
        valid_rows=corpus.split_rows(Split.VALID),
        seed=run.seed,
        device=device,
        bfloat16=in_bfloat16(device),
        resume=resume,
        should_stop=should_stop,
        on_batch=on_batch,
    )


def in_bfloat16(device: str) -> bool:
    """Whether encoders shall multiply in bfloat16; RunFailed for another precision, or on a device that cannot."""
    wanted = settings.TRAINING_PRECISION
    if wanted not in ("float32", "bfloat16"):
        raise RunFailed(f"CUESET_TRAINING_PRECISION is {wanted}; set it to float32 or bfloat16.")
    if wanted == "float32":
        return False
    if not encodes_in_bfloat16(device):
        raise RunFailed(
            f"CUESET_TRAINING_PRECISION is bfloat16, in which {device} of this machine cannot run recurrent layers; "
            "set it to float32."
        )
    return True


def _reporter(run: Run, work: Work) -> Callable[[BatchProgress], None]:
    """Tells the ledger how many batches are done; the run's epochs tell the rest."""
    most_epochs, tidy = int(run.recipe["epochs"]), keep_freed_memory()

    def report(now: BatchProgress) -> None:
        done = (now.epoch - 1) * now.batches + now.batch
        doing = sentence(
            "training",
            "epoch {epoch}, batch {batch} of {batches}, loss {loss:.4f}",
            epoch=now.epoch,
            batch=now.batch,
            batches=now.batches,
            loss=round(now.loss, 4),
        )
        work.progress(done, most_epochs * now.batches, doing)
        tidy()

    return report


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


def _by_name(metrics: Mapping[Modality, Metrics]) -> dict[str, Metrics]:
    return {str(modality): dict(values) for modality, values in metrics.items()}


def _keep_checkpoint(run: Run, checkpoint: Checkpoint) -> None:
    with storage.workspace() as folder:
        save_checkpoint(checkpoint, folder / "checkpoint")
        storage.keep(folder / "checkpoint", checkpoint_key(run))


def predict_all(model: TrainedModel, corpus: RunCorpus, *, device: str) -> Predictions:
    """Each task's predictions for every clip of the version, clipped to the range of labels."""
    rows = np.arange(len(corpus.clips))
    predicted = predict(model, corpus.corpus, rows, device=device)
    return {task: np.clip(values, -1, 1) for task, values in predicted.items()}


def _keep(run: Run, corpus: RunCorpus, outcome: Outcome, work: Work) -> None:
    """Put files into storage, then predictions and metrics into the database at once."""
    weights, digest = keep_folder(run, corpus, outcome)
    with work.commit():
        Prediction.objects.bulk_create(_predictions(run, corpus, outcome), batch_size=500)
        run.best_epoch = outcome.best_epoch
        run.weights, run.weights_sha256 = weights, digest
        run.metrics = outcome.scores.metrics
        run.save(update_fields=["best_epoch", "weights", "weights_sha256", "metrics"])
    default_storage.delete(checkpoint_key(run))


def _predictions(run: Run, corpus: RunCorpus, outcome: Outcome) -> list[Prediction]:
    main_task = run.main_task
    predicted, labels = outcome.predictions, corpus.corpus.labels[main_task]
    tested = outcome.scores.errors[main_task]
    errors = np.where(np.isnan(tested), np.abs(predicted[main_task] - labels), tested)
    return [
        Prediction(
            run=run,
            clip_id=clip,
            split=corpus.splits[row],
            error=None if np.isnan(errors[row]) else float(errors[row]),
            **{str(task): float(values[row]) for task, values in predicted.items()},
        )
        for row, clip in enumerate(corpus.clips)
    ]
