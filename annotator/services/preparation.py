"""What prepares annotators: reference clips, a campaign's settings, and letting somebody in without calibration."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from annotator.errors import BadPreparation, ClipIsRated
from annotator.models import TOLD, Admission, Annotation, Campaign, Membership, Reference
from annotator.preparing import CHECKS, Calibration, Preparation
from annotator.selectors.preparation import calibration_pool
from annotator.services.annotators import find_member
from config.errors import Conflict, NotFound
from datasets.models import Clip
from datasets.people import record_event
from datasets.vocabulary import HIGHEST_SCORE, LOWEST_SCORE, Modality


@transaction.atomic
def set_reference(
    *,
    campaign: Campaign,
    clip: UUID,
    modality: Modality,
    use: Reference.Use,
    score: int,
    reason: str,
    although_rated: bool = False,
    actor: User | None = None,
) -> Reference:
    """Say what score a clip has in a modality, why, and what that is for; replaces what was said before.

    `although_rated` lets a score be told of a clip that annotators of this campaign are asked to rate themselves.
    Raises NotFound, BadPreparation or ClipIsRated.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)  # references are counted, one after the other
    if not Clip.objects.filter(project=campaign.project_id, pk=clip).exclude(file="").exists():
        raise NotFound(f"“{campaign.project.name}” has no clip {clip} that can be shown.")
    if not LOWEST_SCORE <= score <= HIGHEST_SCORE:
        raise BadPreparation(f"{score} is not on the scale: a score is a whole number from {LOWEST_SCORE} to +3.")
    if not reason.strip():
        raise BadPreparation("Say why: annotators learn from it what the score means.")
    check_use(campaign, clip, modality, use, although_rated=although_rated)
    reference = Reference.objects.create(
        campaign=campaign, clip_id=clip, modality=modality, use=use, score=score, reason=reason.strip(), made_by=actor
    )
    check_calibration(campaign, Preparation.from_record(campaign.preparation))
    record_event(
        verb="set reference", subject=campaign.name, project=campaign.project, actor=actor,
        clip=str(clip), modality=modality, use=use, score=score, reason=reason.strip(),
    )  # fmt: skip
    return reference


def check_use(campaign: Campaign, clip: UUID, modality: Modality, use: Reference.Use, *, although_rated: bool) -> None:
    """Raise where a score would be told of a clip that is rated here, or somebody be tested by a clip in vain."""
    rated = campaign.campaign_clips.filter(clip=clip).exists()
    if use == Reference.Use.GOLD and not rated:
        raise BadPreparation(f"A gold clip is rated like any other, and this one is not part of “{campaign.name}”.")
    if use == Reference.Use.GOLD and campaign.references.filter(clip=clip, modality=modality, use__in=TOLD).exists():
        raise BadPreparation("The score of this clip has been told to annotators, so that it can test nobody any more.")
    if use in TOLD and rated and not although_rated:
        raise ClipIsRated(
            f"Annotators of “{campaign.name}” rate this clip themselves, and would be told its score before. Choose "
            "a clip outside the campaign, or say that it is meant (although_rated)."
        )


def check_calibration(campaign: Campaign, settings: Preparation) -> None:
    """Raise BadPreparation where a calibration asks for more reference clips than there are."""
    for modality, wanted in settings.calibration.items():
        there = calibration_pool(campaign, modality).count()
        if there < wanted.clips:
            raise BadPreparation(
                f"The calibration of {modality} asks for {wanted.clips} clips and “{campaign.name}” has {there}: give "
                "more reference clips, or set a smaller number."
            )


@transaction.atomic
def change_preparation(
    *,
    campaign: Campaign,
    gap_hours: float | None = None,
    checks: bool | None = None,
    calibration: Mapping[Modality, Calibration | None] | None = None,
    actor: User | None = None,
) -> Campaign:
    """Change single settings of what comes before a stage; a calibration of None is switched off.

    Checks that are switched on close no stage to whom has begun it: answers may be on their way.
    """
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    before = Preparation.from_record(locked.preparation)
    settings = before.changed(gap_hours=gap_hours, checks=checks, calibration=calibration)
    check_calibration(campaign, settings)
    campaign.preparation = settings.as_record()
    Campaign.objects.filter(pk=campaign.pk).update(preparation=campaign.preparation)
    if settings.checks and not before.checks:
        count_begun_as_checked(campaign)
    record_event(
        verb="changed preparation", subject=campaign.name, project=campaign.project, actor=actor,
        before=before.as_record(), after=campaign.preparation,
    )  # fmt: skip
    return campaign


def count_begun_as_checked(campaign: Campaign) -> None:
    """Take stages in which annotators have answered in the browser as checked. In a transaction."""
    asked = [modality for modality in Modality if CHECKS[modality]]
    for member in campaign.memberships.select_for_update().order_by("pk"):
        given = Annotation.objects.filter(assignment__membership=member, origin=Annotation.Origin.BROWSER)
        begun = given.filter(assignment__modality__in=asked).values_list("assignment__modality", flat=True).distinct()
        Membership.objects.filter(pk=member.pk).update(checked=sorted({*member.checked, *begun}))


@transaction.atomic
def let_in(
    *, campaign: Campaign, pseudonym: str, modality: Modality, reason: str, actor: User | None = None
) -> Admission:
    """Open a stage to an annotator without its calibration, for a reason; Conflict when they are in already."""
    member = find_member(campaign, pseudonym)
    if not reason.strip():
        raise BadPreparation("Say why: the reason is kept beside the calibration.")
    if not admit(member, modality):
        raise Conflict(f"{pseudonym} is let into the {modality} stage already.")
    record_event(
        verb="let in", subject=campaign.name, project=campaign.project, actor=actor,
        annotator=pseudonym, modality=modality, reason=reason.strip(),
    )  # fmt: skip
    return Admission.objects.create(membership=member, modality=modality, reason=reason.strip(), made_by=actor)


def admit(member: Membership, modality: Modality) -> bool:
    """Note in the membership that a calibration is behind it; False when it was before. In a transaction."""
    locked = Membership.objects.select_for_update().get(pk=member.pk)
    if modality in locked.admitted:
        return False
    member.admitted = [*locked.admitted, str(modality)]
    Membership.objects.filter(pk=member.pk).update(admitted=member.admitted)
    return True
