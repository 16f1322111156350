"""The scores of a campaign that count now, and the clips that wait for more."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
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
    return enough_of(scores, waiting | set_aside(campaign))


def enough_of(scores: Mapping[Place, list[dict[str, Any]]], without: set[Place]) -> dict[Place, list[dict[str, Any]]]:
    """The scores of places that have enough for a label and are none of those without one."""
    return {place: given for place, given in scores.items() if place not in without and len(given) >= FEWEST_SCORES}


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
    return read_answers(campaign, clip=clip, modality=modality).scores()


@dataclass(frozen=True)
class Answers:
    """Scores that count, read by one query, in little room: there may be a million."""

    pseudonyms: Mapping[int, str]  # by membership
    # By the driver's keys, since a UUID is slow to hash; membership, score, seconds, plays, whether simulated.
    given: Mapping[tuple[Cell, str], list[tuple[int, int, float | None, int | None, bool]]]
    waiting: set[tuple[Cell, str]]

    def scores(self, modality: Modality | None = None) -> tuple[dict[Place, list[dict[str, Any]]], set[Place]]:
        """Of all modalities or one: scores by place in the shape of `Label.scores`, and the places that wait."""
        keys = Keys()
        found = {
            (keys[clip], stage): [
                {
                    "annotator": self.pseudonyms[membership],
                    "score": score,
                    "seconds": seconds,
                    "plays": plays,
                    "simulated": simulated,
                }
                for membership, score, seconds, plays, simulated in given
            ]
            for (clip, stage), given in self.given.items()
            if modality is None or stage == modality
        }
        return found, {(keys[clip], stage) for clip, stage in self.waiting if modality is None or stage == modality}


def read_answers(campaign: Campaign, *, clip: UUID | None = None, modality: Modality | None = None) -> Answers:
    """What `collect_scores` tells, as the database has it."""
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
    given: dict[tuple[Cell, str], list[tuple[int, int, float | None, int | None, bool]]] = defaultdict(list)
    waiting: set[tuple[Cell, str]] = set()
    for key, stage, membership, score, seconds, plays, origin in read_rows(rows):
        if score is None:
            waiting.add((key, stage))
        else:
            given[key, stage].append((membership, score, seconds, plays, origin == SIMULATED))
    return Answers(pseudonyms, given, waiting)
