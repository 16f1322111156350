"""Settling labels: every complete clip of a campaign at once."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from annotator.aggregation.trimmed_mean import FEWEST_SCORES, TooFewScores, label_in_fifths
from annotator.models import Annotation, Assignment, Campaign
from annotator.selectors.progress import label_origin
from datasets.models import Clip
from datasets.services.labels import SettledLabel, record_labels
from datasets.vocabulary import Modality

MOST_NAMED = 100
Place = tuple[UUID, str]


@dataclass(frozen=True)
class Settled:
    """How many labels were written, how many clips have all four, and the clips that wait for scores."""

    labels: int
    clips: int
    incomplete: int
    incomplete_clips: tuple[str, ...]  # the first hundred


@transaction.atomic
def aggregate_campaign(*, campaign: Campaign, actor: User | None = None) -> Settled:
    """Turn the scores of every clip and modality that all annotators have rated into a label."""
    annotators = campaign.memberships.count()
    if annotators < FEWEST_SCORES:
        raise TooFewScores(
            f"“{campaign.name}” has {annotators} annotator(s), and a label needs the scores of {FEWEST_SCORES}."
        )
    complete = {place: scores for place, scores in collect_scores(campaign).items() if len(scores) == annotators}
    rows = [
        SettledLabel(clip, Modality(modality), label_in_fifths([each["score"] for each in scores]), scores)
        for (clip, modality), scores in complete.items()
    ]
    labels = record_labels(project=campaign.project, rows=rows, origin=label_origin(campaign), actor=actor)
    waiting = waiting_clips(campaign, complete)
    named = Clip.objects.filter(pk__in=waiting[:MOST_NAMED]).select_related("source").order_by("order")
    clips = campaign.campaign_clips.count() - len(waiting)
    return Settled(labels, clips, len(waiting), tuple(str(clip) for clip in named))


def collect_scores(campaign: Campaign) -> dict[Place, list[dict[str, Any]]]:
    """The scores that count, per clip and modality, in the order of the annotators (the shape of `Label.scores`)."""
    answered = Assignment.objects.filter(membership__campaign=campaign, current__isnull=False)
    rows = answered.order_by("membership").values_list(
        "clip_id", "modality", "membership__pseudonym", "current__score", "current__seconds", "current__plays",
        "current__origin",
    )  # fmt: skip
    scores: dict[Place, list[dict[str, Any]]] = defaultdict(list)
    for clip, modality, pseudonym, score, seconds, plays, origin in rows.iterator(chunk_size=10_000):
        scores[clip, modality].append(
            {
                "annotator": pseudonym,
                "score": score,
                "seconds": seconds,
                "plays": plays,
                "simulated": origin == Annotation.Origin.SIMULATED,
            }
        )
    return scores


def waiting_clips(campaign: Campaign, complete: Mapping[Place, object]) -> list[UUID]:
    """The campaign's clips that lack a score in some modality, in the project's order."""
    clips = campaign.campaign_clips.order_by("clip__order").values_list("clip_id", flat=True)
    return [clip for clip in clips if any((clip, modality.value) not in complete for modality in Modality)]
