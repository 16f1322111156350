"""Each annotator beside the others in one stage: bias, spread, correlation with the rest, speed."""

from dataclasses import dataclass

import numpy as np

from annotator.quality.answers import Numbers, StageAnswers


@dataclass(frozen=True)
class Portrait:
    """One annotator in one stage; None where there is too little to tell."""

    answers: int
    bias: float | None  # mean distance from the mean of the others on the same clips, in points of the scale
    spread: float | None  # standard deviation of the scores given
    correlation: float | None  # Pearson, with the mean of the others (leave-one-out)
    seconds: float | None  # median time spent on a clip
    pace: float | None  # median of that time over the clip's length, in a stage that plays


def portraits(stage: StageAnswers) -> dict[str, Portrait]:
    """A portrait of every annotator of a stage."""
    return {
        name: _portrait(stage.scores[:, column], stage.rest[:, column], stage.seconds[:, column], stage.clip_seconds)
        for column, name in enumerate(stage.annotators)
    }


def _portrait(scores: Numbers, rest: Numbers, seconds: Numbers, clip_seconds: Numbers) -> Portrait:
    given, timed = scores[np.isfinite(scores)], seconds[np.isfinite(seconds)]
    paces = (seconds / clip_seconds)[np.isfinite(seconds / clip_seconds)]
    both = np.isfinite(scores) & np.isfinite(rest)
    return Portrait(
        answers=len(given),
        bias=float(np.mean(scores[both] - rest[both])) if both.any() else None,
        spread=float(np.std(given, ddof=1)) if len(given) > 1 else None,
        correlation=correlation(scores[both], rest[both]),
        seconds=float(np.median(timed)) if len(timed) else None,
        pace=float(np.median(paces)) if len(paces) else None,
    )


def correlation(one: Numbers, other: Numbers) -> float | None:
    """Pearson's correlation; None for fewer than three pairs, or when one side is constant."""
    if len(one) < 3 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    return float(np.corrcoef(one, other)[0, 1])
