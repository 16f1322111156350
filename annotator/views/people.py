"""Who asks, and whether they may."""

from django.contrib.auth.models import User
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from config.errors import NotAllowed
from datasets.models import Project
from datasets.people import admin_projects


def signed_in(request: Request) -> User:
    """The person who asks; every view of this app is closed to nobody."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def require_admin(user: User, project: Project) -> None:
    """Raise NotAllowed unless the person administers the project."""
    if not admin_projects(user).filter(pk=project.pk).exists():
        raise NotAllowed("Only an admin of the project may do this.")
