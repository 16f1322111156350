"""What an annotator may do now: their stages, the clips that can be shown, their last answer."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from annotator.errors import StageLocked
from annotator.models import Annotation, Assignment, Membership, Progress, Rendition
from annotator.scheduling import Stage, open_stage
from annotator.selectors.gates import closed_by
from annotator.selectors.loop import last_answered, progress_of
from annotator.shown import plays_file
from config.errors import Conflict
from datasets.vocabulary import Modality


def stages_of(membership: Membership) -> list[Stage]:
    """How far this annotator is in every stage of every batch."""
    return [Stage(batch, Modality(modality), done, total) for batch, modality, done, total in progress_of(membership)]


def stages_by_membership(memberships: Iterable[Membership]) -> dict[int, list[Stage]]:
    """The same for several annotators at once, in one query."""
    kept = Progress.objects.filter(membership__in=memberships)
    stages = defaultdict(list)
    for membership, batch, modality, done, total in kept.values_list(
        "membership", "batch", "modality", "done", "total"
    ):
        stages[membership].append(Stage(batch=batch, modality=Modality(modality), done=done, total=total))
    return stages


def showable(assignments: QuerySet[Assignment], membership: Membership, modality: Modality) -> QuerySet[Assignment]:
    """Those whose rendition is made and may be shown; all of them in a stage that plays nothing."""
    if not plays_file(modality):
        return assignments
    served = Rendition.objects.filter(
        clip=OuterRef("clip"),
        modality=modality,
        isolation_digest=membership.campaign.isolation_digest,
    ).served()
    return assignments.filter(Exists(served))


def withheld(assignments: QuerySet[Assignment], membership: Membership, modality: Modality) -> int:
    """How many cannot be shown before an admin has decided: their rendition is made and failed its audit."""
    failed = Rendition.objects.filter(
        clip=OuterRef("clip"),
        modality=modality,
        isolation_digest=membership.campaign.isolation_digest,
    ).withheld()
    return assignments.filter(Exists(failed)).count()


def shown_rendition(assignment: Assignment) -> Rendition | None:
    """The file that this assignment plays; None while there is none that may be shown."""
    digest = assignment.membership.campaign.isolation_digest
    made = Rendition.objects.filter(clip=assignment.clip_id, modality=assignment.modality, isolation_digest=digest)
    return made.served().first()


def last_answer(membership: Membership) -> Assignment | None:
    """The assignment that this annotator answered last, in any stage; None where an import came after it."""
    answered = Assignment.objects.filter(membership=membership, current__isnull=False)
    latest = answered.select_related("current", "clip").order_by("-current_id").first()
    if latest is None or latest.current is None or latest.current.origin != Annotation.Origin.BROWSER:
        return None
    return latest


def is_last_answer(assignment: Assignment) -> bool:
    """Whether it is what its annotator answered last."""
    latest = last_answered(assignment.membership)
    return latest is not None and latest.assignment == assignment.pk


def not_to_be_answered(assignment: Assignment) -> Conflict | None:
    """Why it may not be answered now; None when it may.

    It may when its stage is open and nothing comes before it, or when it is the last answer, which may be taken back
    until the next one is given.
    """
    opened = open_stage(stages_of(assignment.membership))
    if opened and (opened.batch, opened.modality) == (assignment.batch, assignment.modality):
        return closed_by(assignment.membership, opened)
    if is_last_answer(assignment):
        return None
    return StageLocked(f"The {assignment.modality} stage is not open for this clip now.")
