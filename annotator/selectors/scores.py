"""The scores of a campaign that count now, and the clips that wait for more."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from annotator.aggregation.trimmed_mean import FEWEST_SCORES
from annotator.models import Annotation, Assignment, Campaign, Membership

Place = tuple[UUID, str]  # clip and modality


def complete_scores(campaign: Campaign) -> dict[Place, list[dict[str, Any]]]:
    """Scores per clip and modality, where everybody who is asked has answered and there are enough for a label."""
    return complete_of(*collect_scores(campaign))


def complete_of(scores: Mapping[Place, list[dict[str, Any]]], waiting: set[Place]) -> dict[Place, list[dict[str, Any]]]:
    """Those of the scores that a label can be made of: nobody is waited for, and there are enough."""
    return {place: given for place, given in scores.items() if place not in waiting and len(given) >= FEWEST_SCORES}


def collect_scores(
    campaign: Campaign, clip: UUID | None = None
) -> tuple[dict[Place, list[dict[str, Any]]], set[Place]]:
    """The scores that count, in the order of the annotators (the shape of `Label.scores`), and what waits for more.

    Of all clips, or of one. Whoever could not judge a clip leaves it waiting until somebody decides.
    Excluded annotators' scores are kept in their rows and are no part of it.
    """
    asked = Assignment.objects.filter(membership__campaign=campaign)
    asked = asked.exclude(membership__state=Membership.State.EXCLUDED)
    if clip:
        asked = asked.filter(clip=clip)
    rows = asked.order_by("membership").values_list(
        "clip_id", "modality", "membership__pseudonym", "current__score", "current__seconds", "current__plays",
        "current__origin",
    )  # fmt: skip
    scores: dict[Place, list[dict[str, Any]]] = defaultdict(list)
    waiting: set[Place] = set()
    for rated, modality, pseudonym, score, seconds, plays, origin in rows.iterator(chunk_size=10_000):
        if score is None:
            waiting.add((rated, modality))
            continue
        scores[rated, modality].append(
            {
                "annotator": pseudonym,
                "score": score,
                "seconds": seconds,
                "plays": plays,
                "simulated": origin == Annotation.Origin.SIMULATED,
            }
        )
    return scores, waiting
