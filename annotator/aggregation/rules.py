"""The rules by their names, and the one way to apply any of them."""

from collections.abc import Mapping
from enum import StrEnum

from annotator.aggregation import dawid_skene, ewe, mean, median
from annotator.aggregation.interface import Clip, Rule, StageScores
from annotator.aggregation.trimmed_mean import FEWEST_SCORES, TooFewScores, label_in_fifths


class RuleName(StrEnum):
    """Rules that an admin chooses from; the paper's comes first and is the default."""

    TRIMMED_MEAN = "trimmed_mean"
    MEAN = "mean"
    MEDIAN = "median"
    EWE = "ewe"
    DAWID_SKENE = "dawid_skene"


PAPERS = RuleName.TRIMMED_MEAN


def trimmed_means(clips: StageScores[Clip]) -> dict[Clip, int]:
    """The paper's rule for every clip."""
    return {clip: label_in_fifths(list(given.values())) for clip, given in clips.items()}


RULES: Mapping[RuleName, Rule] = {
    RuleName.TRIMMED_MEAN: trimmed_means,
    RuleName.MEAN: mean.label_clips,
    RuleName.MEDIAN: median.label_clips,
    RuleName.EWE: ewe.label_clips,
    RuleName.DAWID_SKENE: dawid_skene.label_clips,
}


def label_stage(rule: RuleName, clips: StageScores[Clip]) -> dict[Clip, int]:
    """Labels in fifths of one stage's clips by a rule; TooFewScores for a clip with fewer than three scores."""
    fewest = min((len(given) for given in clips.values()), default=FEWEST_SCORES)
    if fewest < FEWEST_SCORES:
        raise TooFewScores(f"A label needs at least {FEWEST_SCORES} scores, and there are {fewest}.")
    return RULES[rule](clips)
