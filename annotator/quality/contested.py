"""How contested a clip is: how far its scores lie apart, and how far its modalities do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import stdev

from annotator.aggregation.trimmed_mean import FEWEST_SCORES, label_in_fifths
from datasets.vocabulary import Modality


@dataclass(frozen=True)
class Contest:
    """One clip's scores held against each other; None where there are too few."""

    labels: Mapping[Modality, int | None]  # in fifths, by the paper's rule
    spreads: Mapping[Modality, float | None]  # standard deviation of the scores
    widest: float | None  # the largest of the spreads
    conflict: float | None  # between the highest and the lowest label, on the scale of labels (0 … 2)


def weigh(scores: Mapping[Modality, Sequence[int]]) -> Contest:
    """Hold one clip's scores of all modalities against each other."""
    enough = {modality: given for modality, given in scores.items() if len(given) >= FEWEST_SCORES}
    labels = {modality: label_in_fifths(enough[modality]) if modality in enough else None for modality in Modality}
    spreads = {modality: stdev(enough[modality]) if modality in enough else None for modality in Modality}
    known = [label for label in labels.values() if label is not None]
    return Contest(
        labels=labels,
        spreads=spreads,
        widest=max((spread for spread in spreads.values() if spread is not None), default=None),
        conflict=(max(known) - min(known)) / 5 if len(known) > 1 else None,
    )
