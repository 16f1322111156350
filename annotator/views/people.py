"""Whether a person may."""

from django.contrib.auth.models import User

from annotator.models import Campaign
from config.errors import NotAllowed
from datasets.models import Project
from datasets.people import admin_projects


def require_admin(user: User, project: Project) -> None:
    """Raise NotAllowed unless the person administers the project."""
    if not admin_projects(user).filter(pk=project.pk).exists():
        raise NotAllowed("Only an admin of the project may do this.")


def require_sight(user: User, campaign: Campaign) -> None:
    """Raise NotAllowed while the person rates in the campaign: nobody sees others' scores before it is closed."""
    if campaign.state != Campaign.State.CLOSED and campaign.memberships.filter(annotator=user).exists():
        raise NotAllowed(f"You rate in “{campaign.name}”: its scores stay hidden from you until it is closed.")
