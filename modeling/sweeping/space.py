"""The search space of a sweep: which settings of a recipe vary, and between what."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from datasets.vocabulary import Modality
from modeling.recipes import Recipe, RecipeError
from modeling.recipes.recipe import MODALITIES_OF

Value = float | int | bool
Parameters = Mapping[str, Value]  # setting -> value, as one trial takes them

# Whose training it is and how it is stopped are not found by searching.
FIXED = frozenset({"variant", "semi", "mixing", "model", "ablation"})
MOST_DIMENSIONS = 20
MOST_CHOICES = 50


class SpaceError(ValueError):
    """A search space that cannot be searched."""


class Kind(StrEnum):
    """How the values of a setting are drawn."""

    UNIFORM = "uniform"  # any number between the ends
    LOGUNIFORM = "loguniform"  # any number, each order of magnitude as likely
    INTEGER = "integer"  # whole numbers between the ends
    LOGINTEGER = "loginteger"  # whole numbers, each order of magnitude as likely
    CHOICE = "choice"  # one of some values


RANGED = frozenset(Kind) - {Kind.CHOICE}
LOGARITHMIC = frozenset({Kind.LOGUNIFORM, Kind.LOGINTEGER})
WHOLE = frozenset({Kind.INTEGER, Kind.LOGINTEGER})


@dataclass(frozen=True)
class Dimension:
    """One setting that varies: `learning_rate`, `hidden_sizes.audio`, or `hidden_sizes` for all modalities at once."""

    setting: str
    kind: Kind
    low: float | None = None  # both ends belong to the range; None for a choice
    high: float | None = None
    choices: tuple[Value, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", _kind(self.setting, self.kind))
        object.__setattr__(self, "choices", tuple(self.choices))
        _check_setting(self.setting)
        if self.kind is Kind.CHOICE:
            self._check_choices()
        else:
            self._check_range()

    def _check_choices(self) -> None:
        if self.low is not None or self.high is not None:
            raise SpaceError(f"{self.setting}: a choice has values, not ends.")
        if not 2 <= len(self.choices) <= MOST_CHOICES or len(set(self.choices)) != len(self.choices):
            raise SpaceError(f"{self.setting}: a choice needs 2 to {MOST_CHOICES} different values.")
        if not all(isinstance(value, bool | int | float) and math.isfinite(value) for value in self.choices):
            raise SpaceError(f"{self.setting}: only numbers, true and false can be chosen from.")

    def _check_range(self) -> None:
        ends = (self.low, self.high)
        if self.choices or not all(
            isinstance(end, int | float) and not isinstance(end, bool) and math.isfinite(end) for end in ends
        ):
            raise SpaceError(f"{self.setting}: {self.kind} needs two numbers, its lowest and highest value.")
        low, high = float(self.low or 0), float(self.high or 0)
        if low >= high:
            raise SpaceError(f"{self.setting}: the lowest value {low:g} is not below the highest, {high:g}.")
        if self.kind in LOGARITHMIC and low <= 0:
            raise SpaceError(f"{self.setting}: {self.kind} needs a lowest value above 0, not {low:g}.")
        if self.kind in WHOLE and not (low.is_integer() and high.is_integer()):
            raise SpaceError(f"{self.setting}: {self.kind} needs whole numbers.")

    @property
    def extremes(self) -> tuple[Value, ...]:
        """Every value that a recipe must be able to take for all between to be possible."""
        if self.kind is Kind.CHOICE:
            return self.choices
        kind = int if self.kind in WHOLE else float
        return (kind(self.low or 0), kind(self.high or 0))

    def holds(self, value: object) -> bool:
        """Whether a trial could take this value."""
        if self.kind is Kind.CHOICE:
            return value in self.choices
        low, high = self.extremes
        return isinstance(value, int | float) and low <= value <= high

    def to_dict(self) -> dict[str, Any]:
        """As JSON stores it."""
        common = {"setting": self.setting, "kind": str(self.kind)}
        if self.kind is Kind.CHOICE:
            return {**common, "choices": list(self.choices)}
        low, high = self.extremes
        return {**common, "low": low, "high": high}


@dataclass(frozen=True)
class SearchSpace:
    """All settings that vary, each once."""

    dimensions: tuple[Dimension, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.dimensions) <= MOST_DIMENSIONS:
            raise SpaceError(f"A sweep varies 1 to {MOST_DIMENSIONS} settings, not {len(self.dimensions)}.")
        names = [dimension.setting for dimension in self.dimensions]
        for name in names:
            if names.count(name) > 1:
                raise SpaceError(f"{name} is there twice.")
            if "." in name and name.partition(".")[0] in names:
                raise SpaceError(f"{name} varies by itself and within {name.partition('.')[0]}; leave one of them out.")

    def settings(self) -> frozenset[str]:
        """Names of the recipe's fields that vary."""
        return frozenset(dimension.setting.partition(".")[0] for dimension in self.dimensions)

    def check_for(self, base: Recipe) -> None:
        """SpaceError when some value of the space is none that this recipe could take."""
        for dimension in self.dimensions:
            for value in dimension.extremes:
                try:
                    apply(base, {dimension.setting: value})
                except RecipeError as error:
                    raise SpaceError(f"{dimension.setting} = {value} is impossible here: {error}") from error

    def parameters_of(self, recipe: Recipe) -> Parameters | None:
        """The recipe's own place in the space; None when it lies outside."""
        found: dict[str, Value] = {}
        for dimension in self.dimensions:
            values = set(_values_of(recipe, dimension.setting))
            if len(values) != 1 or not dimension.holds(value := values.pop()):
                return None
            found[dimension.setting] = value
        return found

    def to_list(self) -> list[dict[str, Any]]:
        """As JSON stores it; from_list reads it back."""
        return [dimension.to_dict() for dimension in self.dimensions]

    @classmethod
    def from_list(cls, stored: object) -> "SearchSpace":
        """Space from JSON; SpaceError says what is wrong with it."""
        if not isinstance(stored, Sequence) or isinstance(stored, str):
            raise SpaceError("A search space is a list of settings, each with its kind and its ends or choices.")
        return cls(tuple(_dimension_of(each) for each in stored))


def apply(base: Recipe, parameters: Parameters) -> Recipe:
    """The recipe with a trial's values; RecipeError when they are impossible together."""
    changes: dict[str, Any] = {}
    for setting, value in parameters.items():
        name, _, modality = setting.partition(".")
        if name not in MODALITIES_OF:
            changes[name] = value
            continue
        before = changes.get(name) or dict(getattr(base, name))
        changed = [Modality(modality)] if modality else MODALITIES_OF[name]
        changes[name] = before | dict.fromkeys(changed, value)
    return replace(base, **changes)


def parse_dimension(text: str) -> Dimension:
    """One dimension as the command line writes it.

    >>> parse_dimension("learning_rate=loguniform:1e-4:1e-2").high
    0.01
    >>> parse_dimension("batch_size=choice:16,32").choices
    (16, 32)
    """
    setting, _, described = text.partition("=")
    kind, _, values = described.partition(":")
    if kind == Kind.CHOICE:
        return Dimension(setting, Kind.CHOICE, choices=tuple(_value(setting, each) for each in values.split(",")))
    ends = values.split(":")
    if len(ends) != 2:
        raise SpaceError(
            f"“{text}” is not SETTING=KIND:LOW:HIGH or SETTING=choice:A,B, such as hidden_sizes=choice:16,32."
        )
    low, high = (_value(setting, each) for each in ends)
    return Dimension(setting, _kind(setting, kind), low, high)


def _value(setting: str, text: str) -> Value:
    words = {"true": True, "false": False}
    if text in words:
        return words[text]
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError as error:
        raise SpaceError(f"{setting}: “{text}” is not a number.") from error


def _kind(setting: str, kind: str) -> Kind:
    try:
        return Kind(kind)
    except ValueError as error:
        raise SpaceError(f"{setting}: a setting varies by {', '.join(Kind)}, not “{kind}”.") from error


def _check_setting(setting: str) -> None:
    name, dot, modality = setting.partition(".")
    known = sorted({field.name for field in fields(Recipe)} - FIXED)
    if name not in known:
        raise SpaceError(f"A sweep cannot vary “{name}”; it can vary {', '.join(known)}.")
    modalities = MODALITIES_OF.get(name, ())
    if dot and modality not in modalities:
        has = f"one value for each of {', '.join(modalities)}" if modalities else "one value"
        raise SpaceError(f"{name} has {has}, so there is no “{setting}”.")


def _values_of(recipe: Recipe, setting: str) -> list[Value]:
    name, _, modality = setting.partition(".")
    value = getattr(recipe, name)
    if name not in MODALITIES_OF:
        return [value]
    return [value[Modality(modality)]] if modality else list(value.values())


def _dimension_of(stored: object) -> Dimension:
    known = {field.name for field in fields(Dimension)}
    if not isinstance(stored, Mapping) or not {"setting", "kind"} <= stored.keys() <= known:
        raise SpaceError(f"Each setting of a space has setting, kind, and low and high or choices; {stored!r} has not.")
    return Dimension(**stored)
