"""A whole update against equations 1 to 14, written out clip by clip and frame by frame: value and gradients.

Nothing here calls the networks, losses or mixup of ours: the formulas read the weights alone.
"""

import math

import numpy as np
import pytest
import torch

from datasets.vocabulary import Modality
from modeling.batches import Batch
from modeling.losses import batch_terms, weighted_sum
from modeling.networks.encoders import Frames
from modeling.networks.shares import sharing
from modeling.prediction import build_network
from modeling.recipes import recipe

TEXT, AUDIO, VISION, MULTIMODAL = Modality
SIZES = {TEXT: 4, AUDIO: 3, VISION: 2}
SMALL = {
    "hidden_sizes": {TEXT: 3, AUDIO: 2, VISION: 2},
    "classifier_sizes": {TEXT: 3, AUDIO: 4, VISION: 2, MULTIMODAL: 3},
    "encoder_dropout": 0,
    "classifier_dropout": 0,
}
CLIPS = 17  # two threads may share them


def sigma(layer, values, activation=lambda x: x.clamp(min=0)):
    """FFN(x) = sigma(W x + b), equation 6."""
    return activation(values @ layer.weight.T + layer.bias)


def plain(layer, values):
    return sigma(layer, values, lambda x: x)


def lstm(layer, frames):
    """Hidden states (time, hidden) of one clip (time, dim), gate by gate."""
    hidden = cell = torch.zeros(layer.hidden_size)
    states = []
    for frame in frames:
        gates = layer.weight_ih_l0 @ frame + layer.bias_ih_l0 + layer.weight_hh_l0 @ hidden + layer.bias_hh_l0
        inlet, forget, new, outlet = gates.chunk(4)
        cell = forget.sigmoid() * cell + inlet.sigmoid() * new.tanh()
        hidden = outlet.sigmoid() * cell.tanh()
        states.append(hidden)
    return torch.stack(states)


def both_ways(layer, frames):
    """Outputs (time, 2 * hidden) and final states (2 * hidden) of one clip."""
    ahead, back = lstm(layer.forwards, frames), lstm(layer.backwards, frames.flip(0))
    return torch.cat([ahead, back.flip(0)], dim=1), torch.cat([ahead[-1], back[-1]])


def paper_sequence(encoder, frames):
    """Stacked bidirectional LSTMs, then one FFN."""
    outputs, _ = both_ways(encoder.first, frames)
    return sigma(encoder.feed_forward, both_ways(encoder.second, outputs)[1])


def released_sequence(encoder, frames):
    """Linear, LSTM, layer norm, LSTM; all four final states."""
    outputs, first = both_ways(encoder.first, plain(encoder.projection[0], frames))
    centred = outputs - outputs.mean(dim=1, keepdim=True)
    normed = centred / torch.sqrt((centred**2).mean(dim=1, keepdim=True) + encoder.norm.eps)
    _, second = both_ways(encoder.second, normed * encoder.norm.weight + encoder.norm.bias)
    return torch.cat([first, second])


def representations(network, batch, name):
    """F_k = S_k(I_k), equation 5, each clip by itself and without padding."""
    sequence = paper_sequence if name == "paper" else released_sequence
    text = network.encoders[TEXT]
    found = {TEXT: sigma(text[0], batch.text) if name == "paper" else plain(text, batch.text)}
    for modality in (AUDIO, VISION):
        values, lengths = getattr(batch, modality)
        clips = [sequence(network.encoders[modality], clip[:n]) for clip, n in zip(values, lengths, strict=True)]
        found[modality] = torch.stack(clips)
    return found


def paper_classifier(classifier, values):
    """FFN(FFN(FFN(BN(F)))), equation 8, with the statistics of the batch."""
    norm, first, _, second, _, last, _ = classifier
    mean = values.sum(dim=0) / len(values)
    variance = ((values - mean) ** 2).sum(dim=0) / len(values)
    normed = (values - mean) / torch.sqrt(variance + norm.eps) * norm.weight + norm.bias
    return sigma(last, sigma(second, sigma(first, normed)), torch.tanh)[:, 0]


def released_classifier(classifier, values):
    return plain(classifier.last, sigma(classifier.second, sigma(classifier.first, values)))[:, 0]


def multimodal(network, found, name):
    if name == "paper":
        fused = torch.cat([found[TEXT], found[AUDIO], found[VISION]], dim=1)  # equation 7
        return paper_classifier(network.classifiers[MULTIMODAL], fused)
    fused = torch.cat([sigma(network.classifiers[m].first, found[m]) for m in (TEXT, AUDIO, VISION)], dim=1)
    for layer in list(network.fusion)[1:]:
        fused = plain(layer, fused)
    return (6 / (1 + torch.exp(-fused)) - 3)[:, 0]


def loss_by_hand(network, batch, settings, name, chance):
    """Equations 5 to 14 for one batch of algorithm 1's first pass."""
    classify = paper_classifier if name == "paper" else released_classifier
    found = representations(network, batch, name)
    predicted = {m: classify(network.classifiers[m], found[m]) for m in (TEXT, AUDIO, VISION)}
    predicted[MULTIMODAL] = multimodal(network, found, name)
    regression = torch.tensor(0.0)
    for modality in Modality:
        known = [clip for clip in range(CLIPS) if not math.isnan(batch.labels[modality][clip])]  # N_s of them
        distance = sum((predicted[modality][clip] - batch.labels[modality][clip]).abs() for clip in known) / len(known)
        regression = regression + settings.task_weights[modality] * distance  # equations 9 and 10
    consistency = torch.tensor(0.0)
    for modality in (AUDIO, VISION):
        partner = chance.permutation(CLIPS)  # equation 1
        share = float(chance.beta(1.0, 1.0))
        features = [share * found[modality][i] + (1 - share) * found[modality][partner[i]] for i in range(CLIPS)]  # 2
        target = [share * predicted[modality][i] + (1 - share) * predicted[modality][partner[i]] for i in range(CLIPS)]
        again = classify(network.classifiers[modality], torch.stack(features))  # equations 4, 11 and 12
        mean = sum((again[i] - target[i]).abs() for i in range(CLIPS)) / CLIPS  # equations 3 and 13
        consistency = consistency + settings.mixup_weights[modality] * mean  # equation 14
    return regression + consistency


@pytest.fixture
def batch():
    torch.manual_seed(0)
    labels = {modality: torch.rand(CLIPS) * 2 - 1 for modality in Modality}
    labels[TEXT][::3] = math.nan
    labels[MULTIMODAL][:4] = math.nan
    return Batch(
        rows=np.arange(CLIPS),
        text=torch.randn(CLIPS, 4),
        audio=Frames(torch.randn(CLIPS, 6, 3), torch.arange(CLIPS) % 6 + 1),
        vision=Frames(torch.randn(CLIPS, 4, 2), torch.arange(CLIPS) % 4 + 1),
        labels=labels,
    )


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("name", ["paper", "released"])
def test_the_loss_of_a_batch_and_all_its_gradients_follow_equations_1_to_14(batch, name, threads):
    settings = recipe(name, semi=True, **SMALL)
    torch.manual_seed(2)
    network = build_network(settings, SIZES)
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    with sharing(torch.device("cpu")):
        terms = batch_terms(network, batch, recipe=settings, mixing=True, chance=np.random.default_rng(4))
        loss = weighted_sum(terms)
        loss.backward()
    torch.set_num_threads(before)
    found = {key: weight.grad.clone() for key, weight in network.named_parameters()}
    network.zero_grad()
    expected = loss_by_hand(network, batch, settings, name, np.random.default_rng(4))
    expected.backward()
    torch.testing.assert_close(loss, expected, atol=1e-5, rtol=1e-5)
    for key, weight in network.named_parameters():
        torch.testing.assert_close(
            found[key], weight.grad, atol=1e-5, rtol=1e-5, msg=lambda told, k=key: f"{k}: {told}"
        )
