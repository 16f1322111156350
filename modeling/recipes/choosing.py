"""From a recipe's name to a recipe: the published one, one modality's own, or one with parts taken away."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from datasets.vocabulary import Modality
from modeling.recipes.published import RECIPES
from modeling.recipes.recipe import (
    ABLATED,
    MIXED,
    MODALITIES_OF,
    Ablation,
    Mixing,
    Model,
    Recipe,
    RecipeError,
    Variant,
    check_names,
    member,
)


class Supervision(StrEnum):
    """Whose labels a unimodal model learns from and is evaluated against: the two halves of Table 3."""

    UNIMODAL = "unimodal"
    MULTIMODAL = "multimodal"


def recipe(
    name: str,
    *,
    semi: bool,
    model: str = Model.AVMC,
    supervision: str | None = None,
    ablation: str = Ablation.NONE,
    **overrides: Any,  # each setting has its own type
) -> Recipe:
    """Recipe `paper` or `released` with some settings changed; a partial mapping changes only its modalities.

    >>> recipe("paper", semi=True, ablation="without_mixup_audio").mixup_weights[Modality.VISION]
    0.8
    >>> recipe("released", semi=False, model="audio", supervision="multimodal").main_task
    <Modality.MULTIMODAL: 'multimodal'>
    """
    check_names(overrides)
    chosen_model, chosen_ablation = member("model", model, Model), member("ablation", ablation, Ablation)
    changes = _of_model(chosen_model, supervision) | _of_ablation(chosen_ablation)
    chosen = _change(RECIPES[member("recipe", name, Variant), semi], changes | {"ablation": chosen_ablation})
    return _change(chosen, overrides)


def _of_model(model: Model, supervision: str | None) -> dict[str, Any]:
    """A unimodal model has one task and no mixup; it reads all frames, as the paper's LSTM-based one does."""
    if model is Model.AVMC:
        if supervision is not None:
            raise RecipeError("AV-MC learns from all four labels; only a unimodal model is told its supervision.")
        return {}
    taught = member("supervision", supervision or Supervision.UNIMODAL, Supervision)
    task = Modality.MULTIMODAL if taught is Supervision.MULTIMODAL else Modality(model.value)
    return {
        "model": model,
        "mixing": Mixing.REPRESENTATIONS,
        "mixup_weights": dict.fromkeys(MIXED, 0.0),
        "task_weights": {modality: float(modality is task) for modality in Modality},
    }


def _of_ablation(ablation: Ablation) -> dict[str, Any]:
    return {name: dict.fromkeys(modalities, 0.0) for name, modalities in ABLATED[ablation].items()}


def _change(chosen: Recipe, changes: Mapping[str, Any]) -> Recipe:
    merged: dict[str, Any] = {
        name: {**getattr(chosen, name), **value} if name in MODALITIES_OF and isinstance(value, Mapping) else value
        for name, value in changes.items()
    }
    return replace(chosen, **merged)
