"""The words of one clip with the voice and the face of others, as a model predicts them (the paper's Fig. 6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from datasets.vocabulary import Modality
from modeling.batches import Corpus, Float32, Scaling, load_batch
from modeling.networks.unimodal import Network


@dataclass(frozen=True)
class Mixture:
    """A clip that nobody recorded: each modality is a row of the corpus."""

    text: int
    audio: int
    vision: int


def predict_mixtures(
    network: Network, corpus: Corpus, mixtures: Sequence[Mixture], *, scaling: Mapping[Modality, Scaling] | None
) -> dict[Modality, Float32]:
    """Each task's predictions (mixtures,) by a network in evaluation mode, within -1 … 1."""
    cpu = torch.device("cpu")
    words = load_batch(corpus, np.array([each.text for each in mixtures]), scaling=scaling, device=cpu)
    voices = load_batch(corpus, np.array([each.audio for each in mixtures]), scaling=scaling, device=cpu)
    faces = load_batch(corpus, np.array([each.vision for each in mixtures]), scaling=scaling, device=cpu)
    with torch.inference_mode():
        outputs = network(text=words.text, audio=voices.audio, vision=faces.vision)
    return {task: values.float().clamp(-1, 1).numpy() for task, values in outputs.predictions.items()}


def spread_evenly(labels: Sequence[float], count: int) -> list[int]:
    """Places of `count` labels that lie nearest to even steps from the lowest to the highest, each place once.

    >>> spread_evenly([0.0, -1.0, 0.1, 1.0, 0.9], 3)
    [1, 0, 3]
    """
    left = list(range(len(labels)))
    chosen = []
    for target in np.linspace(min(labels, default=0), max(labels, default=0), min(count, len(labels))):
        nearest = min(left, key=lambda place: (abs(labels[place] - target), place))
        left.remove(nearest)
        chosen.append(nearest)
    return chosen
