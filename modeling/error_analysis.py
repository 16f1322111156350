"""Where a prediction errs: confusion of classes, errors by class, scenario, duration and agreement of annotators."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from datasets.vocabulary import HIGHEST_SCORE, LOWEST_SCORE, SentimentClass
from modeling.metrics import FIVE_CLASSES, classes_of

CLASSES = tuple(SentimentClass)
DURATION_GROUPS = 4
# Scores lie within -3 … 3; spans from here on are rare and told together.
WIDEST_SPAN = 4


@dataclass(frozen=True)
class PredictedClip:
    """A labelled clip with what was predicted for it."""

    label: float  # -1 … 1
    prediction: float  # -1 … 1
    scenario: str = ""  # blank where unknown
    seconds: float = 0.0  # 0 where unknown
    scores: tuple[int, ...] = ()  # the annotators', -3 … 3; none where labels were imported

    @property
    def error(self) -> float:
        """How far the prediction lies above the label."""
        return self.prediction - self.label


@dataclass(frozen=True)
class ErrorGroup:
    """The errors of clips that have something in common: a name, or a value within low … high."""

    clips: int
    mae: float  # mean distance between prediction and label
    bias: float  # mean of prediction - label
    name: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class ErrorAnalysis:
    """All of it for one prediction; a clip of which scenario, duration or scores are unknown is in no such group."""

    clips: int
    confusion: list[list[int]]
    by_class: list[ErrorGroup]
    by_scenario: list[ErrorGroup]
    by_duration: list[ErrorGroup]
    by_agreement: list[ErrorGroup]


def analyse_errors(clips: Sequence[PredictedClip]) -> ErrorAnalysis:
    """Every view of the errors of one prediction."""
    return ErrorAnalysis(
        clips=len(clips),
        confusion=confusion(clips),
        by_class=errors_by_class(clips),
        by_scenario=errors_by_scenario(clips),
        by_duration=errors_by_duration(clips),
        by_agreement=errors_by_agreement(clips),
    )


def confusion(clips: Sequence[PredictedClip]) -> list[list[int]]:
    """Clips of each true class (rows) that were predicted as each class (columns), in the order of CLASSES."""
    counts = np.zeros((len(CLASSES), len(CLASSES)), np.int64)
    np.add.at(counts, (_places([clip.label for clip in clips]), _places([clip.prediction for clip in clips])), 1)
    found: list[list[int]] = counts.tolist()
    return found


def errors_by_class(clips: Sequence[PredictedClip]) -> list[ErrorGroup]:
    """By the label's class, from negative to positive; classes without a clip are left out."""
    names = [CLASSES[place] for place in _places([clip.label for clip in clips])]
    members = {name: [clip for clip, own in zip(clips, names, strict=True) if own == name] for name in CLASSES}
    return [_group(found, name=name) for name, found in members.items() if found]


def errors_by_scenario(clips: Sequence[PredictedClip]) -> list[ErrorGroup]:
    """By scenario, the one with most clips first."""
    names = {clip.scenario for clip in clips} - {""}
    groups = [_group([clip for clip in clips if clip.scenario == name], name=name) for name in names]
    return sorted(groups, key=lambda group: (-group.clips, group.name))


def errors_by_duration(clips: Sequence[PredictedClip]) -> list[ErrorGroup]:
    """Quarters of the clips from the shortest to the longest, each with its least and greatest seconds."""
    known = sorted((clip for clip in clips if clip.seconds), key=lambda clip: clip.seconds)
    ends = [len(known) * part // DURATION_GROUPS for part in range(DURATION_GROUPS + 1)]
    quarters = (known[start:end] for start, end in pairwise(ends))
    return [_group(each, low=each[0].seconds, high=each[-1].seconds) for each in quarters if each]


def errors_by_agreement(clips: Sequence[PredictedClip]) -> list[ErrorGroup]:
    """By the span between a clip's highest and lowest score: 0 where all annotators agree."""
    members: dict[int, list[PredictedClip]] = {}
    for clip in clips:
        if clip.scores:
            members.setdefault(min(max(clip.scores) - min(clip.scores), WIDEST_SPAN), []).append(clip)
    greatest = HIGHEST_SCORE - LOWEST_SCORE
    return [
        _group(found, low=span, high=greatest if span == WIDEST_SPAN else span)
        for span, found in sorted(members.items())
    ]


def _group(
    clips: Sequence[PredictedClip], *, name: str = "", low: float | None = None, high: float | None = None
) -> ErrorGroup:
    errors = np.array([clip.error for clip in clips])
    return ErrorGroup(
        clips=len(clips), mae=float(np.abs(errors).mean()), bias=float(errors.mean()), name=name, low=low, high=high
    )


def _places(values: Sequence[float]) -> list[int]:
    found: list[int] = classes_of(np.array(values, np.float64), FIVE_CLASSES).tolist()
    return found
