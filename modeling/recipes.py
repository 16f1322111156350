"""Every setting of a training as one frozen, validated record: the paper's AV-MC and the authors' released variant."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from datasets.vocabulary import Modality

Word = TypeVar("Word", bound=StrEnum)

UNIMODAL = (Modality.TEXT, Modality.AUDIO, Modality.VISION)
MIXED = (Modality.AUDIO, Modality.VISION)  # the modalities that mixup enriches


class RecipeError(ValueError):
    """A setting that no training can follow."""


class Variant(StrEnum):
    """Whose definition of AV-MC is followed where paper and released code differ."""

    PAPER = "paper"
    RELEASED = "released"


class Mixing(StrEnum):
    """What the modality mixup blends."""

    REPRESENTATIONS = "representations"  # F_k with its prediction, equations 11 to 14
    INPUTS = "inputs"  # time-averaged features with their labels, as the released supervised code does


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Settings of one AV-MC training; mappings go from modality to value."""

    variant: Variant
    semi: bool  # learn from clips without labels too (algorithm 1)
    mixing: Mixing
    batch_size: int
    hidden_sizes: Mapping[Modality, int]  # of the three encoders
    classifier_sizes: Mapping[Modality, int]  # of the four classifiers, multimodal being the fusion
    encoder_dropout: float
    classifier_dropout: float
    task_weights: Mapping[Modality, float]  # alpha of equation 10
    mixup_weights: Mapping[Modality, float]  # beta of equation 14; 0 leaves that modality's mixup out
    encoder_learning_rates: Mapping[Modality, float]
    encoder_weight_decays: Mapping[Modality, float]
    learning_rate: float = 5e-4  # of everything but the encoders
    weight_decay: float = 1e-5  # of everything but the encoders
    mixup_concentration: float = 1.0  # lambda ~ Beta(c, c), drawn once for each batch and modality
    epochs: int = 100  # at most; patience usually ends a training earlier
    patience: int = 8  # epochs without a better validation loss
    # Raw features differ by orders of magnitude between columns (pitch in semitones, landmarks in pixels) and
    # saturate an LSTM's gates. Neither the paper nor the released code says what it does about that, so both
    # recipes standardise by the training split; turn it off to feed features exactly as published.
    standardize: bool = True
    model: str = "avmc"

    def __post_init__(self) -> None:
        for name, modalities in _MODALITIES_OF.items():
            object.__setattr__(self, name, _by_modality(name, getattr(self, name), modalities))
        for name, vocabulary in (("variant", Variant), ("mixing", Mixing)):
            object.__setattr__(self, name, _member(name, getattr(self, name), vocabulary))
        _check_ranges(self)
        _check_variant(self)

    def to_dict(self) -> dict[str, Any]:  # Any: JSON's own types
        """All settings as plain JSON values; from_dict reads them back."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def from_dict(cls, settings: Mapping[str, Any]) -> "Recipe":  # Any: read from JSON
        """Recipe stored by to_dict; RecipeError when a setting is unknown, missing or impossible."""
        _check_names(settings)
        try:
            return cls(**settings)
        except TypeError as error:
            raise RecipeError(f"This recipe cannot be read: {error}.") from error


def recipe(name: str, *, semi: bool, **overrides: Any) -> Recipe:  # Any: each setting has its own type
    """Recipe `paper` or `released` with some settings changed; a partial mapping changes only its modalities.

    >>> recipe("paper", semi=True, mixup_weights={"audio": 0}).mixup_weights[Modality.VISION]
    0.8
    """
    chosen = RECIPES[_member("recipe", name, Variant), semi]
    _check_names(overrides)
    merged: dict[str, Any] = {
        key: {**getattr(chosen, key), **value} if key in _MODALITIES_OF and isinstance(value, Mapping) else value
        for key, value in overrides.items()
    }
    return replace(chosen, **merged)


_MODALITIES_OF: Mapping[str, tuple[Modality, ...]] = {
    "hidden_sizes": UNIMODAL,
    "classifier_sizes": tuple(Modality),
    "task_weights": tuple(Modality),
    "mixup_weights": MIXED,
    "encoder_learning_rates": UNIMODAL,
    "encoder_weight_decays": UNIMODAL,
}

# Least and greatest value of each number.
_RANGES: Mapping[str, tuple[float, float]] = {
    "batch_size": (2, math.inf),  # batch normalisation needs two clips
    "hidden_sizes": (1, math.inf),
    "classifier_sizes": (1, math.inf),
    "encoder_dropout": (0, 0.95),
    "classifier_dropout": (0, 0.95),
    "task_weights": (0, math.inf),
    "mixup_weights": (0, math.inf),
    "encoder_learning_rates": (0, 1),
    "encoder_weight_decays": (0, 1),
    "learning_rate": (0, 1),
    "weight_decay": (0, 1),
    "mixup_concentration": (1e-3, 1e3),
    "epochs": (1, math.inf),
    "patience": (1, math.inf),
}
_WHOLE = frozenset({"batch_size", "hidden_sizes", "classifier_sizes", "epochs", "patience"})


def _by_modality(name: str, given: object, modalities: tuple[Modality, ...]) -> Mapping[Modality, Any]:
    if not isinstance(given, Mapping) or set(given) != set(modalities):
        raise RecipeError(f"{name} needs one value for each of {', '.join(modalities)}, not {_plain(given)!r}.")
    return MappingProxyType({modality: given[modality] for modality in modalities})


def _member(name: str, value: object, vocabulary: type[Word]) -> Word:
    try:
        return vocabulary(str(value))
    except ValueError as error:
        raise RecipeError(f"{name} is one of {', '.join(vocabulary)}, not {value!r}.") from error


def _check_names(settings: Mapping[str, object]) -> None:
    known = sorted(field.name for field in fields(Recipe))
    for name in settings:
        if name not in known:
            raise RecipeError(f"A recipe has no setting {name!r}; it has {', '.join(known)}.")


def _check_ranges(checked: Recipe) -> None:
    for name, (least, greatest) in _RANGES.items():
        value = getattr(checked, name)
        for number in value.values() if isinstance(value, Mapping) else [value]:
            kind = int if name in _WHOLE else (int, float)
            if isinstance(number, bool) or not isinstance(number, kind) or not least <= number <= greatest:
                limits = f"at least {least}" if greatest == math.inf else f"between {least} and {greatest}"
                raise RecipeError(f"{name} must be a {'whole ' * (name in _WHOLE)}number {limits}, not {number!r}.")


def _check_variant(checked: Recipe) -> None:
    for name in ("semi", "standardize"):
        if not isinstance(value := getattr(checked, name), bool):
            raise RecipeError(f"{name} is true or false, not {value!r}.")
    if checked.model != "avmc":
        raise RecipeError(f"There is no model {checked.model!r}; there is avmc.")
    if not any(checked.task_weights.values()):
        raise RecipeError("task_weights are all 0, so nothing would be learned.")
    if checked.mixing is Mixing.INPUTS and (checked.semi or checked.variant is Variant.PAPER):
        raise RecipeError("Mixing inputs needs labels for every clip: only the supervised released recipe does it.")
    if checked.variant is Variant.PAPER and (checked.encoder_dropout or checked.classifier_dropout):
        raise RecipeError("The paper's network has no dropout: leave it at 0 or take the released recipe.")


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return str(value) if isinstance(value, StrEnum) else value


_TEXT, _AUDIO, _VISION, _MULTIMODAL = Modality

_RELEASED_SEMI = Recipe(
    variant=Variant.RELEASED,
    semi=True,
    mixing=Mixing.REPRESENTATIONS,
    batch_size=64,
    hidden_sizes={_TEXT: 64, _AUDIO: 32, _VISION: 32},
    classifier_sizes={_TEXT: 16, _AUDIO: 8, _VISION: 64, _MULTIMODAL: 32},
    encoder_dropout=0.1,
    classifier_dropout=0.4,
    task_weights={_MULTIMODAL: 0.8, _TEXT: 0.6, _AUDIO: 0.2, _VISION: 0.8},
    mixup_weights={_AUDIO: 0.2, _VISION: 0.8},  # the released code reuses the task weights
    encoder_learning_rates={_TEXT: 5e-4, _AUDIO: 1e-3, _VISION: 1e-3},
    encoder_weight_decays={_TEXT: 1e-5, _AUDIO: 0.0, _VISION: 1e-5},
)

_RELEASED_SUPERVISED = replace(
    _RELEASED_SEMI,
    semi=False,
    mixing=Mixing.INPUTS,
    batch_size=32,
    hidden_sizes={_TEXT: 64, _AUDIO: 16, _VISION: 16},
    classifier_sizes={_TEXT: 32, _AUDIO: 32, _VISION: 64, _MULTIMODAL: 16},
    encoder_dropout=0.1,
    classifier_dropout=0.3,
    task_weights={_MULTIMODAL: 1.0, _TEXT: 0.2, _AUDIO: 0.8, _VISION: 0.4},
    mixup_weights={_AUDIO: 1.0, _VISION: 1.0},  # each mixed forward pass counts as much as the plain one
    encoder_learning_rates={_TEXT: 5e-4, _AUDIO: 5e-4, _VISION: 1e-3},
    encoder_weight_decays={_TEXT: 5e-4, _AUDIO: 0.0, _VISION: 0.0},
    weight_decay=5e-4,
)

# The paper publishes equations but no settings: sizes, weights, rates and patience are the released ones. What it
# does define differs: no dropout, and mixup of representations in the supervised training too (section 4.2).
_PAPER_SEMI = replace(_RELEASED_SEMI, variant=Variant.PAPER, encoder_dropout=0.0, classifier_dropout=0.0)

_PAPER_SUPERVISED = replace(
    _RELEASED_SUPERVISED,
    variant=Variant.PAPER,
    mixing=Mixing.REPRESENTATIONS,
    encoder_dropout=0.0,
    classifier_dropout=0.0,
    mixup_weights={_AUDIO: 0.8, _VISION: 0.4},  # as in the semi-supervised recipes, the task weights
)

RECIPES: Mapping[tuple[Variant, bool], Recipe] = MappingProxyType(
    {(each.variant, each.semi): each for each in (_RELEASED_SEMI, _RELEASED_SUPERVISED, _PAPER_SEMI, _PAPER_SUPERVISED)}
)
