"""How a training can end without a result, told with the batch that ended it."""

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import torch

from datasets.vocabulary import Modality
from modeling.batches import Corpus, Rows


class TrainingError(ValueError):
    """Clips that no training can learn from."""


class Diverged(TrainingError):
    """A loss that is no longer a finite number."""


class OutOfMemory(TrainingError):
    """A batch that does not fit into the device's memory."""


class Cancelled(Exception):
    """The training was told to stop."""


def check_finite(losses: Mapping[str, float]) -> None:
    """Diverged, naming the terms, when a loss is NaN or infinite."""
    culprits = [name for name, value in losses.items() if not math.isfinite(value)]
    if culprits:
        raise Diverged(f"the loss is no longer finite ({', '.join(culprits)})")


@contextmanager
def naming_batch(place: str, corpus: Corpus, rows: Rows) -> Iterator[None]:
    """Tell in which batch, and with which clips, memory ran out or the loss stopped being a number."""
    named = f"clip rows {', '.join(map(str, rows))}"
    try:
        yield
    except Diverged as error:
        raise Diverged(
            f"In {place}, {error}; lower the learning rates or look at these clips' features: {named}."
        ) from error
    except (MemoryError, RuntimeError) as error:
        if not _is_lack_of_memory(error):
            raise
        sequences = {name: each for name, each in corpus.features.items() if name is not Modality.TEXT}
        frames = ", ".join(f"{each.lengths[rows].max()} {name}" for name, each in sequences.items())
        length = f" with up to {frames} frames" if frames else ""
        raise OutOfMemory(
            f"The memory ran out in {place}, on {len(rows)} clips{length} ({named}); "
            "lower batch_size, or train on a device with more memory."
        ) from error


def _is_lack_of_memory(error: Exception) -> bool:
    # On a CPU, torch raises a plain RuntimeError with these words.
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or "allocate memory" in str(error)
