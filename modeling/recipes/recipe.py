"""Every setting of a training as one frozen, validated record."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
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


class Model(StrEnum):
    """What is trained: AV-MC, or one modality's encoder and classifier alone (Table 3)."""

    AVMC = "avmc"
    TEXT = "text"
    AUDIO = "audio"
    VISION = "vision"

    @property
    def called(self) -> str:
        """Its name in sentences."""
        return "AV-MC" if self is Model.AVMC else f"{self.value} alone"


class Ablation(StrEnum):
    """What is taken away from AV-MC, in the order of Table 4."""

    NONE = "none"
    WITHOUT_MIXUP_AND_UNIMODAL_TASKS = "without_mixup_and_unimodal_tasks"
    WITHOUT_MIXUP = "without_mixup"
    WITHOUT_MIXUP_AUDIO = "without_mixup_audio"
    WITHOUT_MIXUP_VISION = "without_mixup_vision"


# Setting -> the modalities whose weight an ablation holds at 0.
ABLATED: Mapping[Ablation, Mapping[str, tuple[Modality, ...]]] = {
    Ablation.NONE: {},
    Ablation.WITHOUT_MIXUP_AND_UNIMODAL_TASKS: {"mixup_weights": MIXED, "task_weights": UNIMODAL},
    Ablation.WITHOUT_MIXUP: {"mixup_weights": MIXED},
    Ablation.WITHOUT_MIXUP_AUDIO: {"mixup_weights": (Modality.AUDIO,)},
    Ablation.WITHOUT_MIXUP_VISION: {"mixup_weights": (Modality.VISION,)},
}


class Mixing(StrEnum):
    """What the modality mixup blends."""

    REPRESENTATIONS = "representations"  # F_k with its prediction, equations 11 to 14
    INPUTS = "inputs"  # time-averaged features with their labels, as the released supervised code does


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Settings of one training; mappings go from modality to value."""

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
    model: Model = Model.AVMC
    ablation: Ablation = Ablation.NONE

    def __post_init__(self) -> None:
        for name, modalities in MODALITIES_OF.items():
            object.__setattr__(self, name, _by_modality(name, getattr(self, name), modalities))
        for name, vocabulary in _VOCABULARIES.items():
            object.__setattr__(self, name, member(name, getattr(self, name), vocabulary))
        _check_ranges(self)
        _check_variant(self)
        _check_ablation(self)
        _check_model(self)

    @property
    def main_task(self) -> Modality:
        """Whose labels the training's first prediction is meant to meet: a unimodal model has no other."""
        if self.model is Model.AVMC:
            return Modality.MULTIMODAL
        return next(modality for modality in Modality if self.task_weights[modality])

    @property
    def reads(self) -> tuple[Modality, ...]:
        """The modalities whose features it needs: a unimodal model its own alone."""
        return UNIMODAL if self.model is Model.AVMC else (Modality(self.model.value),)

    def to_dict(self) -> dict[str, Any]:  # Any: JSON's own types
        """All settings as plain JSON values; from_dict reads them back."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def from_dict(cls, settings: Mapping[str, Any]) -> "Recipe":  # Any: read from JSON
        """Recipe stored by to_dict; RecipeError when a setting is unknown, missing or impossible."""
        check_names(settings)
        try:
            return cls(**settings)
        except TypeError as error:
            raise RecipeError(f"This recipe cannot be read: {error}.") from error


MODALITIES_OF: Mapping[str, tuple[Modality, ...]] = {
    "hidden_sizes": UNIMODAL,
    "classifier_sizes": tuple(Modality),
    "task_weights": tuple(Modality),
    "mixup_weights": MIXED,
    "encoder_learning_rates": UNIMODAL,
    "encoder_weight_decays": UNIMODAL,
}

_VOCABULARIES: Mapping[str, type[StrEnum]] = {
    "variant": Variant,
    "mixing": Mixing,
    "model": Model,
    "ablation": Ablation,
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


def member(name: str, value: object, vocabulary: type[Word]) -> Word:
    """The word of a vocabulary; RecipeError lists the words there are."""
    try:
        return vocabulary(str(value))
    except ValueError as error:
        raise RecipeError(f"{name} is one of {', '.join(vocabulary)}, not {value!r}.") from error


def check_names(settings: Mapping[str, object]) -> None:
    """RecipeError for a setting that no recipe has."""
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
    if not any(checked.task_weights.values()):
        raise RecipeError("task_weights are all 0, so nothing would be learned.")
    if checked.mixing is Mixing.INPUTS and (checked.semi or checked.variant is Variant.PAPER):
        raise RecipeError("Mixing inputs needs labels for every clip: only the supervised released recipe does it.")
    if checked.variant is Variant.PAPER and (checked.encoder_dropout or checked.classifier_dropout):
        raise RecipeError("The paper's network has no dropout: leave it at 0 or take the released recipe.")


def _check_ablation(checked: Recipe) -> None:
    for name, modalities in ABLATED[checked.ablation].items():
        weights = getattr(checked, name)
        if kept := [modality for modality in modalities if weights[modality]]:
            raise RecipeError(f"The ablation {checked.ablation} holds {name} of {', '.join(kept)} at 0.")


def _check_model(checked: Recipe) -> None:
    if checked.model is Model.AVMC:
        return
    own = Modality(checked.model.value)
    tasks = [modality for modality in Modality if checked.task_weights[modality]]
    if len(tasks) != 1 or tasks[0] not in (own, Modality.MULTIMODAL):
        raise RecipeError(f"A unimodal model of {own} learns from the {own} or the multimodal labels, one of the two.")
    if checked.semi or any(checked.mixup_weights.values()) or checked.mixing is Mixing.INPUTS:
        raise RecipeError("A unimodal model is trained without mixup, so without unsupervised clips too.")
    if checked.ablation is not Ablation.NONE:
        raise RecipeError("Ablations take parts of AV-MC away; a unimodal model has none of them.")


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return str(value) if isinstance(value, StrEnum) else value
