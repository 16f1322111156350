"""How well annotators agree: interval Krippendorff's α, ICC(2,1) and ICC(2,k), each with its 95 % interval.

A table of ratings is an array (clips, annotators), NaN where an annotator did not rate the clip. A statistic is None
where the ratings cannot tell: too few of them, or all the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import krippendorff
import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
RESAMPLES = 2_000
COVERAGE = 0.95
TINY = 1e-9


@dataclass(frozen=True)
class Estimate:
    """A statistic and the ends of its 95 % confidence interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Agreement:
    """How well the annotators of one modality agree."""

    clips: int  # rated by at least two annotators: those that α is of
    complete: int  # rated by all annotators: those that both ICCs are of
    annotators: int
    alpha: Estimate | None
    icc_single: Estimate | None  # ICC(2,1): of one annotator's score
    icc_average: Estimate | None  # ICC(2,k): of the mean over all k annotators


def rating_table(clips: Iterable[Mapping[str, float]]) -> Table:
    """Ratings as an array (clips, annotators), from each clip's scores by annotator; columns in order of name."""
    rows = list(clips)
    columns = {name: place for place, name in enumerate(sorted({name for row in rows for name in row}))}
    table = np.full((len(rows), len(columns)), np.nan)
    for place, row in enumerate(rows):
        for name, score in row.items():
            table[place, columns[name]] = score
    return table


def measure_agreement(ratings: Table, *, seed: int = 0) -> Agreement:
    """All three statistics of a table; the seed is of the resamples behind α's interval."""
    rated = np.isfinite(ratings).sum(axis=1)
    complete = ratings[rated == ratings.shape[1]]
    single, average = intraclass_correlations(complete)
    return Agreement(
        clips=int((rated >= 2).sum()),
        complete=len(complete),
        annotators=ratings.shape[1],
        alpha=krippendorff_alpha(ratings, seed=seed),
        icc_single=single,
        icc_average=average,
    )


def krippendorff_alpha(ratings: Table, *, seed: int = 0) -> Estimate | None:
    """Interval α over clips with at least two ratings; its interval by resampling clips (percentile bootstrap)."""
    pairable = ratings[np.isfinite(ratings).sum(axis=1) >= 2]
    if np.unique(pairable[np.isfinite(pairable)]).size < 2:
        return None
    value = krippendorff.alpha(reliability_data=pairable.T, level_of_measurement="interval")
    # Few clips have ratings of their own; drawing among the kinds of clips, by their number, is drawing among clips.
    kinds, numbers = np.unique(_moments(pairable), axis=0, return_counts=True)  # (kinds, 3)
    draws = np.random.default_rng(seed).multinomial(len(pairable), numbers / len(pairable), size=RESAMPLES)
    low, high = np.nanquantile(_alphas(draws, kinds), [(1 - COVERAGE) / 2, (1 + COVERAGE) / 2])
    return Estimate(float(value), float(low), float(high))


def _moments(ratings: Table) -> Table:
    """Each clip's number of ratings, their sum and their sum of squares: (clips, 3)."""
    return np.stack(
        [np.isfinite(ratings).sum(axis=1), np.nansum(ratings, axis=1), np.nansum(ratings**2, axis=1)], axis=1
    )


def _alphas(draws: NDArray[np.int64], kinds: Table) -> Table:
    """α of every resample, from how often it drew each kind of clip: (resamples, kinds) → (resamples,).

    1 - observed / expected squared difference, over the pairs within a clip and over all pairs (Krippendorff 2011).
    """
    number, total, squares = kinds.T
    within = draws @ ((number * squares - total**2) / (number - 1))
    numbers, totals, all_squares = draws @ number, draws @ total, draws @ squares
    between = (numbers * all_squares - totals**2) / (numbers - 1)
    with np.errstate(invalid="ignore", divide="ignore"):  # a resample of one value only has no α
        return np.where(between > 0, 1 - within / between, np.nan)


def intraclass_correlations(ratings: Table) -> tuple[Estimate | None, Estimate | None]:
    """ICC(2,1) and ICC(2,k) of a table without gaps, with the intervals of McGraw and Wong (1996, table 7).

    Shrout and Fleiss (1979), case 2: clips and annotators are both samples, absolute agreement counts.
    """
    clips, annotators = ratings.shape
    if clips < 2 or annotators < 2 or np.ptp(ratings) == 0:
        return None, None
    by_clip, by_annotator, residual = _mean_squares(ratings)
    variance = by_clip + (annotators - 1) * residual + annotators * (by_annotator - residual) / clips
    if variance <= TINY:
        return None, None
    single = (by_clip - residual) / variance
    low, high = _single_interval(single, by_clip, by_annotator, residual, ratings.shape)
    if not np.isfinite([low, high]).all():  # the means of all clips are the same
        return None, None
    if 1 + (annotators - 1) * low <= TINY:  # opposites cancel out in the mean, which then says nothing at all
        return Estimate(single, low, high), None
    return Estimate(single, low, high), Estimate(*(_stepped_up(each, annotators) for each in (single, low, high)))


def _mean_squares(ratings: Table) -> tuple[float, float, float]:
    """Mean squares between clips, between annotators, and of what neither explains (two-way analysis of variance)."""
    clips, annotators = ratings.shape
    clip_effect = ratings.mean(axis=1, keepdims=True) - ratings.mean()
    annotator_effect = ratings.mean(axis=0, keepdims=True) - ratings.mean()
    rest = ratings - ratings.mean() - clip_effect - annotator_effect
    return (
        float(annotators * (clip_effect**2).sum() / (clips - 1)),
        float(clips * (annotator_effect**2).sum() / (annotators - 1)),
        float((rest**2).sum() / ((clips - 1) * (annotators - 1))),
    )


def _single_interval(
    single: float, by_clip: float, by_annotator: float, residual: float, shape: tuple[int, ...]
) -> tuple[float, float]:
    """Ends of the interval of ICC(2,1); degrees of freedom by Satterthwaite."""
    from scipy import stats  # only here, since it takes a second

    n, k = shape
    if np.isclose(single, 1):
        return 1.0, 1.0
    a = k * single / (n * (1 - single))
    b = 1 + a * (n - 1)
    spread = (a * by_annotator) ** 2 / (k - 1) + (b * residual) ** 2 / ((n - 1) * (k - 1))
    freedom = (a * by_annotator + b * residual) ** 2 / spread if spread > 0 else np.inf
    quantile = (1 + COVERAGE) / 2
    lower, upper = stats.f.ppf(quantile, n - 1, freedom), stats.f.ppf(quantile, freedom, n - 1)
    error = k * by_annotator + (k * n - k - n) * residual
    return (
        float(n * (by_clip - lower * residual) / (lower * error + n * by_clip)),
        float(n * (upper * by_clip - residual) / (error + n * upper * by_clip)),
    )


def _stepped_up(single: float, annotators: int) -> float:
    """Reliability of a mean over so many annotators (Spearman and Brown)."""
    return annotators * single / (1 + (annotators - 1) * single)
