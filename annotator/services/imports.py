"""Scores from a CSV table: every good row goes in, every bad one is reported with its line and reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from annotator.errors import CampaignNotOpen
from annotator.foreign_scores import COLUMNS, read_scores
from annotator.models import Annotation, Assignment, Campaign, Membership
from annotator.services.progress import recount
from config.collector import paused_collector
from datasets.people import record_event
from datasets.rows import Keys, read_rows, write_rows
from datasets.vocabulary import HIGHEST_SCORE, LOWEST_SCORE, Modality

# As people write them: -3 … 3, and +1, +2, +3.
SCORES = {sign: score for score in range(LOWEST_SCORE, HIGHEST_SCORE + 1) for sign in (str(score), f"{score:+d}")}
# (video_id, clip_id, modality, annotator's user name), as the table names an assignment
Place = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Answered:
    """An assignment and the answer that counts for it now."""

    assignment: UUID
    annotation: int | None
    score: int | None


@dataclass
class ImportReport:
    """How many scores were added, replaced earlier ones, or were there already; and the rows left out, by line."""

    added: int = 0
    superseded: int = 0
    unchanged: int = 0
    bad_rows: list[dict[str, Any]] = field(default_factory=list)  # {"line": from 1 with the header, "reason": …}


class BadRow(Exception):
    """Why a row cannot go in."""


class Reading:
    """The rows of one table, read against what the campaign holds and what the table said before."""

    def __init__(self, places: Mapping[Place, Answered]) -> None:
        self.places = places
        self.clips = {place[:2] for place in places}
        self.lines: dict[Place, int] = {}

    def read(self, row: Mapping[str, str | None], line: int) -> tuple[Answered, int]:
        """The assignment and score that a row names; BadRow says what is wrong with it."""
        video_id, clip_id, modality, annotator, score = ((row[column] or "").strip() for column in COLUMNS)
        if modality not in list(Modality):
            raise BadRow(f"“{modality}” is no modality; they are {', '.join(Modality)}.")
        if (video_id, clip_id) not in self.clips:
            raise BadRow(f"There is no clip {clip_id} of the video {video_id} in the campaign.")
        place = (video_id, clip_id, modality, annotator)
        if place not in self.places:
            raise BadRow(f"“{annotator}” is not an annotator of the campaign.")
        if place in self.lines:
            raise BadRow(f"The same clip, modality and annotator are on line {self.lines[place]} already.")
        if score not in SCORES:
            raise BadRow(f"“{score}” is no score; a score is a whole number from {LOWEST_SCORE} to {HIGHEST_SCORE}.")
        self.lines[place] = line
        return self.places[place], SCORES[score]


@paused_collector()
@transaction.atomic
def import_annotations(
    *,
    campaign: Campaign,
    table: str,
    columns: Mapping[str, str] | None = None,
    dry_run: bool = False,
    simulated: bool = False,
    actor: User | None = None,
) -> ImportReport:
    """Read `video_id,clip_id,modality,annotator,score`; a score that differs from the present one supersedes it.

    `columns` names a table's columns where they have other names; Label Studio's JSON is read as well. A dry run tells
    what would happen and writes nothing.

    `simulated` marks scores made by a program. Stages need not be open: whoever imports vouches for the order.
    """
    if campaign.state == Campaign.State.CLOSED:
        raise CampaignNotOpen(f"“{campaign.name}” is closed: it takes no more scores.")
    if campaign.state == Campaign.State.MAKING:
        raise CampaignNotOpen(f"“{campaign.name}” is still being made: import its scores when it is open.")
    origin = Annotation.Origin.SIMULATED if simulated else Annotation.Origin.IMPORT
    reading = Reading(places_of(campaign))
    report, batch, answers = ImportReport(), uuid4().hex, list[tuple[UUID, int, int | None, str]]()
    for line, row in read_scores(table, columns):
        try:
            known, score = reading.read(row, line)
        except BadRow as error:
            report.bad_rows.append({"line": line, "reason": str(error)})
            continue
        if known.score == score:
            report.unchanged += 1
            continue
        report.added += known.annotation is None
        report.superseded += known.annotation is not None
        answers.append((known.assignment, score, known.annotation, f"import:{batch}:{line}"))
    if dry_run:
        return report
    columns_written = ["assignment", "score", "supersedes", "idempotency_key"]
    write_rows(Annotation, columns_written, answers, constant={"origin": origin, "created_at": timezone.now()})
    if answers:
        point_at_latest(campaign)
        recount(campaign.memberships.exclude(state=Membership.State.JOINING))
    record_event(
        verb="imported annotations", subject=campaign.name, project=campaign.project, actor=actor,
        added=report.added, superseded=report.superseded, bad_rows=len(report.bad_rows), simulated=simulated,
    )  # fmt: skip
    return report


def places_of(campaign: Campaign) -> dict[Place, Answered]:
    """Every assignment of the campaign by the words that a table uses, locked until the import is done.

    A table gives one score a clip, the first; repeats are answered in the browser alone.
    """
    locked = Assignment.objects.counting().select_for_update(of=("self",)).filter(membership__campaign=campaign)
    rows = locked.exclude(membership__state=Membership.State.JOINING).values_list(
        "clip__source__video_id", "clip__clip_id", "modality", "membership__annotator__username",
        "pk", "current_id", "current__score",
    )  # fmt: skip
    keys, one = Keys(), dict[str, str]()  # one text for all assignments of a clip, a stage or a person
    return {
        tuple(one.setdefault(word, word) for word in row[:4]): Answered(keys[row[4]], *row[5:])  # type: ignore[misc]
        for row in read_rows(rows)
    }


def point_at_latest(campaign: Campaign) -> None:
    """Make each assignment's latest answer the one that counts."""
    latest = Annotation.objects.filter(assignment=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    Assignment.objects.filter(membership__campaign=campaign).update(current=Subquery(latest))
