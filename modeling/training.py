"""The training loop: algorithm 1 with early stopping, as one generator of epoch results."""

import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from datasets.vocabulary import Modality
from modeling.batches import (
    Corpus,
    Float32,
    Rows,
    Scaling,
    clip_lengths,
    fit_scaling,
    load_batch,
    shuffled_batches,
)
from modeling.losses import Term, batch_terms, regression_terms, weighted_sum
from modeling.metrics import Metrics, evaluate_modalities
from modeling.networks.avmc import AVMC
from modeling.prediction import TrainedModel, build_network, predict_with
from modeling.recipes import UNIMODAL, Recipe

# A validation loss counts as better only beyond rounding noise; the released code uses the same margin.
LEAST_IMPROVEMENT = 1e-6


class TrainingError(ValueError):
    """Clips that no training can learn from."""


class Diverged(TrainingError):
    """A loss that is no longer a finite number."""


class Cancelled(Exception):
    """The training was told to stop."""


@dataclass(frozen=True)
class EpochResult:
    """What one epoch brought."""

    number: int  # from 1
    losses: Mapping[str, float]  # by term, unweighted, plus their weighted `total`; means over the epoch's batches
    valid_loss: float  # equation 10 on the validation clips
    metrics: Mapping[Modality, Metrics]  # on the validation clips, against each modality's own labels
    seconds: float
    is_best: bool
    best: TrainedModel | None  # the model as it is now, when it is the best so far


def train(
    corpus: Corpus,
    *,
    recipe: Recipe,
    train_rows: Rows,
    valid_rows: Rows,
    seed: int,
    device: str = "cpu",
    should_stop: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[EpochResult]:
    """Train until validation stops improving or the recipe's epochs are over; Cancelled when should_stop says so.

    Test clips are never passed in. The same arguments give the same numbers bit for bit on the same CPU and threads.
    should_stop is asked before every batch, several times a second, so it should answer at once.
    """
    place = torch.device(device)
    passes = _plan_passes(corpus, recipe, train_rows)
    truth = _validation_labels(corpus, recipe, valid_rows)
    scaling = fit_scaling(corpus, passes[0].rows) if recipe.standardize else None
    with _chance(seed, 0, place):
        network = build_network(recipe, corpus.feature_sizes).to(place)
    optimizer = build_optimizer(network, recipe)
    best_loss, best_number = math.inf, 0
    for number in range(1, recipe.epochs + 1):
        started = clock()
        with _chance(seed, number, place) as chance:
            epoch = _Epoch(number, corpus, recipe, scaling, place, chance, should_stop)
            losses = epoch.run(network, optimizer, passes)
        predictions = predict_with(
            network, corpus, valid_rows, scaling=scaling, batch_size=recipe.batch_size, device=place
        )
        valid_loss = _validation_loss(predictions, truth, recipe)
        if not math.isfinite(valid_loss):
            raise Diverged(f"The validation loss of epoch {number} is {valid_loss}; lower the learning rates.")
        is_best = valid_loss < best_loss - LEAST_IMPROVEMENT
        if is_best:
            best_loss, best_number = valid_loss, number
        yield EpochResult(
            number=number,
            losses=losses,
            valid_loss=valid_loss,
            metrics=evaluate_modalities(predictions, truth),
            seconds=clock() - started,
            is_best=is_best,
            best=_snapshot(network, recipe, corpus, scaling) if is_best else None,
        )
        if number - best_number >= recipe.patience:
            return


def build_optimizer(network: AVMC, recipe: Recipe) -> torch.optim.Adam:
    """Adam with each encoder's own learning rate and weight decay, and one of each for all the rest."""
    groups = [
        {
            "params": list(network.encoders[modality].parameters()),
            "lr": recipe.encoder_learning_rates[modality],
            "weight_decay": recipe.encoder_weight_decays[modality],
        }
        for modality in UNIMODAL
    ]
    rest = [values for name, values in network.named_parameters() if not name.startswith("encoders.")]
    groups.append({"params": rest, "lr": recipe.learning_rate, "weight_decay": recipe.weight_decay})
    return torch.optim.Adam(groups, fused=True)


@dataclass(frozen=True)
class _Pass:
    """One walk over clips within an epoch."""

    rows: Rows
    mixing: bool


def _plan_passes(corpus: Corpus, recipe: Recipe, train_rows: Rows) -> list[_Pass]:
    """Algorithm 1: all clips with regression and mixup, then the supervised ones with regression alone.

    The second pass is the semi-supervised strategy's; a supervised training walks once over its clips.
    """
    weighted = [modality for modality in Modality if recipe.task_weights[modality]]
    has_label = np.any([~np.isnan(corpus.labels_of(modality, train_rows)) for modality in weighted], axis=0)
    supervised = train_rows[has_label]
    if len(supervised) < 2:
        raise TrainingError(
            f"Training needs at least two labelled clips in the training split; there is {len(supervised)}."
        )
    mixing = any(recipe.mixup_weights.values())
    if not recipe.semi:
        return [_Pass(supervised, mixing)]
    # Without mixup nothing can be learned from a clip without labels.
    return [_Pass(train_rows if mixing else supervised, mixing), _Pass(supervised, mixing=False)]


@dataclass(frozen=True)
class _Epoch:
    """Everything that stays the same within one epoch."""

    number: int
    corpus: Corpus
    recipe: Recipe
    scaling: Mapping[Modality, Scaling] | None
    device: torch.device
    chance: np.random.Generator
    should_stop: Callable[[], bool]

    def run(self, network: AVMC, optimizer: torch.optim.Optimizer, passes: Sequence[_Pass]) -> dict[str, float]:
        """Update the network once for each batch of each pass; mean losses by term."""
        network.train()
        history: defaultdict[str, list[float]] = defaultdict(list)
        lengths, batch_size = clip_lengths(self.corpus), self.recipe.batch_size
        walks = [
            (rows, walk.mixing)
            for walk in passes
            for rows in shuffled_batches(lengths, walk.rows, batch_size=batch_size, chance=self.chance)
        ]
        for place, (rows, mixing) in enumerate(walks, start=1):
            if self.should_stop():
                raise Cancelled(f"Cancelled in epoch {self.number}, before batch {place} of {len(walks)}.")
            batch = load_batch(self.corpus, rows, scaling=self.scaling, device=self.device)
            terms = batch_terms(network, batch, recipe=self.recipe, mixing=mixing, chance=self.chance)
            total = weighted_sum(terms)
            self._check(total, terms, place, rows)
            optimizer.zero_grad()
            torch.autograd.backward(total)
            optimizer.step()
            for name, _, value in [*terms, Term("total", 1.0, total)]:
                history[name].append(value.item())
        return {name: float(np.mean(values)) for name, values in history.items()}

    def _check(self, total: Tensor, terms: Sequence[Term], batch: int, rows: Rows) -> None:
        if not torch.isfinite(total):
            culprits = ", ".join(term.name for term in terms if not torch.isfinite(term.value)) or "the sum"
            raise Diverged(
                f"The loss is no longer finite in epoch {self.number}, batch {batch} ({culprits}; "
                f"clip rows {', '.join(map(str, rows))}); lower the learning rates or look at these clips' features."
            )


@contextmanager
def _chance(seed: int, epoch: int, device: torch.device) -> Iterator[np.random.Generator]:
    """Chance of one epoch, from seed and epoch alone, so that it can be repeated without all epochs before it.

    Initial weights are epoch 0. The caller's own generators are as they were afterwards.
    """
    sequence = np.random.SeedSequence([seed, epoch])
    with torch.random.fork_rng(devices=[device] if device.type == "cuda" else []):
        torch.manual_seed(int(sequence.generate_state(1)[0]))
        yield np.random.default_rng(sequence)


def _validation_labels(corpus: Corpus, recipe: Recipe, rows: Rows) -> dict[Modality, Float32]:
    truth = {modality: corpus.labels_of(modality, rows) for modality in Modality}
    if all(np.isnan(truth[modality]).all() for modality in Modality if recipe.task_weights[modality]):
        raise TrainingError("The validation split holds no labelled clip, so no epoch could be called the best.")
    return truth


def _validation_loss(
    predictions: Mapping[Modality, Float32], truth: Mapping[Modality, Float32], recipe: Recipe
) -> float:
    predicted, labels = (
        {modality: torch.from_numpy(values) for modality, values in side.items()} for side in (predictions, truth)
    )
    return float(weighted_sum(regression_terms(predicted, labels, weights=recipe.task_weights)))


def _snapshot(
    network: AVMC, recipe: Recipe, corpus: Corpus, scaling: Mapping[Modality, Scaling] | None
) -> TrainedModel:
    weights = {name: values.detach().cpu().clone() for name, values in network.state_dict().items()}
    return TrainedModel(recipe, corpus.feature_sizes, scaling, weights)
