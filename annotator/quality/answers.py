"""The answers of one stage as arrays, which every question about quality starts from."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class Answer(NamedTuple):
    """One score that counts. (A tuple, since a campaign holds a hundred thousand.)"""

    annotator: str  # pseudonym
    clip: object  # anything that names the clip
    score: int
    order: int  # grows with the time at which it was given
    seconds: float | None = None  # time spent; None where no browser measured it
    clip_seconds: float | None = None  # how long the clip plays; None in a stage that plays nothing


@dataclass(frozen=True)
class StageAnswers:
    """One stage's scores, clips by annotators, with what is known of how each was given."""

    annotators: tuple[str, ...]
    scores: Numbers  # (clips, annotators), NaN where not rated
    seconds: Numbers  # the same shape, NaN where not measured
    order: Numbers  # the same shape
    clip_seconds: Numbers  # (clips,), NaN where the stage plays nothing
    counted: NDArray[np.bool_]  # (annotators,): False for those whose scores are excluded

    @cached_property
    def rest(self) -> Numbers:
        """For each score, the mean of what the other annotators that count gave the same clip; NaN where nobody did."""
        known = np.isfinite(self.scores) & self.counted
        total = np.where(known, self.scores, 0).sum(axis=1, keepdims=True)
        others = known.sum(axis=1, keepdims=True) - known
        sums = total - np.where(known, self.scores, 0)
        rest: Numbers = np.divide(sums, others, out=np.full(self.scores.shape, np.nan), where=others > 0)
        return rest


def arrange(
    answers: Iterable[Answer], annotators: Iterable[str], *, excluded: frozenset[str] = frozenset()
) -> StageAnswers:
    """Answers of one stage as arrays, with a column for every annotator in the order given."""
    names = tuple(annotators)
    column = {name: place for place, name in enumerate(names)}
    known = list(answers)
    row = {clip: place for place, clip in enumerate(dict.fromkeys(answer.clip for answer in known))}
    rows = [row[answer.clip] for answer in known]
    columns = [column[answer.annotator] for answer in known]
    scores, seconds, order = (np.full((len(row), len(names)), np.nan) for _ in range(3))
    clip_seconds = np.full(len(row), np.nan)
    scores[rows, columns] = [answer.score for answer in known]
    order[rows, columns] = [answer.order for answer in known]
    seconds[rows, columns] = [_number(answer.seconds) for answer in known]
    clip_seconds[rows] = [_number(answer.clip_seconds) for answer in known]
    counted = np.array([name not in excluded for name in names], dtype=np.bool_)
    return StageAnswers(names, scores, seconds, order, clip_seconds, counted)


def _number(value: float | None) -> float:
    return np.nan if value is None else value
