"""Recipes: the published values, what they refuse, and how they are stored."""

import dataclasses
import json

import pytest

from datasets.vocabulary import Modality
from modeling.recipes import ABLATED, MIXED, RECIPES, UNIMODAL, Ablation, Mixing, Recipe, RecipeError, Variant, recipe

TEXT, AUDIO, VISION, MULTIMODAL = Modality


def test_the_released_semi_supervised_settings_are_the_published_ones():
    settings = recipe("released", semi=True)
    assert settings.batch_size == 64
    assert settings.hidden_sizes == {TEXT: 64, AUDIO: 32, VISION: 32}
    assert settings.classifier_sizes == {TEXT: 16, AUDIO: 8, VISION: 64, MULTIMODAL: 32}
    assert (settings.encoder_dropout, settings.classifier_dropout) == (0.1, 0.4)
    assert settings.task_weights == {MULTIMODAL: 0.8, TEXT: 0.6, AUDIO: 0.2, VISION: 0.8}
    assert settings.mixup_weights == {AUDIO: 0.2, VISION: 0.8}
    assert settings.encoder_learning_rates == {TEXT: 5e-4, AUDIO: 1e-3, VISION: 1e-3}
    assert settings.encoder_weight_decays == {TEXT: 1e-5, AUDIO: 0.0, VISION: 1e-5}
    assert (settings.learning_rate, settings.weight_decay) == (5e-4, 1e-5)
    assert (settings.patience, settings.mixup_concentration) == (8, 1.0)


def test_the_released_supervised_settings_are_the_published_ones():
    settings = recipe("released", semi=False)
    assert settings.batch_size == 32
    assert settings.hidden_sizes == {TEXT: 64, AUDIO: 16, VISION: 16}
    assert settings.classifier_sizes == {TEXT: 32, AUDIO: 32, VISION: 64, MULTIMODAL: 16}
    assert (settings.encoder_dropout, settings.classifier_dropout) == (0.1, 0.3)
    assert settings.task_weights == {MULTIMODAL: 1.0, TEXT: 0.2, AUDIO: 0.8, VISION: 0.4}
    assert settings.mixing is Mixing.INPUTS
    assert settings.encoder_learning_rates == {TEXT: 5e-4, AUDIO: 5e-4, VISION: 1e-3}
    assert settings.encoder_weight_decays == {TEXT: 5e-4, AUDIO: 0.0, VISION: 0.0}
    assert (settings.learning_rate, settings.weight_decay, settings.patience) == (5e-4, 5e-4, 8)


@pytest.mark.parametrize("semi", [False, True])
def test_the_paper_mixes_representations_and_knows_no_dropout(semi):
    settings = recipe("paper", semi=semi)
    assert settings.mixing is Mixing.REPRESENTATIONS
    assert (settings.encoder_dropout, settings.classifier_dropout) == (0, 0)
    assert settings.task_weights == recipe("released", semi=semi).task_weights


def test_there_is_a_recipe_for_each_variant_with_and_without_unlabelled_clips():
    assert set(RECIPES) == {(variant, semi) for variant in Variant for semi in (False, True)}
    assert all((each.variant, each.semi) == key for key, each in RECIPES.items())


@pytest.mark.parametrize("original", RECIPES.values())
def test_a_stored_recipe_reads_back_equal(original):
    assert Recipe.from_dict(json.loads(json.dumps(original.to_dict()))) == original


def test_a_partial_override_keeps_the_other_modalities():
    settings = recipe("released", semi=True, epochs=3, task_weights={"audio": 0})
    assert settings.epochs == 3
    assert settings.task_weights == {MULTIMODAL: 0.8, TEXT: 0.6, AUDIO: 0, VISION: 0.8}


def test_recipes_cannot_be_changed_in_place():
    settings = recipe("paper", semi=True)
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.epochs = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        settings.task_weights[AUDIO] = 3.0  # type: ignore[index]


@pytest.mark.parametrize(
    ("overrides", "complaint"),
    [
        ({"batch_size": 1}, "batch_size must be a whole number at least 2, not 1"),
        ({"epochs": 0}, "epochs must be a whole number at least 1"),
        ({"epochs": 2.5}, "epochs must be a whole number at least 1"),
        ({"epochs": True}, "epochs must be a whole number at least 1"),
        ({"learning_rate": float("nan")}, "learning_rate must be a number between 0 and 1, not nan"),
        ({"learning_rate": "fast"}, "learning_rate must be a number between 0 and 1, not 'fast'"),
        ({"classifier_dropout": 1.0}, "classifier_dropout must be a number between 0 and 0.95"),
        ({"hidden_sizes": {"audio": 0}}, "hidden_sizes must be a whole number at least 1"),
        ({"hidden_sizes": 32}, "hidden_sizes needs one value for each of text, audio, vision"),
        ({"mixup_weights": {"text": 1}}, "mixup_weights needs one value for each of audio, vision"),
        ({"task_weights": dict.fromkeys(Modality, 0)}, "task_weights are all 0"),
        ({"mixing": "labels"}, "mixing is one of representations, inputs"),
        ({"mixing": "inputs"}, "only the supervised released recipe"),
        ({"model": "tfn"}, "model is one of avmc, text, audio, vision"),
        ({"momentum": 0.9}, "no setting 'momentum'"),
        ({"standardize": 1}, "standardize is true or false"),
    ],
)
def test_impossible_settings_are_refused_by_name(overrides, complaint):
    with pytest.raises(RecipeError, match=complaint):
        recipe("released", semi=True, **overrides)


def test_a_stored_recipe_is_checked_like_a_new_one():
    with pytest.raises(RecipeError, match="semi is true or false, not 'yes'"):
        Recipe.from_dict(recipe("released", semi=True).to_dict() | {"semi": "yes"})


def test_the_paper_refuses_dropout():
    with pytest.raises(RecipeError, match="no dropout"):
        recipe("paper", semi=True, classifier_dropout=0.2)


def test_an_unknown_recipe_is_refused():
    with pytest.raises(RecipeError, match="recipe is one of paper, released, not 'mine'"):
        recipe("mine", semi=True)


def test_an_incomplete_stored_recipe_is_refused():
    settings = recipe("paper", semi=True).to_dict()
    del settings["batch_size"]
    with pytest.raises(RecipeError, match="batch_size"):
        Recipe.from_dict(settings)


@pytest.mark.parametrize("semi", [False, True])
@pytest.mark.parametrize("name", ["paper", "released"])
def test_each_ablation_of_table_4_holds_its_weights_at_zero_and_no_others(name, semi):
    whole = recipe(name, semi=semi)
    zeros = {
        "without_mixup_and_unimodal_tasks": (MIXED, UNIMODAL),
        "without_mixup": (MIXED, ()),
        "without_mixup_audio": ([AUDIO], ()),
        "without_mixup_vision": ([VISION], ()),
    }
    assert set(zeros) == set(Ablation) - {"none"} == set(ABLATED) - {"none"}
    for ablation, (mixups, tasks) in zeros.items():
        ablated = recipe(name, semi=semi, ablation=ablation)
        assert ablated.mixup_weights == {m: 0 if m in mixups else whole.mixup_weights[m] for m in MIXED}
        assert ablated.task_weights == {m: 0 if m in tasks else whole.task_weights[m] for m in Modality}
        assert (
            dataclasses.replace(
                ablated, ablation=Ablation.NONE, mixup_weights=whole.mixup_weights, task_weights=whole.task_weights
            )
            == whole
        )


def test_an_ablation_cannot_be_named_and_undone():
    with pytest.raises(RecipeError, match="without_mixup_audio holds mixup_weights of audio at 0"):
        recipe("paper", semi=True, ablation="without_mixup_audio", mixup_weights={"audio": 0.5})


@pytest.mark.parametrize("model", ["text", "audio", "vision"])
@pytest.mark.parametrize("supervision", ["unimodal", "multimodal"])
def test_a_unimodal_model_learns_one_task_without_mixup(model, supervision):
    settings = recipe("released", semi=False, model=model, supervision=supervision)
    task = Modality(model) if supervision == "unimodal" else MULTIMODAL
    assert settings.main_task == task
    assert {modality for modality, weight in settings.task_weights.items() if weight} == {task}
    assert not any(settings.mixup_weights.values())
    assert Recipe.from_dict(json.loads(json.dumps(settings.to_dict()))) == settings


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"model": "avmc", "supervision": "unimodal"}, "only a unimodal model is told its supervision"),
        ({"model": "audio", "supervision": "text"}, "supervision is one of unimodal, multimodal"),
        ({"model": "audio", "task_weights": {"text": 1}}, "learns from the audio or the multimodal labels"),
        ({"model": "audio", "mixup_weights": {"vision": 1}}, "trained without mixup"),
        ({"model": "audio", "semi": True}, "without unsupervised clips"),
        ({"model": "audio", "ablation": "without_mixup"}, "a unimodal model has none of them"),
        ({"ablation": "without_text"}, "ablation is one of none, without_mixup_and_unimodal_tasks"),
    ],
)
def test_models_and_ablations_that_contradict_themselves_are_refused(given, complaint):
    with pytest.raises(RecipeError, match=complaint):
        recipe("released", **{"semi": False, **given})
