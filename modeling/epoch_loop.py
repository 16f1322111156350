"""One epoch of algorithm 1: which clips it walks over, and one update of the network for each batch of them."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
import torch

from datasets.vocabulary import Modality
from modeling.batches import Batch, Corpus, Rows, Scaling, clip_lengths, load_batch, read_ahead, shuffled_batches
from modeling.losses import batch_terms, weighted_sum
from modeling.networks.shares import encoding_in_bfloat16, sharing
from modeling.networks.unimodal import Network
from modeling.processes import join_gradients
from modeling.recipes import Recipe
from modeling.training_errors import Cancelled, TrainingError, check_finite, naming_batch


@dataclass(frozen=True)
class BatchProgress:
    """How far a training is after one batch."""

    epoch: int  # from 1
    batch: int  # from 1
    batches: int  # in each epoch
    loss: float  # weighted total


@dataclass(frozen=True)
class Pass:
    """One walk over clips within an epoch."""

    rows: Rows
    mixing: bool


def plan_passes(corpus: Corpus, recipe: Recipe, train_rows: Rows) -> list[Pass]:
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
        return [Pass(supervised, mixing)]
    # Without mixup nothing can be learned from a clip without labels.
    return [Pass(train_rows if mixing else supervised, mixing), Pass(supervised, mixing=False)]


@dataclass(frozen=True)
class EpochLoop:
    """Everything that stays the same within one epoch."""

    number: int
    corpus: Corpus
    recipe: Recipe
    scaling: Mapping[Modality, Scaling] | None
    device: torch.device
    chance: np.random.Generator
    should_stop: Callable[[], bool]
    on_batch: Callable[[BatchProgress], None]
    bfloat16: bool = False  # in the sequence encoders

    def run(self, network: Network, optimizer: torch.optim.Optimizer, passes: Sequence[Pass]) -> dict[str, float]:
        """Update the network once for each batch of each pass; mean losses by term."""
        network.train()
        history: defaultdict[str, list[float]] = defaultdict(list)
        lengths, batch_size = clip_lengths(self.corpus), self.recipe.batch_size
        walks = [
            (rows, walk.mixing)
            for walk in passes
            for rows in shuffled_batches(lengths, walk.rows, batch_size=batch_size, chance=self.chance)
        ]
        batches = read_ahead(self._load, [rows for rows, _ in walks])
        with sharing(self.device), encoding_in_bfloat16(self.bfloat16), closing(batches):
            for place, ((rows, mixing), batch) in enumerate(zip(walks, batches, strict=True), start=1):
                if self.should_stop():
                    raise Cancelled(f"Cancelled in epoch {self.number}, before batch {place} of {len(walks)}.")
                with naming_batch(f"epoch {self.number}, batch {place} of {len(walks)}", self.corpus, rows):
                    losses = self._step(network, optimizer, batch.result(), mixing)
                for name, value in losses.items():
                    history[name].append(value)
                self.on_batch(BatchProgress(self.number, place, len(walks), losses["total"]))
        return {name: float(np.mean(values)) for name, values in history.items()}

    def _load(self, rows: Rows) -> Batch:
        return load_batch(self.corpus, rows, scaling=self.scaling, device=self.device)

    def _step(self, network: Network, optimizer: torch.optim.Optimizer, batch: Batch, mixing: bool) -> dict[str, float]:
        """Update the network by one batch; its losses by term and their weighted total."""
        terms = batch_terms(network, batch, recipe=self.recipe, mixing=mixing, chance=self.chance)
        total = weighted_sum(terms)
        # One copy for all terms: each copy makes an accelerator wait.
        values = torch.stack([total, *(term.value for term in terms)]).tolist()
        losses = dict(zip(["total", *(term.name for term in terms)], values, strict=True))
        check_finite(losses)
        optimizer.zero_grad()
        torch.autograd.backward(total)
        join_gradients(network)
        optimizer.step()
        return losses
