"""Which file a signed address may open now."""

from django.contrib.auth.models import AnonymousUser, User

from annotator.errors import MediaRefused
from annotator.models import TOLD, Campaign, Reference
from annotator.selectors.gates import calibrating_stage, entered_stage
from annotator.selectors.preparation import served_renditions
from annotator.selectors.rights import assignments_of, memberships_of
from annotator.selectors.work import not_to_be_answered, shown_rendition, stages_of
from annotator.tokens import read_token
from config.errors import Conflict
from datasets.vocabulary import Modality


def file_to_play(user: User | AnonymousUser, token: str) -> str:
    """Storage key of the rendition behind an address; MediaRefused unless all of it holds.

    The person is signed in and the address theirs and fresh, the campaign open, the assignment one that may be
    answered now, and its rendition has passed its audit. The original clip is never an answer.
    """
    if not isinstance(user, User):
        raise MediaRefused("Sign in to play this.")
    wanted = read_token(token, user)
    if isinstance(wanted, int):
        return reference_to_play(user, wanted)
    assignment = assignments_of(user).filter(pk=wanted).first()
    if assignment is None:
        raise MediaRefused("This clip is not yours to rate any more.")
    if assignment.membership.stands != Campaign.State.OPEN:
        raise MediaRefused("The campaign is not open now.")
    if refusal := not_to_be_answered(assignment):
        raise MediaRefused(refusal.message)
    rendition = shown_rendition(assignment)
    if rendition is None:
        raise MediaRefused("This clip cannot be shown yet: no rendition of it has passed its audit.")
    return rendition.file


def reference_to_play(user: User, number: int) -> str:
    """Storage key of a reference clip's rendition for its stage; MediaRefused unless it is told there, and now.

    Class standards are played while the stage is open, calibration clips until the calibration is behind the annotator.
    """
    found = Reference.objects.standing().filter(pk=number, use__in=TOLD).select_related("campaign").first()
    member = memberships_of(user).filter(campaign=found.campaign_id).first() if found else None
    if found is None or member is None:
        raise MediaRefused("This reference clip is not shown any more.")
    modality = Modality(found.modality)
    may_play = calibrating_stage if found.use == Reference.Use.CALIBRATION else entered_stage
    try:
        may_play(member, modality, stages_of(member))
    except Conflict as error:
        raise MediaRefused(error.message) from error
    if found.use == Reference.Use.CALIBRATION and modality in member.admitted:
        raise MediaRefused("The calibration of this stage is done.")
    rendition = served_renditions(found.campaign, modality).filter(clip=found.clip_id).first()
    if rendition is None:
        raise MediaRefused("This reference clip cannot be shown: no rendition of it has passed its audit.")
    return rendition.file
