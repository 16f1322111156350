"""Whether a person may."""

from django.contrib.auth.models import User

from config.errors import NotAllowed
from datasets.models import Project
from datasets.people import admin_projects


def require_admin(user: User, project: Project) -> None:
    """Raise NotAllowed unless the person administers the project."""
    if not admin_projects(user).filter(pk=project.pk).exists():
        raise NotAllowed("Only an admin of the project may do this.")
