"""Batches: ragged clips in, padded tensors out, nothing lost and nothing leaked."""

import math

import numpy as np
import pytest
import torch

from datasets.vocabulary import Modality
from modeling.batches import (
    BadFeatures,
    Corpus,
    Ragged,
    clip_lengths,
    fit_scaling,
    load_batch,
    ordered_batches,
    shuffled_batches,
)

TEXT, AUDIO, VISION, MULTIMODAL = Modality
CPU = torch.device("cpu")


def ragged(*clips):
    """Features of one column, one list a clip."""
    values = np.array([value for clip in clips for value in clip], np.float32).reshape(-1, 1)
    return Ragged(values, np.cumsum([0, *map(len, clips)]))


def corpus(*, audio=((1, 2, 3), (), (4,)), text=((7,), (8,), (9,)), labels=(0.2, math.nan, -1.0), supervised=None):
    clips = len(audio)
    return Corpus(
        features={TEXT: ragged(*text), AUDIO: ragged(*audio), VISION: ragged(*[(index,) for index in range(clips)])},
        labels={modality: np.array(labels, np.float32) for modality in Modality},
        supervised=np.ones(clips, bool) if supervised is None else np.array(supervised),
    )


def test_clips_are_padded_with_zeros_to_the_longest_of_the_batch():
    batch = load_batch(corpus(), np.array([2, 0]), scaling=None, device=CPU)
    assert batch.audio.values.squeeze(-1).tolist() == [[4, 0, 0], [1, 2, 3]]
    assert batch.audio.lengths.tolist() == [1, 3]


def test_a_clip_without_frames_becomes_one_zero_frame():
    batch = load_batch(corpus(), np.array([1, 2]), scaling=None, device=CPU)
    assert batch.audio.values.squeeze(-1).tolist() == [[0], [4]]
    assert batch.audio.lengths.tolist() == [1, 1]


def test_of_a_text_sequence_only_the_first_step_is_read():
    texts = ((5, 6, math.inf), (), (9,))
    batch = load_batch(corpus(text=texts), np.array([0, 1, 2]), scaling=None, device=CPU)
    assert batch.text.squeeze(-1).tolist() == [5, 0, 9]


def test_one_vector_a_clip_is_ragged_too():
    features = Ragged.of_vectors(np.array([[1, 2], [3, 4]], np.float32))
    assert features.lengths.tolist() == [1, 1]
    assert features.clip(1).tolist() == [[3, 4]]


def test_labels_follow_their_clips_and_missing_ones_stay_missing():
    batch = load_batch(corpus(), np.array([2, 1]), scaling=None, device=CPU)
    assert batch.labels[VISION][0] == -1.0
    assert batch.labels[VISION][1].isnan()


def test_labels_of_unsupervised_clips_are_hidden():
    hidden = corpus(supervised=[True, True, False])
    batch = load_batch(hidden, np.array([0, 2]), scaling=None, device=CPU)
    assert batch.labels[TEXT].isnan().tolist() == [False, True]


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_features_that_are_not_finite_are_refused_with_their_clip(value):
    spoiled = corpus(audio=((1, 2), (3,), (4, value)))
    with pytest.raises(BadFeatures, match="clip row 2"):
        load_batch(spoiled, np.array([0, 2]), scaling=None, device=CPU)


@pytest.mark.parametrize("offsets", [[0, 2], [1, 3], [0, 2, 1, 3], []])
def test_offsets_that_do_not_fit_are_refused(offsets):
    with pytest.raises(BadFeatures, match="Offsets"):
        Ragged(np.zeros((3, 1), np.float32), np.array(offsets, np.int64))


def test_features_and_labels_of_different_clips_are_refused():
    with pytest.raises(BadFeatures, match="text features for 2"):
        corpus(text=((1,), (2,)))


def test_scaling_is_fitted_on_the_given_clips_alone():
    plain = corpus(audio=((1, 3), (5,), (1000,)))
    scaling = fit_scaling(plain, np.array([0, 1]))[AUDIO]
    assert scaling.mean.tolist() == [3]
    assert scaling.deviation.tolist() == pytest.approx([math.sqrt(8 / 3)])
    batch = load_batch(plain, np.array([1, 0]), scaling=fit_scaling(plain, np.array([0, 1])), device=CPU)
    frame, padding = batch.audio.values[0].squeeze(-1).tolist()
    assert frame == pytest.approx(2 / math.sqrt(8 / 3))
    assert padding == 0  # padding is not scaled


def test_a_constant_column_is_not_blown_up():
    constant = np.float32(0.1)
    scaling = fit_scaling(corpus(audio=((constant,) * 3, (constant,), (constant,) * 7)), np.arange(3))[AUDIO]
    assert scaling.deviation.tolist() == [1]
    assert scaling.apply(np.full((1, 1), constant))[0, 0] == pytest.approx(0, abs=1e-6)


def test_text_is_scaled_by_first_steps_alone():
    scaling = fit_scaling(corpus(text=((1, 500), (3,), (5, 900, 900))), np.arange(3))[TEXT]
    assert scaling.mean.tolist() == [3]


def test_every_row_is_in_exactly_one_shuffled_batch():
    lengths = np.random.default_rng(0).integers(0, 90, 401)
    rows = np.arange(7, 308)
    batches = shuffled_batches(lengths, rows, batch_size=8, chance=np.random.default_rng(0))
    assert sorted(np.concatenate(batches)) == rows.tolist()
    assert max(map(len, batches)) == 8


@pytest.mark.parametrize("clips", [2, 3, 9, 17, 129, 257])
def test_no_batch_holds_a_single_clip(clips):
    batches = shuffled_batches(np.ones(clips, int), np.arange(clips), batch_size=8, chance=np.random.default_rng(0))
    assert min(map(len, batches)) >= 2
    assert sorted(np.concatenate(batches)) == list(range(clips))


def test_clips_of_a_batch_are_of_like_length():
    lengths = np.random.default_rng(0).integers(1, 900, 2000)
    batches = shuffled_batches(lengths, np.arange(2000), batch_size=50, chance=np.random.default_rng(0))
    padded = sum(lengths[batch].max() * len(batch) for batch in batches)
    assert padded < 1.1 * lengths.sum()  # without sorting it is twice the sum


def test_batches_differ_between_epochs_and_repeat_by_seed():
    lengths, rows = np.random.default_rng(0).integers(1, 50, 100), np.arange(100)

    def draw(seed):
        return [batch.tolist() for batch in shuffled_batches(lengths, rows, batch_size=8, chance=seed)]

    chance = np.random.default_rng(1)
    first, second = draw(chance), draw(chance)
    assert first != second
    assert sorted(map(sorted, first)) != sorted(map(sorted, second))  # other members, not only another order
    assert draw(np.random.default_rng(1)) == first


def test_ordered_batches_walk_from_short_to_long():
    batches = list(ordered_batches(np.array([3, 1, 2, 9]), np.array([0, 1, 3]), batch_size=2))
    assert [batch.tolist() for batch in batches] == [[1, 0], [3]]


def test_length_counts_audio_and_vision():
    assert clip_lengths(corpus()).tolist() == [4, 1, 2]
