"""Sensible ranges for the settings of a recipe, for people to start a search space from."""

from collections.abc import Iterator

from modeling.recipes import Model, Recipe
from modeling.recipes.recipe import MODALITIES_OF
from modeling.sweeping.space import Dimension, Kind, SearchSpace, SpaceError, Value

# Setting -> its kind and its ends, or its choices; one that has a value for each modality is offered for each.
_OFFERED: dict[str, tuple[Kind, tuple[Value, ...]]] = {
    "learning_rate": (Kind.LOGUNIFORM, (1e-4, 1e-2)),
    "encoder_learning_rates": (Kind.LOGUNIFORM, (1e-4, 1e-2)),
    "batch_size": (Kind.CHOICE, (16, 32, 64, 128)),
    "hidden_sizes": (Kind.CHOICE, (16, 32, 64, 128)),
    "classifier_sizes": (Kind.CHOICE, (8, 16, 32, 64)),
    "encoder_dropout": (Kind.UNIFORM, (0.0, 0.5)),
    "classifier_dropout": (Kind.UNIFORM, (0.0, 0.6)),
    "task_weights": (Kind.UNIFORM, (0.1, 1.0)),
    "mixup_weights": (Kind.UNIFORM, (0.0, 1.0)),
    "mixup_concentration": (Kind.LOGUNIFORM, (0.1, 4.0)),
    "weight_decay": (Kind.LOGUNIFORM, (1e-6, 1e-2)),
    "encoder_weight_decays": (Kind.LOGUNIFORM, (1e-6, 1e-2)),
    "standardize": (Kind.CHOICE, (True, False)),
}


def offer(base: Recipe) -> list[Dimension]:
    """Every setting that this recipe could vary, in the order in which they usually matter."""
    return [dimension for dimension in _dimensions(base) if _fits(dimension, base)]


def _dimensions(base: Recipe) -> Iterator[Dimension]:
    left_out = set() if any(base.mixup_weights.values()) else {"mixup_concentration"}
    if base.model is not Model.AVMC:
        left_out.add("task_weights")  # the weight of its one task only scales the loss
    for name, (kind, values) in _OFFERED.items():
        if name in left_out:
            continue
        for modality in MODALITIES_OF.get(name, (None,)):
            if base.model is not Model.AVMC and modality not in (None, base.model.value):
                continue  # a unimodal model has no other modality's parts
            setting = f"{name}.{modality}" if modality else name
            if kind is Kind.CHOICE:
                yield Dimension(setting, kind, choices=values)
            else:
                yield Dimension(setting, kind, low=values[0], high=values[1])


def _fits(dimension: Dimension, base: Recipe) -> bool:
    try:
        SearchSpace((dimension,)).check_for(base)
    except SpaceError:
        return False
    return True
