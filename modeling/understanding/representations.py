"""A model's unimodal representations, and their map in a plane by t-SNE (the paper's Fig. 7)."""

from collections.abc import Mapping

import numpy as np
import torch
from sklearn.manifold import TSNE

from datasets.vocabulary import Modality
from modeling.batches import Corpus, Float32, Rows, Scaling, clip_lengths, load_batch, ordered_batches
from modeling.networks.unimodal import Network

FEWEST_CLIPS = 5
# Each point wants neighbours around it: a perplexity beyond a third of the clips has no meaning.
CLIPS_PER_NEIGHBOUR = 3


class TooFewClips(ValueError):
    """So few clips have no map worth looking at."""


def represent(
    network: Network, corpus: Corpus, rows: Rows, *, scaling: Mapping[Modality, Scaling] | None, batch_size: int
) -> dict[Modality, Float32]:
    """F_t, F_a and F_v of those clips (equation 5), each (len(rows), its own size), by a network in evaluation mode."""
    parts: dict[Modality, list[Float32]] = {}
    order = []
    with torch.inference_mode():
        for places in ordered_batches(clip_lengths(corpus)[rows], np.arange(len(rows)), batch_size=batch_size):
            batch = load_batch(corpus, rows[places], scaling=scaling, device=torch.device("cpu"))
            outputs = network(text=batch.text, audio=batch.audio, vision=batch.vision)
            order.append(places)
            for modality, values in outputs.representations.items():
                parts.setdefault(modality, []).append(values.float().numpy())
    back = np.argsort(np.concatenate(order))
    return {modality: np.concatenate(values)[back] for modality, values in parts.items()}


def map_to_plane(values: Float32, *, perplexity: float, seed: int) -> Float32:
    """Points (clips, 2) of representations (clips, size) by t-SNE, centred and within -1 … 1.

    The perplexity is lowered to a third of the clips where there are few. Raises TooFewClips below FEWEST_CLIPS.
    """
    clips = len(values)
    if clips < FEWEST_CLIPS:
        raise TooFewClips(f"A map needs at least {FEWEST_CLIPS} clips, and there are {clips}.")
    if not np.ptp(values, axis=0).any():  # every clip is represented alike
        return np.zeros((clips, 2), np.float32)
    fitted = TSNE(perplexity=min(perplexity, (clips - 1) / CLIPS_PER_NEIGHBOUR), init="random", random_state=seed)
    points = fitted.fit_transform(values)
    centred = points - (points.max(axis=0) + points.min(axis=0)) / 2
    scaled: Float32 = (centred / np.abs(centred).max()).astype(np.float32)
    return scaled


def sample_rows(rows: Rows, *, most: int, seed: int) -> Rows:
    """At most so many of the rows, drawn by the seed, in their order."""
    if len(rows) <= most:
        return rows
    return np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))
