"""The scores of a campaign that count now, and the clips that wait for more."""

from array import array
from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import Case, F, QuerySet, When
from django.db.models.functions import Coalesce

from annotator.aggregation.trimmed_mean import FEWEST_SCORES
from annotator.models import Annotation, Assignment, Campaign, Membership
from annotator.selectors.consistency import gold_scores
from datasets.rows import Cell, as_key, read_blocks
from datasets.vocabulary import Modality

Place = tuple[UUID, str]  # clip and modality

STAGES = {str(modality): number for number, modality in enumerate(Modality)}
# What is kept of an answer, and as which type of `array`.
COLUMNS = {
    "clip": "i", "stage": "b", "membership": "q", "score": "b", "seconds": "d", "plays": "q", "simulated": "b",
}  # fmt: skip
NOTHING = -100  # as a score, seconds or plays
FEW_ROWS = 50_000
ROWS_PASSED_BY = 8  # are passed by in the time in which an index leads to one


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


class Answers:
    """Scores that count, as they are read: a number for each cell of a row, since there may be a million of them."""

    def __init__(self, pseudonyms: Mapping[int, str]) -> None:
        self.pseudonyms = pseudonyms  # by membership
        self.clips = Numbered()  # by the driver's keys
        self.columns = {name: array(kind) for name, kind in COLUMNS.items()}

    def read(self, rows: "QuerySet[Any, tuple[Any, ...]]") -> None:
        """Take in rows of a query for COLUMNS; what is worked out of them is for afterwards (config.moment)."""
        into = self.columns.values()
        for block in read_blocks(rows):
            clips, stages, *others = zip(*block, strict=True)
            numbers = [map(self.clips.__getitem__, clips), map(STAGES.__getitem__, stages), *others]
            for column, cells in zip(into, numbers, strict=True):
                column.extend(cells)

    def scores(self, modality: Modality | None = None) -> tuple[dict[Place, list[dict[str, Any]]], set[Place]]:
        """Of all modalities or one: scores by place in the shape of `Label.scores`, and the places that wait.

        Scores of a place are in the order of the annotators.
        """
        keys = [as_key(cell) for cell in self.clips]
        columns = {name: np.array(column) for name, column in self.columns.items()}
        asked = np.ones(len(columns["stage"]), bool) if modality is None else columns["stage"] == STAGES[modality]
        answered = columns["score"] != NOTHING
        names = [str(stage) for stage in STAGES]
        open_places = (columns[name][asked & ~answered].tolist() for name in ("clip", "stage"))
        waiting = {(keys[clip], names[stage]) for clip, stage in zip(*open_places, strict=True)}
        rows = np.flatnonzero(asked & answered)
        rows = rows[np.lexsort([columns[name][rows] for name in ("membership", "clip", "stage")])]
        entries = zip(*(column[rows].tolist() for column in columns.values()), strict=True)
        found = {
            (keys[clip], names[stage]): [
                {
                    "annotator": self.pseudonyms[membership],
                    "score": score,
                    "seconds": None if seconds == NOTHING else seconds,
                    "plays": None if plays == NOTHING else plays,
                    "simulated": bool(simulated),
                }
                for _, _, membership, score, seconds, plays, simulated in given
            ]
            for (clip, stage), given in groupby(entries, itemgetter(0, 1))
        }
        return found, waiting


class Numbered(dict[Cell, int]):
    """Cells, each with the number of those before it."""

    def __missing__(self, cell: Cell) -> int:
        self[cell] = number = len(self)
        return number


def read_answers(campaign: Campaign, *, clip: UUID | None = None, modality: Modality | None = None) -> Answers:
    """What `collect_scores` tells, as the database has it."""
    pseudonyms = dict(campaign.memberships.exclude(state__in=Membership.AWAY).values_list("pk", "pseudonym"))
    asked = Assignment.objects.counting()
    if clip:
        asked = asked.filter(clip=clip)
    if modality:
        asked = asked.filter(modality=modality)
    if clip is None and is_much_of_all(campaign, len(pseudonyms)):
        asked = asked.alias(by=F("membership_id") + 0).filter(by__in=list(pseudonyms))
    else:
        asked = asked.filter(membership__in=list(pseudonyms))
    answers = Answers(pseudonyms)
    answers.read(
        asked.order_by().values_list(
            "clip_id",
            "modality",
            "membership_id",
            Coalesce("current__score", NOTHING),
            Coalesce("current__seconds", float(NOTHING)),
            Coalesce("current__plays", NOTHING),
            Case(When(current__origin=Annotation.Origin.SIMULATED, then=1), default=0),
        )
    )
    return answers


def is_much_of_all(campaign: Campaign, members: int) -> bool:
    """Whether the campaign's assignments are so many of all that SQLite is to read these one after the other.

    Left alone it goes by the index of memberships, which leads all over the table and takes twice as long. PostgreSQL
    decides well.
    """
    if connection.vendor != "sqlite":
        return False
    assignments = campaign.campaign_clips.count() * len(Modality) * members
    return assignments > FEW_ROWS and assignments * ROWS_PASSED_BY > Assignment.objects.count()
