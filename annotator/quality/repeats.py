"""Whether annotators answer a clip that comes again as they did the first time (intra-rater consistency)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from annotator.quality.annotators import correlation
from annotator.quality.answers import StageAnswers
from annotator.scheduling import LEAST_APART
from datasets.agreement import Estimate, intraclass_correlations


class Repeat(NamedTuple):
    """One clip answered twice by one annotator; orders grow with the time at which the answers were given."""

    annotator: str  # pseudonym
    first: int
    first_order: int
    second: int
    second_order: int


@dataclass(frozen=True)
class Consistency:
    """One annotator's pairs of answers in one stage; None where there are too few to tell."""

    pairs: int
    exact: float | None  # share with the same score both times
    mean_difference: float | None  # absolute, in points of the scale
    correlation: float | None  # Pearson's, of the first with the second
    icc: Estimate | None  # ICC(2,1), the two times taken for two annotators


def consistencies(repeats: Iterable[Repeat], stage: StageAnswers) -> dict[str, Consistency]:
    """The consistency of every annotator of a stage, over pairs that had enough other answers between.

    A pair can come close together where all else was rated while its clip could not be shown.
    """
    apart = [each for each in repeats if answers_between(each, stage) >= LEAST_APART]
    return {
        name: measure_consistency([(each.first, each.second) for each in apart if each.annotator == name])
        for name in stage.annotators
    }


def answers_between(repeat: Repeat, stage: StageAnswers) -> int:
    """How many other clips the annotator answered in the stage between the two times."""
    order = stage.order[:, stage.annotators.index(repeat.annotator)]
    low, high = sorted((repeat.first_order, repeat.second_order))
    return int(((order > low) & (order < high)).sum())


def measure_consistency(pairs: list[tuple[int, int]]) -> Consistency:
    """The figures of (first, second) scores."""
    if not pairs:
        return Consistency(0, None, None, None, None)
    table = np.array(pairs, dtype=np.float64)  # (pairs, 2)
    first, second = table.T
    return Consistency(
        pairs=len(pairs),
        exact=float(np.mean(first == second)),
        mean_difference=float(np.mean(np.abs(first - second))),
        correlation=correlation(first, second),
        icc=intraclass_correlations(table)[0],
    )
