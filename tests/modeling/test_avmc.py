"""AV-MC against the paper's equations and the released network, written out on tiny tensors."""

import pytest
import torch

from datasets.vocabulary import Modality
from modeling.networks.avmc import PaperAVMC, ReleasedAVMC
from modeling.networks.encoders import Frames

TEXT, AUDIO, VISION, MULTIMODAL = Modality
FEATURE_SIZES = {TEXT: 6, AUDIO: 3, VISION: 4}
HIDDEN_SIZES = {TEXT: 5, AUDIO: 2, VISION: 3}
CLASSIFIER_SIZES = {TEXT: 4, AUDIO: 3, VISION: 2, MULTIMODAL: 5}
CLIPS = 6


@pytest.fixture(autouse=True)
def seeded():
    torch.manual_seed(0)


@pytest.fixture
def inputs():
    return {
        "text": torch.randn(CLIPS, 6),
        "audio": Frames(torch.randn(CLIPS, 5, 3), torch.tensor([5, 1, 3, 2, 4, 5])),
        "vision": Frames(torch.randn(CLIPS, 4, 4), torch.tensor([1, 4, 3, 2, 4, 1])),
    }


def paper():
    return PaperAVMC(feature_sizes=FEATURE_SIZES, hidden_sizes=HIDDEN_SIZES, classifier_sizes=CLASSIFIER_SIZES)


def released(*, averaged, dropout=0.0):
    return ReleasedAVMC(
        feature_sizes=FEATURE_SIZES,
        hidden_sizes=HIDDEN_SIZES,
        classifier_sizes=CLASSIFIER_SIZES,
        encoder_dropout=dropout,
        classifier_dropout=dropout,
        averaged=averaged,
    )


def linear(layer, values):
    return values @ layer.weight.T + layer.bias


def equation_8(classifier, representation):
    """FFN(FFN(FFN(BN(F)))) with the batch's own statistics, ReLU twice and tanh at the end."""
    norm, first, _, second, _, last, _ = classifier
    spread = representation.var(dim=0, unbiased=False)
    normed = (representation - representation.mean(dim=0)) / torch.sqrt(spread + norm.eps)
    hidden = linear(first, normed * norm.weight + norm.bias).clamp(min=0)
    return torch.tanh(linear(last, linear(second, hidden).clamp(min=0))).squeeze(-1)


@pytest.mark.parametrize("modality", [TEXT, AUDIO, VISION])
def test_the_paper_predicts_each_modality_by_equation_8(inputs, modality):
    network = paper()
    outputs = network(**inputs)
    expected = equation_8(network.classifiers[modality], outputs.representations[modality])
    torch.testing.assert_close(outputs.predictions[modality], expected, atol=1e-5, rtol=1e-5)


def test_the_paper_fuses_text_audio_vision_in_this_order(inputs):
    network = paper()
    outputs = network(**inputs)
    fused = torch.cat([outputs.representations[modality] for modality in (TEXT, AUDIO, VISION)], dim=1)  # equation 7
    expected = equation_8(network.classifiers[MULTIMODAL], fused)
    torch.testing.assert_close(outputs.predictions[MULTIMODAL], expected, atol=1e-5, rtol=1e-5)


def test_the_paper_encodes_text_by_one_ffn(inputs):
    network = paper()
    expected = linear(network.encoders[TEXT][0], inputs["text"]).clamp(min=0)
    torch.testing.assert_close(network(**inputs).representations[TEXT], expected)


def test_the_paper_predicts_within_the_scale_on_both_sides_of_zero(inputs):
    loud = {"text": inputs["text"] * 100, "audio": inputs["audio"], "vision": inputs["vision"]}
    predictions = torch.stack(list(paper()(**loud).predictions.values()))
    assert predictions.abs().max() <= 1
    assert predictions.min() < 0 < predictions.max()


@pytest.mark.parametrize("averaged", [False, True])
def test_the_released_classifiers_are_three_linear_layers_with_relu_between(inputs, averaged):
    network = released(averaged=averaged)
    outputs = network(**inputs)
    for modality in (TEXT, AUDIO, VISION):
        classifier = network.classifiers[modality]
        first = linear(classifier.first, outputs.representations[modality]).clamp(min=0)
        expected = linear(classifier.last, linear(classifier.second, first).clamp(min=0)).squeeze(-1)
        torch.testing.assert_close(outputs.predictions[modality], expected)


@pytest.mark.parametrize(("averaged", "bound"), [(False, 3), (True, 1)])
def test_the_released_fusion_reads_the_classifiers_inside(inputs, averaged, bound):
    network = released(averaged=averaged)
    outputs = network(**inputs)
    read = []
    for modality in (TEXT, AUDIO, VISION):
        classifier = network.classifiers[modality]
        first = linear(classifier.first, outputs.representations[modality]).clamp(min=0)
        read.append(linear(classifier.second, first).clamp(min=0) if averaged else first)
    fused = torch.cat(read, dim=1)
    for layer in network.fusion[1:]:
        fused = linear(layer, fused)
    expected = (torch.sigmoid(fused) * 2 * bound - bound).squeeze(-1)
    torch.testing.assert_close(outputs.predictions[MULTIMODAL], expected)


def test_the_released_text_encoder_is_linear(inputs):
    network = released(averaged=False)
    expected = linear(network.encoders[TEXT], inputs["text"])
    torch.testing.assert_close(network(**inputs).representations[TEXT], expected)


def test_released_sequence_representations_hold_four_states():
    audio = Frames(torch.randn(2, 5, 3), torch.tensor([5, 2]))
    vision = Frames(torch.randn(2, 5, 4), torch.tensor([5, 2]))
    outputs = released(averaged=False)(text=torch.randn(2, 6), audio=audio, vision=vision)
    assert outputs.representations[AUDIO].shape == (2, 8)
    assert outputs.representations[VISION].shape == (2, 12)


@pytest.mark.parametrize("network", [paper(), released(averaged=False), released(averaged=True)])
def test_mixed_representations_pass_the_same_classifier(inputs, network):
    network.eval()
    outputs = network(**inputs)
    for modality in (AUDIO, VISION):
        again = network.classify(modality, outputs.representations[modality])
        torch.testing.assert_close(again, outputs.predictions[modality])


@pytest.mark.parametrize("network", [paper(), released(averaged=False), released(averaged=True)])
def test_every_weight_learns_from_the_four_predictions(inputs, network):
    torch.stack(list(network(**inputs).predictions.values())).abs().sum().backward()
    assert [name for name, values in network.named_parameters() if values.grad is None] == []


def test_dropout_acts_in_training_only(inputs):
    network = released(averaged=False, dropout=0.5)
    torch.manual_seed(1)
    assert not torch.equal(network(**inputs).predictions[TEXT], network(**inputs).predictions[TEXT])
    network.eval()
    assert torch.equal(network(**inputs).predictions[TEXT], network(**inputs).predictions[TEXT])
