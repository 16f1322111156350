"""Words of one clip with the voice and face of others."""

import numpy as np
import torch

from datasets.vocabulary import Modality
from modeling.batches import load_batch
from modeling.prediction import build_network
from modeling.recipes import recipe
from modeling.understanding.swapping import Mixture, predict_mixtures, spread_evenly
from tests.modeling.understanding.test_representations import SIZES, corpus_of


def test_a_mixture_takes_each_modality_from_its_own_clip() -> None:
    corpus = corpus_of(6)
    network = build_network(recipe("released", semi=True), SIZES).eval()
    mixtures = [Mixture(text=0, audio=0, vision=0), Mixture(text=1, audio=4, vision=3)]
    found = predict_mixtures(network, corpus, mixtures, scaling=None)
    cpu = torch.device("cpu")
    for place, each in enumerate(mixtures):
        words, voice, face = (
            load_batch(corpus, np.array([row]), scaling=None, device=cpu)
            for row in (each.text, each.audio, each.vision)
        )
        with torch.no_grad():
            expected = network(text=words.text, audio=voice.audio, vision=face.vision).predictions
        for task in Modality:
            np.testing.assert_allclose(found[task][place], expected[task][0].clamp(-1, 1), atol=1e-6)


def test_a_unimodal_prediction_follows_its_own_modality_alone() -> None:
    torch.manual_seed(1)  # now and then an untrained network is deaf: every ReLU of its voice gives 0
    network = build_network(recipe("paper", semi=True), SIZES).eval()
    mixtures = [Mixture(0, 1, 2), Mixture(0, 3, 2)]
    found = predict_mixtures(network, corpus_of(6), mixtures, scaling=None)
    np.testing.assert_allclose(found[Modality.TEXT][0], found[Modality.TEXT][1], atol=1e-6)
    np.testing.assert_allclose(found[Modality.VISION][0], found[Modality.VISION][1], atol=1e-6)
    assert found[Modality.AUDIO][0] != found[Modality.AUDIO][1]


def test_donors_are_spread_from_the_lowest_to_the_highest_label() -> None:
    labels = [0.2, -1.0, 0.0, 1.0, 0.8, -0.6]
    assert [labels[place] for place in spread_evenly(labels, 3)] == [-1.0, 0.0, 1.0]


def test_there_are_never_more_donors_than_labels() -> None:
    assert sorted(spread_evenly([0.5, 0.5], 6)) == [0, 1]
    assert spread_evenly([], 6) == []
