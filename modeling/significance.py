"""How sure scores are: spread over seeds, bootstrap intervals, and paired comparison by approximate randomization."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

import numpy as np
import numpy.typing as npt

from modeling.metrics import METRICS, Metrics, evaluate, evaluate_rows

Values = npt.NDArray[np.float64]

RESAMPLES = 1000
ROUNDS = 2000
LEVEL = 0.95
# Rows evaluated at a time, so that memory stays small whatever the number of clips.
CHUNK = 250


@dataclass(frozen=True)
class Spread:
    """One metric over several seeds; the deviation is the sample's (n - 1), missing for a single run."""

    mean: float
    deviation: float | None
    runs: int


@dataclass(frozen=True)
class Comparison:
    """One metric of two runs on the same clips; `effect` is second minus first."""

    first: float | None
    second: float | None
    effect: float | None
    p: float | None  # two-sided; None where the metric is undefined


def spread(values: Sequence[float | None]) -> Spread | None:
    """Mean and standard deviation of what is defined; None when nothing is."""
    defined = [value for value in values if value is not None]
    if not defined:
        return None
    mean = fmean(defined)
    deviation = stdev(defined, mean) if len(defined) > 1 else None
    return Spread(mean, deviation, len(defined))


def bootstrap_intervals(
    predictions: npt.ArrayLike, truth: npt.ArrayLike, *, seed: int, resamples: int = RESAMPLES
) -> dict[str, tuple[float, float] | None]:
    """95 % percentile interval of each metric's mean over runs (runs, clips) when the test clips are drawn anew.

    The same clips are drawn for every run. A metric that is undefined in some resample has no interval.
    """
    predicted, true = np.atleast_2d(np.asarray(predictions, np.float64)), np.asarray(truth, np.float64)
    if not true.size:
        return dict.fromkeys(METRICS)
    chance = np.random.default_rng(seed)
    drawn: dict[str, list[Values]] = {name: [] for name in METRICS}
    for size in _chunks(resamples):
        clips = chance.integers(0, len(true), (size, len(true)))
        by_run = [evaluate_rows(run[clips], true[clips]) for run in predicted]
        for name in METRICS:
            drawn[name].append(np.mean([values[name] for values in by_run], axis=0))
    return {name: _interval(np.concatenate(values)) for name, values in drawn.items()}


def _interval(values: Values) -> tuple[float, float] | None:
    if np.isnan(values).any():
        return None
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def compare_predictions(
    first: npt.ArrayLike, second: npt.ArrayLike, truth: npt.ArrayLike, *, seed: int, rounds: int = ROUNDS
) -> dict[str, Comparison]:
    """Every metric of two runs, and how often chance alone would differ as much (approximate randomization).

    Each round swaps the two predictions of every clip with probability 1/2; p counts the rounds whose difference is at
    least the observed one, the observed one among them: (hits + 1) / (rounds + 1).
    """
    one, other, true = (np.asarray(each, np.float64) for each in (first, second, truth))
    scores, chance = (evaluate(one, true), evaluate(other, true)), np.random.default_rng(seed)
    observed = {name: _difference(scores, name) for name in METRICS}
    hits = dict.fromkeys(METRICS, 0)
    for size in _chunks(rounds if true.size else 0):
        swapped = chance.random((size, len(true))) < 0.5
        rows = np.broadcast_to(true, swapped.shape)
        left = evaluate_rows(np.where(swapped, other, one), rows)
        right = evaluate_rows(np.where(swapped, one, other), rows)
        for name, effect in observed.items():
            if effect is not None:
                differences = np.abs(right[name] - left[name])
                hits[name] += int((np.nan_to_num(differences) >= abs(effect) - 1e-12).sum())
    return {
        name: Comparison(
            scores[0][name], scores[1][name], effect, None if effect is None else (hits[name] + 1) / (rounds + 1)
        )
        for name, effect in observed.items()
    }


def _difference(scores: tuple[Metrics, Metrics], name: str) -> float | None:
    first, second = scores[0][name], scores[1][name]
    return None if first is None or second is None else second - first


def _chunks(rows: int) -> Iterator[int]:
    for start in range(0, rows, CHUNK):
        yield min(CHUNK, rows - start)
