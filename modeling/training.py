"""Trainings: epochs of algorithm 1 with early stopping and checkpoints, as one generator of results."""

import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch

from datasets.vocabulary import Modality
from modeling.batches import Corpus, Float32, Rows, fit_scaling
from modeling.checkpoints import Checkpoint, copied, optimizer_tensors
from modeling.epoch_loop import BatchProgress, EpochLoop, plan_passes
from modeling.losses import regression_terms, weighted_sum
from modeling.metrics import Metrics, evaluate_modalities
from modeling.networks.unimodal import Network
from modeling.prediction import TrainedModel, build_network, predict_with
from modeling.processes import agreed, share_encoders
from modeling.processes import place as own_place
from modeling.recipes import Recipe
from modeling.training_errors import Diverged, TrainingError

# A validation loss counts as better only beyond rounding noise; the released code uses the same margin.
LEAST_IMPROVEMENT = 1e-6


@dataclass(frozen=True)
class EpochResult:
    """What one epoch brought."""

    number: int  # from 1
    losses: Mapping[str, float]  # by term, unweighted, plus their weighted `total`; means over the epoch's batches
    valid_loss: float  # equation 10 on the validation clips
    metrics: Mapping[Modality, Metrics]  # on the validation clips, against each modality's own labels
    seconds: float
    checkpoint: Checkpoint

    @property
    def is_best(self) -> bool:
        """Whether no earlier epoch has a better validation loss."""
        return self.checkpoint.best_number == self.number

    @property
    def best(self) -> TrainedModel:
        """The model after the best epoch so far."""
        return self.checkpoint.best


def train(
    corpus: Corpus,
    *,
    recipe: Recipe,
    train_rows: Rows,
    valid_rows: Rows,
    seed: int,
    device: str = "cpu",
    bfloat16: bool = False,
    resume: Checkpoint | None = None,
    should_stop: Callable[[], bool] = lambda: False,
    on_batch: Callable[[BatchProgress], None] = lambda progress: None,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[EpochResult]:
    """Train until validation stops improving or the recipe's epochs are over; Cancelled when should_stop says so.

    Test clips are never passed in. The same arguments give the same numbers bit for bit on the same CPU and threads;
    with the checkpoint of an epoch, the epochs after it are those of the training that was not interrupted.
    With bfloat16 the sequence encoders multiply in that precision; weights and everything else stay float32.
    In processes that torchrun started (modeling.processes.joined), all call this alike and share the work.
    should_stop and on_batch are called with every batch, several times a second, so they should answer at once.
    """
    place = torch.device(device)
    passes = plan_passes(corpus, recipe, train_rows)
    truth = _validation_labels(corpus, recipe, valid_rows)
    scaling = fit_scaling(corpus, passes[0].rows) if recipe.standardize else None
    with _chance(seed, 0, place):
        network = build_network(recipe, corpus.feature_sizes).to(place)
    share_encoders(network)
    optimizer = build_optimizer(network, recipe)
    if resume:
        resume.restore(network, optimizer)
    last = resume
    while not last or not _is_over(last, recipe):
        number, started = (last.number if last else 0) + 1, clock()
        with _chance(seed, number, place) as chance:
            loop = EpochLoop(number, corpus, recipe, scaling, place, chance, should_stop, on_batch, bfloat16)
            losses = loop.run(network, optimizer, passes)
        predictions = predict_with(
            network, corpus, valid_rows, scaling=scaling, batch_size=recipe.batch_size, device=place
        )
        valid_loss = agreed(_validation_loss(predictions, truth, recipe, number), place)
        weights = copied(network.state_dict())
        best, best_loss, best_number = (last.best, last.best_loss, last.best_number) if last else (None, math.inf, 0)
        if best is None or valid_loss < best_loss - LEAST_IMPROVEMENT:
            best = TrainedModel(recipe, corpus.feature_sizes, scaling, copied(weights))
            best_loss, best_number = valid_loss, number
        last = Checkpoint(number, best_number, best_loss, weights, optimizer_tensors(optimizer), best)
        metrics = evaluate_modalities(predictions, truth)
        yield EpochResult(number, losses, valid_loss, metrics, clock() - started, last)


def _is_over(last: Checkpoint, recipe: Recipe) -> bool:
    return last.number >= recipe.epochs or last.number - last.best_number >= recipe.patience


def build_optimizer(network: Network, recipe: Recipe) -> torch.optim.Adam:
    """Adam with each encoder's own learning rate and weight decay, and one of each for all the rest."""
    groups = [
        {
            "params": list(encoder.parameters()),
            "lr": recipe.encoder_learning_rates[Modality(modality)],
            "weight_decay": recipe.encoder_weight_decays[Modality(modality)],
        }
        for modality, encoder in network.encoders.items()
    ]
    rest = [values for name, values in network.named_parameters() if not name.startswith("encoders.")]
    groups.append({"params": rest, "lr": recipe.learning_rate, "weight_decay": recipe.weight_decay})
    return torch.optim.Adam(groups, fused=True)


@contextmanager
def _chance(seed: int, epoch: int, device: torch.device) -> Iterator[np.random.Generator]:
    """Chance of one epoch, from seed and epoch alone, so that it can be repeated without all epochs before it.

    Initial weights are epoch 0. The caller's own generators are as they were afterwards.
    """
    sequence = np.random.SeedSequence([seed, epoch])
    on_accelerator = device.type != "cpu"
    forked = [device.index or 0] if on_accelerator else []
    with torch.random.fork_rng(devices=forked, device_type=device.type if on_accelerator else "cuda"):
        # Fresh weights are the same in all processes; dropout is not.
        torch.manual_seed(int(sequence.generate_state(1)[0]) + (own_place() if epoch else 0))
        yield np.random.default_rng(sequence)


def _validation_labels(corpus: Corpus, recipe: Recipe, rows: Rows) -> dict[Modality, Float32]:
    truth = {modality: corpus.labels_of(modality, rows) for modality in Modality}
    if all(np.isnan(truth[modality]).all() for modality in Modality if recipe.task_weights[modality]):
        raise TrainingError("The validation split holds no labelled clip, so no epoch could be called the best.")
    return truth


def _validation_loss(
    predictions: Mapping[Modality, Float32], truth: Mapping[Modality, Float32], recipe: Recipe, number: int
) -> float:
    predicted, labels = (
        {modality: torch.from_numpy(values) for modality, values in side.items()} for side in (predictions, truth)
    )
    loss = float(weighted_sum(regression_terms(predicted, labels, weights=recipe.task_weights)))
    if not math.isfinite(loss):
        raise Diverged(f"The validation loss of epoch {number} is {loss}; lower the learning rates.")
    return loss
