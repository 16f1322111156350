"""Representations of clips, and their maps."""

import numpy as np
import pytest
import torch

from datasets.vocabulary import Modality
from modeling.batches import Corpus, Ragged, load_batch
from modeling.prediction import build_network
from modeling.recipes import recipe
from modeling.understanding.representations import TooFewClips, map_to_plane, represent, sample_rows

SIZES = {Modality.TEXT: 3, Modality.AUDIO: 2, Modality.VISION: 2}


def corpus_of(clips: int) -> Corpus:
    chance = np.random.default_rng(1)
    lengths = chance.integers(1, 6, clips)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    features = {
        modality: Ragged(chance.normal(size=(offsets[-1], size)).astype(np.float32), offsets)
        for modality, size in SIZES.items()
    }
    labels = dict.fromkeys(Modality, np.zeros(clips, np.float32))
    return Corpus(features, labels, np.ones(clips, np.bool_))


@pytest.mark.parametrize("name", ["paper", "released"])
def test_representations_are_what_the_network_gives_each_clip_in_the_asked_order(name: str) -> None:
    corpus, rows = corpus_of(7), np.array([5, 0, 6, 2])
    network = build_network(recipe(name, semi=True), SIZES).eval()
    found = represent(network, corpus, rows, scaling=None, batch_size=3)
    assert set(found) == set(SIZES)
    for place, row in enumerate(rows):
        alone = load_batch(corpus, np.array([row]), scaling=None, device=torch.device("cpu"))
        with torch.no_grad():
            expected = network(text=alone.text, audio=alone.audio, vision=alone.vision).representations
        for modality, values in expected.items():
            np.testing.assert_allclose(found[modality][place], values[0].numpy(), atol=1e-6)


def test_clips_that_are_alike_stand_together_on_the_map() -> None:
    chance = np.random.default_rng(3)
    groups = np.repeat([[0.0] * 8, [9.0] * 8], 20, axis=0) + chance.normal(scale=0.1, size=(40, 8))
    plane = map_to_plane(groups.astype(np.float32), perplexity=30, seed=1)
    assert plane.shape == (40, 2)
    assert np.abs(plane).max() == pytest.approx(1)
    centres = plane[:20].mean(axis=0), plane[20:].mean(axis=0)
    within = max(
        np.linalg.norm(plane[:20] - centres[0], axis=1).max(), np.linalg.norm(plane[20:] - centres[1], axis=1).max()
    )
    assert np.linalg.norm(centres[0] - centres[1]) > 2 * within


def test_the_same_seed_gives_the_same_map() -> None:
    values = np.random.default_rng(3).normal(size=(12, 4)).astype(np.float32)
    np.testing.assert_array_equal(
        map_to_plane(values, perplexity=5, seed=1), map_to_plane(values, perplexity=5, seed=1)
    )


def test_four_clips_are_too_few_for_a_map() -> None:
    with pytest.raises(TooFewClips, match="at least 5 clips, and there are 4"):
        map_to_plane(np.eye(4, dtype=np.float32), perplexity=30, seed=1)


def test_clips_that_are_all_the_same_stand_on_one_point() -> None:
    np.testing.assert_array_equal(map_to_plane(np.ones((6, 3), np.float32), perplexity=30, seed=1), 0)


def test_a_sample_keeps_the_order_and_follows_the_seed() -> None:
    rows = np.arange(100) * 2
    drawn = sample_rows(rows, most=10, seed=5)
    assert len(set(drawn)) == 10
    assert np.all(np.diff(drawn) > 0)
    np.testing.assert_array_equal(drawn, sample_rows(rows, most=10, seed=5))
    np.testing.assert_array_equal(sample_rows(rows, most=100, seed=5), rows)
