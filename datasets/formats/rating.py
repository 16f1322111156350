"""How the labels of a version came about: how many people rated, how often, and how well they agree."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from datasets.agreement import Estimate, krippendorff_alpha, rating_table
from datasets.manifest import FrozenClip
from datasets.vocabulary import Modality


@dataclass(frozen=True)
class Rating:
    """Facts about the annotations of a version; all zero for a version whose labels were imported ready."""

    annotators: int = 0
    annotations: int = 0
    per_label: Mapping[int, int] = field(default_factory=dict)  # scores behind a label -> number of such labels
    alpha: Mapping[Modality, Estimate | None] = field(default_factory=dict)  # interval Krippendorff's α


def describe_rating(clips: Sequence[FrozenClip]) -> Rating:
    """Count the scores of a version, and measure agreement in each modality that has any."""
    lists = [(modality, scores) for clip in clips for modality, scores in clip.scores.items() if scores]
    return Rating(
        annotators=len({score.annotator for _, scores in lists for score in scores}),
        annotations=sum(len(scores) for _, scores in lists),
        per_label=dict(sorted(Counter(len(scores) for _, scores in lists).items())),
        alpha={
            modality: krippendorff_alpha(
                rating_table(
                    {score.annotator: score.score for score in scores} for each, scores in lists if each is modality
                )
            )
            for modality in Modality
            if any(each is modality for each, _ in lists)
        },
    )
