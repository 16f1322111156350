"""Trained models: prediction in any order, and files that carry all that is needed and no code."""

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from datasets.vocabulary import Modality
from modeling.batches import BadFeatures, Corpus, Ragged, Scaling, fit_scaling
from modeling.prediction import BadWeights, TrainedModel, build_network, load_weights, predict, save_weights
from modeling.recipes import recipe

TEXT, AUDIO, VISION, MULTIMODAL = Modality
SIZES = {TEXT: 4, AUDIO: 3, VISION: 2}
CLIPS = 9


def sequences(dim, chance):
    lengths = chance.integers(0, 6, CLIPS)
    values = chance.normal(loc=5, scale=3, size=(lengths.sum(), dim)).astype(np.float32)
    return Ragged(values, np.concatenate([[0], np.cumsum(lengths)]))


@pytest.fixture
def corpus():
    chance = np.random.default_rng(0)
    return Corpus(
        features={modality: sequences(SIZES[modality], chance) for modality in (TEXT, AUDIO, VISION)},
        labels={modality: np.zeros(CLIPS, np.float32) for modality in Modality},
        supervised=np.ones(CLIPS, bool),
    )


@pytest.fixture(params=["paper", "released"])
def model(request, corpus):
    settings = recipe(request.param, semi=True, batch_size=2)
    weights = build_network(settings, SIZES).state_dict()
    return TrainedModel(settings, SIZES, fit_scaling(corpus, np.arange(CLIPS)), weights)


def test_predictions_come_in_the_order_of_the_rows(model, corpus):
    everything = predict(model, corpus, np.arange(CLIPS))
    some = predict(model, corpus, np.array([7, 0, 3]))
    for modality in Modality:
        assert some[modality].shape == (3,)
        np.testing.assert_allclose(some[modality], everything[modality][[7, 0, 3]], atol=1e-6)


def test_a_clip_is_predicted_alike_alone_and_in_company(model, corpus):
    together = predict(model, corpus, np.arange(CLIPS))
    for row in range(CLIPS):
        alone = predict(model, corpus, np.array([row]))
        np.testing.assert_allclose(alone[MULTIMODAL], together[MULTIMODAL][[row]], atol=1e-6)


def test_no_rows_give_no_predictions(model, corpus):
    assert predict(model, corpus, np.arange(0))[AUDIO].shape == (0,)


def test_a_model_read_from_its_file_predicts_the_same(model, corpus, tmp_path):
    save_weights(model, tmp_path / "model.safetensors")
    again = load_weights(tmp_path / "model.safetensors")
    assert again.recipe == model.recipe
    assert again.feature_sizes == SIZES
    before, after = (predict(each, corpus, np.arange(CLIPS)) for each in (model, again))
    assert all(np.array_equal(before[modality], after[modality]) for modality in Modality)


def test_a_model_without_scaling_stays_without(model, tmp_path):
    save_weights(TrainedModel(model.recipe, SIZES, None, model.weights), tmp_path / "model.safetensors")
    assert load_weights(tmp_path / "model.safetensors").scaling is None


def test_the_scaling_of_training_is_applied(model, corpus):
    other = {name: Scaling(each.mean + 50, each.deviation) for name, each in model.scaling.items()}
    moved = TrainedModel(model.recipe, SIZES, other, model.weights)
    assert not np.allclose(predict(model, corpus, np.arange(3))[TEXT], predict(moved, corpus, np.arange(3))[TEXT])


def test_saving_leaves_one_file(model, tmp_path):
    save_weights(model, tmp_path / "model.safetensors")
    save_weights(model, tmp_path / "model.safetensors")
    assert [path.name for path in tmp_path.iterdir()] == ["model.safetensors"]


def test_features_of_other_widths_are_refused(model, corpus):
    wider = {**SIZES, AUDIO: 25}
    other = TrainedModel(model.recipe, wider, None, build_network(model.recipe, wider).state_dict())
    with pytest.raises(BadFeatures, match="audio 25"):
        predict(other, corpus, np.arange(3))


def test_a_file_that_is_no_safetensors_is_refused(tmp_path):
    (tmp_path / "model").write_bytes(b"not a model at all")
    with pytest.raises(BadWeights, match="cannot be read as safetensors"):
        load_weights(tmp_path / "model")


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(BadWeights, match="absent"):
        load_weights(tmp_path / "absent")


def test_someone_elses_tensors_are_refused(tmp_path):
    save_file({"weight": torch.zeros(1)}, tmp_path / "other")
    with pytest.raises(BadWeights, match="no cueset-model-1 saved by this program"):
        load_weights(tmp_path / "other")


def test_predicting_leaves_the_callers_chance_alone(model, corpus):
    before = torch.get_rng_state()
    predict(model, corpus, np.arange(3))
    assert torch.equal(before, torch.get_rng_state())
