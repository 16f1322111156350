"""Dawid and Skene's estimate of the score that each clip truly has, from how each annotator confuses scores.

Dawid and Skene (1979), by the library crowd-kit. It takes the seven scores for names without an order, which they are
not: it serves for comparison.
"""

import warnings
from fractions import Fraction

from annotator.aggregation.interface import Clip, StageScores, nearest_fifths

MOST_ITERATIONS = 100
TIED = 1e-6  # probabilities that differ by less are the same


def label_clips(clips: StageScores[Clip]) -> dict[Clip, int]:
    """Each clip's most probable score, rounded to the grid; of equally probable ones their mean."""
    # Imported where it is used: it takes longer to load than to count.
    import pandas
    from crowdkit.aggregation.classification.dawid_skene import DawidSkene

    order = sorted(clips, key=str)  # whatever the order of clips and annotators, the sums are the same
    rows = [(place, *answer) for place, clip in enumerate(order) for answer in sorted(clips[clip].items())]
    if not rows:
        return {}
    answers = pandas.DataFrame(rows, columns=["task", "worker", "label"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the library's use of pandas
        chances = DawidSkene(n_iter=MOST_ITERATIONS).fit_predict_proba(answers).sort_index()
    scores = [int(score) for score in chances.columns]
    return {
        clip: nearest_fifths(_likeliest(scores, [float(chance) for chance in row]))
        for clip, row in zip(order, chances.to_numpy(), strict=True)
    }


def _likeliest(scores: list[int], chances: list[float]) -> Fraction:
    best = max(chances)
    tied = [score for score, chance in zip(scores, chances, strict=True) if best - chance < TIED]
    return Fraction(sum(tied), len(tied))
