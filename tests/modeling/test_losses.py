"""Losses against equations 9 to 14, written out by hand."""

import math

import numpy as np
import pytest
import torch

from datasets.vocabulary import Modality
from modeling.batches import Batch
from modeling.losses import Term, batch_terms, consistency_loss, input_mixup_loss, regression_terms, weighted_sum
from modeling.mixup import Mixup
from modeling.networks.encoders import Frames
from modeling.prediction import build_network
from modeling.recipes import recipe

TEXT, AUDIO, VISION, MULTIMODAL = Modality
SIZES = {TEXT: 4, AUDIO: 3, VISION: 2}
EQUAL = dict.fromkeys(Modality, 1.0)


def batch_of(clips, *, labels=None):
    torch.manual_seed(0)
    given = {modality: torch.rand(clips) * 2 - 1 for modality in Modality} | (labels or {})
    return Batch(
        rows=np.arange(clips),
        text=torch.randn(clips, 4),
        audio=Frames(torch.randn(clips, 3, 3), torch.arange(clips) % 3 + 1),
        vision=Frames(torch.randn(clips, 2, 2), torch.arange(clips) % 2 + 1),
        labels=given,
    )


def names(terms):
    return [term.name for term in terms]


def test_regression_is_the_mean_distance_over_labelled_clips():
    predictions = {AUDIO: torch.tensor([0.5, -0.5, 0.9])}
    terms = regression_terms(predictions, {AUDIO: torch.tensor([0.2, math.nan, 1.0])}, weights={AUDIO: 0.8})
    assert names(terms) == ["regression_audio"]
    assert terms[0].weight == 0.8
    assert terms[0].value.item() == pytest.approx((0.3 + 0.1) / 2)


def test_a_modality_without_any_label_has_no_regression():
    assert regression_terms({TEXT: torch.zeros(2)}, {TEXT: torch.full((2,), math.nan)}, weights=EQUAL) == []


def test_missing_labels_send_no_gradient():
    predicted = torch.tensor([0.5, -0.5], requires_grad=True)
    terms = regression_terms({TEXT: predicted}, {TEXT: torch.tensor([math.nan, 0.0])}, weights=EQUAL)
    weighted_sum(terms).backward()
    assert predicted.grad.tolist() == [0.0, -1.0]


def test_terms_are_summed_by_their_weights():
    terms = [Term("one", 0.8, torch.tensor(0.5)), Term("other", 0.2, torch.tensor(2.0))]
    assert weighted_sum(terms).item() == pytest.approx(0.8)


def test_mixing_a_clip_with_itself_is_perfectly_consistent():
    network = build_network(recipe("paper", semi=True), SIZES).eval()
    batch = batch_of(3)
    outputs = network(text=batch.text, audio=batch.audio, vision=batch.vision)
    mixup = Mixup(share=0.3, partners=torch.arange(3))
    assert consistency_loss(network, outputs, VISION, mixup).item() == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("name", ["paper", "released"])
def test_a_batch_without_labels_still_has_both_consistency_terms(name):
    unlabelled = {modality: torch.full((4,), math.nan) for modality in Modality}
    settings = recipe(name, semi=True)
    terms = batch_terms(
        build_network(settings, SIZES),
        batch_of(4, labels=unlabelled),
        recipe=settings,
        mixing=True,
        chance=np.random.default_rng(0),
    )
    assert names(terms) == ["mixup_audio", "mixup_vision"]
    assert [term.weight for term in terms] == [0.2, 0.8]


def test_a_weight_of_zero_leaves_that_mixup_out():
    settings = recipe("paper", semi=False, mixup_weights={"audio": 0})
    terms = batch_terms(
        build_network(settings, SIZES), batch_of(4), recipe=settings, mixing=True, chance=np.random.default_rng(0)
    )
    assert "mixup_vision" in names(terms)
    assert "mixup_audio" not in names(terms)


def test_the_second_pass_has_regression_alone():
    settings = recipe("paper", semi=True)
    terms = batch_terms(
        build_network(settings, SIZES), batch_of(4), recipe=settings, mixing=False, chance=np.random.default_rng(0)
    )
    assert names(terms) == [f"regression_{modality}" for modality in (TEXT, AUDIO, VISION, MULTIMODAL)]


def test_mixed_inputs_are_held_to_both_labels_by_their_shares():
    network = build_network(recipe("released", semi=False), SIZES).eval()
    batch = batch_of(3)
    mixup = Mixup(share=0.75, partners=torch.tensor([1, 2, 0]))
    averages = torch.stack([values[:n].mean(dim=0) for values, n in zip(*batch.audio, strict=True)])
    mixed = 0.75 * averages + 0.25 * averages[[1, 2, 0]]
    audio = Frames(mixed.unsqueeze(1), torch.ones(3, dtype=torch.int64))
    predictions = network(text=batch.text, audio=audio, vision=batch.vision).predictions
    expected = sum((predictions[name] - batch.labels[name]).abs().mean() for name in (TEXT, VISION))
    for name in (AUDIO, MULTIMODAL):
        expected += 0.75 * (predictions[name] - batch.labels[name]).abs().mean()
        expected += 0.25 * (predictions[name] - batch.labels[name][[1, 2, 0]]).abs().mean()
    torch.testing.assert_close(input_mixup_loss(network, batch, AUDIO, mixup, weights=EQUAL), expected)


@pytest.mark.parametrize("name", ["paper", "released"])
def test_a_whole_step_follows_equations_9_to_14(name):
    settings = recipe(name, semi=True, encoder_dropout=0, classifier_dropout=0)
    network = build_network(settings, SIZES)
    batch = batch_of(5, labels={TEXT: torch.tensor([0.2, math.nan, -0.4, math.nan, 1.0])})
    terms = batch_terms(network, batch, recipe=settings, mixing=True, chance=np.random.default_rng(4))

    chance = np.random.default_rng(4)
    outputs = network(text=batch.text, audio=batch.audio, vision=batch.vision)
    loss = torch.tensor(0.0)
    for name in Modality:
        labelled = [index for index in range(5) if not math.isnan(batch.labels[name][index])]
        distances = [(outputs.predictions[name][i] - batch.labels[name][i]).abs() for i in labelled]
        loss += settings.task_weights[name] * sum(distances) / len(labelled)  # equations 9 and 10
    for name in (AUDIO, VISION):
        partners = torch.from_numpy(chance.permutation(5))  # equation 1
        share = chance.beta(1.0, 1.0)
        features, predicted = outputs.representations[name], outputs.predictions[name]
        mixed = share * features + (1 - share) * features[partners]  # equations 2 and 11
        target = share * predicted + (1 - share) * predicted[partners]  # equations 3 and 11
        again = network.classify(name, mixed)  # equation 12
        loss += settings.mixup_weights[name] * (again - target).abs().sum() / 5  # equations 13 and 14
    torch.testing.assert_close(weighted_sum(terms), loss)
