"""Writing the scores of a file: piece by piece, each in a transaction of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from annotator.errors import CampaignNotOpen
from annotator.foreign_scores import Layout, Row, layout_of, read_scores
from annotator.models import Annotation, Assignment, Campaign
from annotator.score_rows import Asked, Wanted, subject_of
from annotator.services.progress import count_first_answers
from config.errors import DomainError
from config.sentences import sentence
from datasets.ingest.rejections import Rejections
from datasets.ingest.rows import BadRow
from datasets.people import record_event
from datasets.rows import Keys, in_pieces, read_rows, write_rows
from datasets.runner import Cancelled
from datasets.watching import Watch

# Others wait to write while a transaction lasts, so each takes in no more rows than these.
ROWS_AT_ONCE = 5000


@dataclass(frozen=True)
class ScoreImport:
    """How a file of scores is to be read.

    `columns` gives, by our name of a column, the name that the table uses where it is another. A dry run tells what
    would happen and writes nothing. `simulated` marks scores made by a program.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose stage an assignment is in, and the answer that counts for it now."""

    member: int
    batch: int
    modality: str
    annotation: int | None
    score: int | None


@dataclass
class Counts:
    """How many scores were added, replaced earlier ones, or were there already."""

    added: int = 0
    superseded: int = 0
    unchanged: int = 0


def require_taking_scores(campaign: Campaign) -> None:
    """Raise CampaignNotOpen while a campaign takes no scores from files. Stages need not be open.

    Whoever imports vouches for the order.
    """
    if campaign.state == Campaign.State.CLOSED:
        raise CampaignNotOpen(f"“{campaign.name}” is closed: it takes no more scores.")
    if campaign.state == Campaign.State.MAKING:
        raise CampaignNotOpen(f"“{campaign.name}” is still being made: import its scores when it is open.")


class Importing:
    """One import: pieces of the file, each written in a transaction of its own.

    Nothing is written before the whole file was found to be readable. What an earlier attempt of the same `batch`
    wrote is counted and not written again. A cancel leaves the pieces that are in.
    """

    def __init__(
        self,
        campaign: Campaign,
        how: ScoreImport,
        rejections: Rejections,
        *,
        batch: UUID | None = None,
        actor: User | None = None,
    ) -> None:
        self.campaign, self.how, self.rejections, self.actor = campaign, how, rejections, actor
        self.batch = (batch or uuid4()).hex
        self.origin = Annotation.Origin.SIMULATED if how.simulated else Annotation.Origin.IMPORT
        self.counts = Counts()
        self.encoding = ""

    def run(self, path: Path, watch: Watch) -> None:
        """Take in a file; a score that differs from the present one supersedes it."""
        require_taking_scores(self.campaign)
        layout = layout_of(path)
        self.encoding = layout.encoding_name
        total = count_rows(path, layout, self.how, watch)
        asked, done = asked_of(self.campaign), 0
        try:
            for rows in in_pieces(read_scores(path, layout, self.how.columns), ROWS_AT_ONCE):
                self.take(read_piece(rows, asked, self.rejections, first=done + 1), watch)
                done += len(rows)
                watch.progress(done, total)
        except (Cancelled, DomainError):
            self.record(watch)
            raise
        self.record(watch)

    def take(self, wanted: Sequence[Wanted], watch: Watch) -> None:
        """Write what some rows want, or with a dry run see what would be written."""
        if self.how.dry_run:
            self.changes(wanted, standing_of(wanted, locked=False))
            return
        with watch.commit():
            require_taking_scores(Campaign.objects.get(pk=self.campaign.pk))
            self.write(self.unwritten(wanted))

    def key(self, number: int) -> str:
        """The same for a row at every attempt."""
        return f"import:{self.batch}:{number}"

    def unwritten(self, wanted: Sequence[Wanted]) -> list[Wanted]:
        """What an earlier attempt of this import did not get to; what it wrote is counted."""
        keys = [self.key(each.number) for each in wanted]
        there = Annotation.objects.filter(idempotency_key__in=keys)
        written = dict(there.values_list("idempotency_key", "supersedes_id"))
        self.counts.added += sum(before is None for before in written.values())
        self.counts.superseded += sum(before is not None for before in written.values())
        return [each for each in wanted if self.key(each.number) not in written]

    def changes(self, wanted: Sequence[Wanted], standing: Mapping[UUID, Standing]) -> list[Wanted]:
        """Those that differ from the score that counts now; all are counted."""
        changed = []
        for each in wanted:
            now = standing[each.assignment]
            if now.score == each.score:
                self.counts.unchanged += 1
                continue
            self.counts.added += now.annotation is None
            self.counts.superseded += now.annotation is not None
            changed.append(each)
        return changed

    def write(self, wanted: Sequence[Wanted]) -> None:
        """The answers, what they make current, and the counts of what is done; in a transaction."""
        standing = standing_of(wanted, locked=True)
        changed = self.changes(wanted, standing)
        if not changed:
            return
        answers = (
            (each.assignment, each.score, standing[each.assignment].annotation, self.key(each.number))
            for each in changed
        )
        constant = {"origin": self.origin, "created_at": timezone.now()}
        write_rows(Annotation, ["assignment", "score", "supersedes", "idempotency_key"], answers, constant=constant)
        latest = Annotation.objects.filter(assignment=OuterRef("pk")).order_by("-pk").values("pk")[:1]
        answered = Assignment.objects.filter(pk__in=[each.assignment for each in changed])
        answered.update(current=Subquery(latest))
        count_first_answers(
            (now.member, now.batch, now.modality)
            for now in (standing[each.assignment] for each in changed)
            if now.annotation is None
        )

    def record(self, watch: Watch) -> None:
        """Add what went in to the project's record of changes."""
        if self.how.dry_run:
            return
        with watch.commit():
            record_event(
                verb="imported annotations", subject=self.campaign.name, project=self.campaign.project,
                actor=self.actor, added=self.counts.added, superseded=self.counts.superseded,
                bad_rows=self.rejections.count, simulated=self.how.simulated,
            )  # fmt: skip

    def report(self) -> dict[str, Any]:
        """What became of the rows so far."""
        return {
            "campaign": str(self.campaign.pk),
            **vars(self.counts),
            **self.rejections.as_json(),
            "encoding": self.encoding,
            "dry_run": self.how.dry_run,
        }


def count_rows(path: Path, layout: Layout, how: ScoreImport, work: Watch) -> int:
    """Rows in a file; BadTable or TableError for what is wrong with the file as a whole."""
    count = 0
    for rows in in_pieces(read_scores(path, layout, how.columns), ROWS_AT_ONCE):
        count += len(rows)
        work.progress(0, count, sentence("rows_read", "{count} rows looked through", count=count))
    return count


def read_piece(rows: Sequence[tuple[int, Row]], asked: Asked, rejections: Rejections, *, first: int) -> list[Wanted]:
    """The good ones among some rows, the first of which is the table's row number `first`."""
    wanted = []
    for number, (line, row) in enumerate(rows, start=first):
        try:
            wanted.append(asked.read(row, line, number))
        except BadRow as bad:
            rejections.add(line, subject_of(row), bad)
    return wanted


def asked_of(campaign: Campaign) -> Asked:
    """Everything that is asked in the campaign; a file gives one score a clip: repeats are answered in the browser."""
    clips = Keys()
    places = campaign.campaign_clips.order_by("pk")
    names = list(places.values_list("clip__source__video_id", "clip__clip_id"))
    by_clip = {pk: place for place, pk in enumerate(places.values_list("clip_id", flat=True))}
    members = list(campaign.memberships.order_by("pk").values_list("pk", "annotator__username", "state"))
    people = {pk: place for place, (pk, _, _) in enumerate(members)}
    asked = Asked(names, [(name, state) for _, name, state in members])
    rows = Assignment.objects.counting().filter(membership__campaign=campaign)
    for clip, modality, member, key in read_rows(rows.values_list("clip_id", "modality", "membership_id", "pk")):
        pk = key if isinstance(key, UUID) else UUID(key)
        asked.put(by_clip[clips[clip]], modality, people[member], pk)
    return asked


def standing_of(wanted: Sequence[Wanted], *, locked: bool) -> dict[UUID, Standing]:
    """How the assignments stand; locked until the transaction ends."""
    if not wanted:
        return {}
    asked = Assignment.objects.filter(pk__in=[each.assignment for each in wanted]).order_by("pk")
    if locked:
        asked = asked.select_for_update(of=("self",))
    columns = ("pk", "membership_id", "batch", "modality", "current_id", "current__score")
    keys = Keys()
    return {keys[key]: Standing(*facts) for key, *facts in read_rows(asked.values_list(*columns))}
