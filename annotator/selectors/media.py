"""Which file a signed address may open now."""

from django.contrib.auth.models import AnonymousUser, User

from annotator.errors import MediaRefused
from annotator.models import Campaign
from annotator.selectors.work import assignments_of, may_answer, shown_rendition
from annotator.tokens import read_token


def file_to_play(user: User | AnonymousUser, token: str) -> str:
    """Storage key of the rendition behind an address; MediaRefused unless all of it holds.

    The person is signed in and the address theirs and fresh, the campaign open, the assignment one that may be
    answered now, and its rendition has passed its audit. The original clip is never an answer.
    """
    if not isinstance(user, User):
        raise MediaRefused("Sign in to play this.")
    assignment = assignments_of(user).filter(pk=read_token(token, user)).first()
    if assignment is None:
        raise MediaRefused("This clip is not yours to rate any more.")
    if assignment.membership.stands != Campaign.State.OPEN:
        raise MediaRefused("The campaign is not open now.")
    if not may_answer(assignment):
        raise MediaRefused(f"The {assignment.modality} stage is not open for this clip now.")
    rendition = shown_rendition(assignment)
    if rendition is None:
        raise MediaRefused("This clip cannot be shown yet: no rendition of it has passed its audit.")
    return rendition.file
