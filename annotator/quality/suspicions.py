"""Patterns in answers that an admin should look into. They prove nothing by themselves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

import numpy as np

from annotator.quality.annotators import correlation
from annotator.quality.answers import Numbers, StageAnswers
from annotator.quality.drift import drifts
from annotator.quality.gold import Hits
from annotator.quality.repeats import Consistency

FEWEST_ANSWERS = 20  # fewer make every pattern likely by chance
FEWEST_TESTED = 5  # repeats or gold clips
FEWEST_OTHERS = 2


class Pattern(StrEnum):
    """What was noticed."""

    SAME_KEY = "same_key"  # share of answers that are the commonest score
    LONG_RUN = "long_run"  # equal scores in a row
    FASTER_THAN_CLIP = "faster_than_clip"  # share of timed answers given in less time than the clip plays
    MUCH_FASTER = "much_faster"  # median time spent, over the median of the others'
    AGAINST_THE_REST = "against_the_rest"  # correlation with the mean of the others
    DRIFT = "drift"  # change of the distance from the others, from the first answer to the last
    UNLIKE_ITSELF = "unlike_itself"  # mean difference between a clip's first score and its repeat
    MISSES_GOLD = "misses_gold"  # share of gold clips within the tolerance of their reference


# Figures that are suspicious when they are low; all others are when they are high.
LOW_IS_BAD = frozenset({Pattern.MUCH_FASTER, Pattern.AGAINST_THE_REST, Pattern.MISSES_GOLD})
# From where on a figure is suspicious.
LIMITS: Mapping[Pattern, float] = {
    Pattern.SAME_KEY: 0.8,
    Pattern.LONG_RUN: 15,
    Pattern.FASTER_THAN_CLIP: 0.05,
    Pattern.MUCH_FASTER: 0.33,
    Pattern.AGAINST_THE_REST: 0.2,
    Pattern.DRIFT: 0.5,
    Pattern.UNLIKE_ITSELF: 2.0,
    Pattern.MISSES_GOLD: 0.6,
}


@dataclass(frozen=True)
class Suspicion:
    """A figure of one annotator that passes its limit."""

    annotator: str
    pattern: Pattern
    figure: float
    limit: float
    answers: int  # that the figure is of


def suspicions(stage: StageAnswers) -> list[Suspicion]:
    """All that is noticed in one stage, annotator by annotator."""
    found = []
    wandering = drifts(stage)
    for column, name in enumerate(stage.annotators):
        scores = in_time(stage, column)
        if len(scores) < FEWEST_ANSWERS:
            continue
        figures: dict[Pattern, float | None] = {pattern: figure(stage, column) for pattern, figure in FIGURES.items()}
        drift = wandering.get(name)
        figures[Pattern.DRIFT] = drift.change.value if drift and drift.is_certain else None
        found += [
            Suspicion(name, pattern, value, LIMITS[pattern], len(scores))
            for pattern, value in figures.items()
            if value is not None and is_suspicious(pattern, value)
        ]
    return found


def failed_tests(consistencies: Mapping[str, Consistency], gold: Mapping[str, Hits]) -> list[Suspicion]:
    """What repeats and gold clips of one stage tell against annotators."""
    found = [
        (name, Pattern.UNLIKE_ITSELF, each.mean_difference, each.pairs) for name, each in consistencies.items()
    ] + [(name, Pattern.MISSES_GOLD, each.share, each.clips) for name, each in gold.items()]
    return [
        Suspicion(name, pattern, value, LIMITS[pattern], count)
        for name, pattern, value, count in found
        if value is not None and count >= FEWEST_TESTED and is_suspicious(pattern, value)
    ]


def is_suspicious(pattern: Pattern, figure: float) -> bool:
    """Whether a figure passes its limit: downwards where low is bad, a drift either way, all others upwards."""
    if pattern in LOW_IS_BAD:
        return figure < LIMITS[pattern]
    return abs(figure) >= LIMITS[pattern]


def in_time(stage: StageAnswers, column: int) -> Numbers:
    """One annotator's scores in the order in which they were given."""
    scores: Numbers = stage.scores[np.argsort(stage.order[:, column]), column]
    return scores[np.isfinite(scores)]


def commonest_share(stage: StageAnswers, column: int) -> float:
    """Share of the commonest score."""
    scores = in_time(stage, column)
    return float(np.unique(scores, return_counts=True)[1].max() / len(scores))


def longest_run(stage: StageAnswers, column: int) -> float | None:
    """Most equal scores in a row; None where no browser saw in which order they came."""
    if not np.isfinite(stage.seconds[:, column]).any():
        return None
    return float(max(len(list(run)) for _, run in groupby(in_time(stage, column))))


def hasty_share(stage: StageAnswers, column: int) -> float | None:
    """Share of timed answers that took less time than the clip plays; None in a stage that plays nothing."""
    timed = np.isfinite(stage.seconds[:, column]) & np.isfinite(stage.clip_seconds)
    if timed.sum() < FEWEST_ANSWERS:
        return None
    return float(np.mean(stage.seconds[timed, column] < stage.clip_seconds[timed]))


def share_of_others_time(stage: StageAnswers, column: int) -> float | None:
    """Median time spent over the median of the others' medians; None where too few others were timed."""
    timed = np.isfinite(stage.seconds).sum(axis=0) >= FEWEST_ANSWERS
    others = [other for other in np.flatnonzero(timed) if other != column]
    if not timed[column] or len(others) < FEWEST_OTHERS:
        return None
    usual = np.median([np.nanmedian(stage.seconds[:, other]) for other in others])
    return float(np.nanmedian(stage.seconds[:, column]) / usual) if usual > 0 else None


def correlation_with_rest(stage: StageAnswers, column: int) -> float | None:
    """Leave-one-out correlation over at least so many clips."""
    both = np.isfinite(stage.scores[:, column]) & np.isfinite(stage.rest[:, column])
    if both.sum() < FEWEST_ANSWERS:
        return None
    return correlation(stage.scores[both, column], stage.rest[both, column])


FIGURES: Mapping[Pattern, Callable[[StageAnswers, int], float | None]] = {
    Pattern.SAME_KEY: commonest_share,
    Pattern.LONG_RUN: longest_run,
    Pattern.FASTER_THAN_CLIP: hasty_share,
    Pattern.MUCH_FASTER: share_of_others_time,
    Pattern.AGAINST_THE_REST: correlation_with_rest,
}
