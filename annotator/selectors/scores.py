"""The scores of a campaign that count now, and the clips that wait for more."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from annotator.aggregation.trimmed_mean import FEWEST_SCORES
from annotator.models import Annotation, Assignment, Campaign, Membership
from annotator.selectors.consistency import gold_scores
from datasets.rows import Cell, Keys, read_rows
from datasets.vocabulary import Modality

Place = tuple[UUID, str]  # clip and modality

SIMULATED = str(Annotation.Origin.SIMULATED)


def complete_scores(campaign: Campaign, modality: Modality | None = None) -> dict[Place, list[dict[str, Any]]]:
    """Scores per clip and modality, where everybody who is asked has answered and there are enough for a label."""
    return complete_of(campaign, *collect_scores(campaign, modality=modality))


def complete_of(
    campaign: Campaign, scores: Mapping[Place, list[dict[str, Any]]], waiting: set[Place]
) -> dict[Place, list[dict[str, Any]]]:
    """Those of the scores that make labels: nobody is waited for, there are enough, and no gold clip set aside."""
    waiting = waiting | set_aside(campaign)
    return {place: given for place, given in scores.items() if place not in waiting and len(given) >= FEWEST_SCORES}


def set_aside(campaign: Campaign) -> set[Place]:
    """Gold clips that get no label of their scores, as the campaign's admin has it; none unless told so."""
    return set() if campaign.gold_counts else set(gold_scores(campaign))


def collect_scores(
    campaign: Campaign, *, clip: UUID | None = None, modality: Modality | None = None
) -> tuple[dict[Place, list[dict[str, Any]]], set[Place]]:
    """The scores that count, in the order of the annotators (the shape of `Label.scores`), and what waits for more.

    Of all clips and modalities, or of one. Whoever could not judge a clip leaves it waiting until somebody decides.
    Excluded annotators' scores are kept in their rows and are no part of it.
    """
    pseudonyms = dict(campaign.memberships.exclude(state__in=Membership.AWAY).values_list("pk", "pseudonym"))
    asked = Assignment.objects.counting().filter(membership__in=list(pseudonyms))
    if clip:
        asked = asked.filter(clip=clip)
    if modality:
        asked = asked.filter(modality=modality)
    rows = asked.order_by("membership").values_list(
        "clip_id", "modality", "membership_id", "current__score", "current__seconds", "current__plays",
        "current__origin",
    )  # fmt: skip
    # Known by the driver's keys at first: a UUID is slow to hash, and there are many scores to each.
    scores: dict[tuple[Cell, str], list[dict[str, Any]]] = defaultdict(list)
    waiting: set[tuple[Cell, str]] = set()
    for key, stage, membership, score, seconds, plays, origin in read_rows(rows):
        if score is None:
            waiting.add((key, stage))
            continue
        scores[key, stage].append(
            {
                "annotator": pseudonyms[membership],
                "score": score,
                "seconds": seconds,
                "plays": plays,
                "simulated": origin == SIMULATED,
            }
        )
    keys = Keys()
    return (
        {(keys[key], stage): given for (key, stage), given in scores.items()},
        {(keys[key], stage) for key, stage in waiting},
    )
