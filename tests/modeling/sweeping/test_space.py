"""Search spaces: what can vary, between what, and how a trial's values become a recipe."""

import pytest

from datasets.vocabulary import Modality
from modeling.recipes import RECIPES, RecipeError, recipe
from modeling.sweeping.offered import offer
from modeling.sweeping.space import Dimension, Kind, SearchSpace, SpaceError, apply, parse_dimension

RELEASED = recipe("released", semi=True)


def space(*written: str) -> SearchSpace:
    return SearchSpace(tuple(parse_dimension(each) for each in written))


@pytest.mark.parametrize(
    "written",
    [
        "learning_rate=loguniform:1e-4:1e-2",
        "hidden_sizes.audio=integer:8:64",
        "hidden_sizes=loginteger:8:64",
        "encoder_dropout=uniform:0:0.5",
        "standardize=choice:true,false",
    ],
)
def test_a_space_is_stored_as_json_and_read_back(written):
    assert SearchSpace.from_list(space(written).to_list()) == space(written)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("variant=choice:1,2", "cannot vary “variant”"),
        ("speed=uniform:0:1", "cannot vary “speed”"),
        ("learning_rate.audio=uniform:0:1", "one value, so there is no"),
        ("mixup_weights.text=uniform:0:1", "for each of audio, vision"),
        ("learning_rate=normal:0:1", "varies by uniform"),
        ("learning_rate=loguniform:0:1", "above 0"),
        ("learning_rate=uniform:2:1", "not below"),
        ("learning_rate=uniform:1", "SETTING=KIND:LOW:HIGH"),
        ("learning_rate=uniform:a:1", "not a number"),
        ("learning_rate=uniform:nan:1", "two numbers"),
        ("hidden_sizes=integer:1.5:4", "whole numbers"),
        ("batch_size=choice:16", "different values"),
        ("batch_size=choice:16,16", "different values"),
    ],
)
def test_what_cannot_be_searched_is_one_sentence(written, sentence):
    with pytest.raises(SpaceError, match=sentence):
        parse_dimension(written)


def test_a_setting_varies_once():
    with pytest.raises(SpaceError, match="twice"):
        space("batch_size=choice:8,16", "batch_size=choice:8,32")
    with pytest.raises(SpaceError, match="leave one of them out"):
        space("hidden_sizes=choice:8,16", "hidden_sizes.audio=choice:8,32")
    with pytest.raises(SpaceError, match="1 to 20"):
        SearchSpace(())


@pytest.mark.parametrize(
    "stored", ["learning_rate", {"setting": "x"}, [{"setting": "epochs"}], [{"kind": "uniform"}], [3]]
)
def test_json_of_another_shape_is_refused(stored):
    with pytest.raises(SpaceError):
        SearchSpace.from_list(stored)


def test_a_value_that_the_recipe_cannot_take_is_found_before_any_trial():
    with pytest.raises(SpaceError, match=r"encoder_dropout = 0.5 is impossible here: The paper's network"):
        space("encoder_dropout=uniform:0:0.5").check_for(recipe("paper", semi=True))
    with pytest.raises(SpaceError, match="batch_size = 1 "):
        space("batch_size=integer:1:8").check_for(RELEASED)
    with pytest.raises(SpaceError, match="whole number"):
        space("hidden_sizes=uniform:8:16").check_for(RELEASED)


def test_values_change_one_modality_or_all_of_them():
    changed = apply(
        RELEASED, {"hidden_sizes.audio": 8, "hidden_sizes.vision": 4, "mixup_weights": 0.5, "batch_size": 16}
    )
    assert dict(changed.hidden_sizes) == {Modality.TEXT: 64, Modality.AUDIO: 8, Modality.VISION: 4}
    assert dict(changed.mixup_weights) == {Modality.AUDIO: 0.5, Modality.VISION: 0.5}
    assert changed.batch_size == 16
    assert changed.learning_rate == RELEASED.learning_rate
    with pytest.raises(RecipeError):
        apply(RELEASED, {"batch_size": 1})


def test_the_recipe_itself_is_a_place_in_a_space_around_it():
    around = space("learning_rate=loguniform:1e-4:1e-2", "batch_size=choice:32,64", "hidden_sizes.audio=integer:8:64")
    assert around.parameters_of(RELEASED) == {"learning_rate": 5e-4, "batch_size": 64, "hidden_sizes.audio": 32}
    assert space("learning_rate=uniform:0.01:0.1").parameters_of(RELEASED) is None
    assert space("hidden_sizes=integer:8:128").parameters_of(RELEASED) is None  # three different sizes


@pytest.mark.parametrize("base", RECIPES.values(), ids=[f"{name}-{semi}" for name, semi in RECIPES])
def test_what_is_offered_can_be_searched(base):
    offered = offer(base)
    names = [dimension.setting for dimension in offered]
    assert {"learning_rate", "batch_size", "task_weights.text"} <= set(names)
    assert ("encoder_dropout" in names) == (base.variant == "released")
    for dimension in offered:
        SearchSpace((dimension,)).check_for(base)


def test_a_unimodal_model_is_offered_its_own_parts_alone():
    names = {dimension.setting for dimension in offer(recipe("released", semi=False, model="audio"))}
    assert "hidden_sizes.audio" in names
    assert not names & {"hidden_sizes.text", "hidden_sizes.vision", "mixup_weights.audio", "mixup_concentration"}


def test_a_choice_has_no_ends():
    with pytest.raises(SpaceError, match="not ends"):
        Dimension("batch_size", Kind.CHOICE, low=1, choices=(8, 16))
