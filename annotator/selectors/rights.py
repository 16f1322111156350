"""Whose work is whose, and who may know its scores: every look at an annotator's own work begins here."""

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from annotator.models import Assignment, Campaign, Membership
from config.errors import NotAllowed
from datasets.models import Role


def memberships_of(user: User) -> QuerySet[Membership]:
    """The campaigns that this person labels in: as an annotator of the project, neither excluded nor still joining."""
    return Membership.objects.filter(own(user)).select_related("campaign")


def assignments_of(user: User) -> QuerySet[Assignment]:
    """What this person, and nobody else, is asked to rate."""
    return Assignment.objects.filter(own(user, "membership__")).select_related("membership__campaign")


def own(user: User, path: str = "") -> Q:
    """Whether the membership at the end of `path` is this person's to label in."""
    mine = Q((f"{path}annotator", user)) & ~Q((f"{path}state__in", Membership.AWAY))
    if user.is_superuser:
        return mine
    # Joined, not looked up in a subquery: a role is there once, and this is asked for every clip.
    roles = f"{path}campaign__project__roles__"
    return mine & Q((f"{roles}user", user), (f"{roles}kind", Role.Kind.ANNOTATOR))


def require_sight(user: User, campaign: Campaign) -> None:
    """Raise NotAllowed while the person rates in the campaign: nobody sees others' scores before it is closed."""
    if campaign.state != Campaign.State.CLOSED and campaign.memberships.filter(annotator=user).exists():
        raise NotAllowed(f"You rate in “{campaign.name}”: its scores stay hidden from you until it is closed.")
