"""What every loop of labeling asks of the database: queries that the ORM writes once, then asked with other values.

To have them written anew each time took more than half of a loop.
"""

from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet

from annotator.models import Annotation, Assignment, Membership, Progress, Rendition
from annotator.selectors.rights import assignments_of, memberships_of
from annotator.shown import plays_file
from config.compiled import Compiled
from datasets.vocabulary import Modality

CLIPS_AHEAD = 4
# What is read of an assignment for every answer; all else of these rows would be read for nothing.
READ = (
    "modality", "batch", "current", "clip__transcript", "clip__seconds",
    "membership__annotator", "membership__state", "membership__admitted", "membership__checked",
    "membership__campaign__name", "membership__campaign__state", "membership__campaign__isolation_digest",
    "membership__campaign__preparation",
)  # fmt: skip


class Upcoming(NamedTuple):
    """A clip that is left to rate, and whether a rendition of it passed its audit."""

    assignment: UUID
    position: int
    transcript: str
    passed: bool = True


class LastAnswer(NamedTuple):
    """The assignment that was answered last."""

    assignment: UUID
    modality: str
    origin: str


def membership_of(user: User, campaign: UUID) -> Membership | None:
    """This person's part in a campaign; None when they have none."""
    member = MEMBERSHIP[user.is_superuser].first(user=user.pk, campaign=campaign)
    if member:
        member.annotator = user
    return member


def locked_assignment(user: User, assignment: UUID) -> Assignment | None:
    """One of this person's own assignments with all that an answer is checked against, locked by this transaction."""
    return ASSIGNMENT[user.is_superuser].first(user=user.pk, assignment=assignment)


def answer_with(key: str) -> Annotation | None:
    """What an idempotency key stored before."""
    return KEY.first(key=key)


def progress_of(membership: Membership) -> list[tuple[int, str, int, int]]:
    """Batch, modality, done and total of every stage of an annotator."""
    return PROGRESS.ask(membership=membership.pk)


def last_answered(membership: Membership) -> LastAnswer | None:
    """What this annotator answered last, in any stage; None where an import came after it."""
    latest = LATEST.first(membership=membership.pk)
    return LastAnswer(*latest) if latest and latest[-1] == Annotation.Origin.BROWSER else None


def first_unanswered(membership: Membership, modality: Modality, batch: int) -> list[Upcoming]:
    """The next few clips of a stage, whether or not they can be shown."""
    values = {"membership": membership.pk, "modality": modality.value, "batch": batch}
    if not plays_file(modality):
        return [Upcoming(*row) for row in NEXT_WORDS.ask(**values)]
    return [Upcoming(*row) for row in NEXT_FILES.ask(**values, digest=membership.campaign.isolation_digest)]


def unanswered(membership: int, modality: str, batch: int) -> QuerySet[Assignment]:
    """What is left to rate in a stage, in this annotator's own order."""
    left = Assignment.objects.filter(membership=membership, modality=modality, batch=batch, current__isnull=True)
    return left.order_by("position")


def _own_membership(user: User, campaign: UUID) -> QuerySet[Membership]:
    return memberships_of(user).filter(campaign=campaign)


def _own_assignment(user: User, assignment: UUID) -> QuerySet[Assignment]:
    mine = assignments_of(user).filter(pk=assignment)
    return mine.select_for_update(of=("self",)).select_related("clip").only(*READ)


def _latest(membership: int) -> QuerySet[Assignment, tuple[UUID, str, str]]:
    answered = Assignment.objects.filter(membership=membership, current__isnull=False)
    return answered.order_by("-current_id").values_list("pk", "modality", "current__origin")[:1]


def _next_words(membership: int, modality: str, batch: int) -> QuerySet[Assignment, tuple[UUID, int, str]]:
    left = unanswered(membership, modality, batch)
    return left.values_list("pk", "position", "clip__transcript")[:CLIPS_AHEAD]


def _next_files(
    membership: int, modality: str, batch: int, digest: str
) -> QuerySet[Assignment, tuple[UUID, int, str, bool]]:
    made = Rendition.objects.filter(clip=OuterRef("clip"), modality=modality, isolation_digest=digest, passed=True)
    left = unanswered(membership, modality, batch).annotate(passed=Exists(made))
    return left.values_list("pk", "position", "clip__transcript", "passed")[:CLIPS_AHEAD]


# Values that stand in the queries above while the ORM writes them.
SOMEBODY, SOMETHING = 1_000_000_001, UUID(int=1)
A_MEMBERSHIP, A_BATCH, A_STAGE, A_DIGEST, A_KEY = 1_000_000_002, 1_000_000_003, "a stage", "a digest", "a key"

# Rights differ for superusers, and so do the queries that begin with them.
MEMBERSHIP = {
    every: Compiled(
        lambda user, campaign, every=every: _own_membership(User(pk=user, is_superuser=every), campaign),
        user=SOMEBODY, campaign=SOMETHING,
    )
    for every in (False, True)
}  # fmt: skip
ASSIGNMENT = {
    every: Compiled(
        lambda user, assignment, every=every: _own_assignment(User(pk=user, is_superuser=every), assignment),
        user=SOMEBODY, assignment=SOMETHING,
    )
    for every in (False, True)
}  # fmt: skip
KEY = Compiled(lambda key: Annotation.objects.filter(idempotency_key=key), key=A_KEY)
PROGRESS = Compiled(
    lambda membership: Progress.objects.filter(membership=membership).values_list("batch", "modality", "done", "total"),
    membership=A_MEMBERSHIP,
)
LATEST = Compiled(_latest, membership=A_MEMBERSHIP)
NEXT_WORDS = Compiled(_next_words, membership=A_MEMBERSHIP, modality=A_STAGE, batch=A_BATCH)
NEXT_FILES = Compiled(_next_files, membership=A_MEMBERSHIP, modality=A_STAGE, batch=A_BATCH, digest=A_DIGEST)
