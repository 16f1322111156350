"""What an annotator may do now: their memberships, their stages, the next clips, their last answer."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, QuerySet

from annotator.models import Annotation, Assignment, Membership, Rendition
from annotator.scheduling import Stage, open_stage
from annotator.shown import plays_file
from datasets.models import Role
from datasets.people import projects_of
from datasets.vocabulary import Modality


def memberships_of(user: User) -> QuerySet[Membership]:
    """The campaigns that this person labels in, as long as they are an annotator of the project and not excluded."""
    projects = projects_of(user, (Role.Kind.ANNOTATOR,))
    mine = Membership.objects.filter(annotator=user, campaign__project__in=projects)
    return mine.exclude(state=Membership.State.EXCLUDED).select_related("campaign")


def assignments_of(user: User) -> QuerySet[Assignment]:
    """What this person, and nobody else, is asked to rate."""
    mine = Assignment.objects.filter(membership__in=memberships_of(user).values("pk"))
    return mine.select_related("membership__campaign")


def stages_of(membership: Membership) -> list[Stage]:
    """How far this annotator is in every stage of every batch."""
    return stages_by_membership([membership])[membership.pk]


def stages_by_membership(memberships: Iterable[Membership]) -> dict[int, list[Stage]]:
    """The same for several annotators at once, in one query."""
    counted = (
        Assignment.objects.filter(membership__in=memberships)
        .values_list("membership", "modality", "batch")
        .annotate(total=Count("pk"), done=Count("current"))
        .order_by()
    )
    stages = defaultdict(list)
    for membership, modality, batch, total, done in counted:
        stages[membership].append(Stage(batch=batch, modality=Modality(modality), done=done, total=total))
    return stages


def unanswered(membership: Membership, stage: Stage) -> QuerySet[Assignment]:
    """What is left to rate in a stage, in this annotator's own order."""
    left = Assignment.objects.filter(
        membership=membership, modality=stage.modality, batch=stage.batch, current__isnull=True
    )
    return left.order_by("position")


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


def may_answer(assignment: Assignment) -> bool:
    """Whether its stage is open, or it is the last answer, which may be taken back until the next one is given."""
    opened = open_stage(stages_of(assignment.membership))
    if opened and (opened.batch, opened.modality) == (assignment.batch, assignment.modality):
        return True
    return last_answer(assignment.membership) == assignment
