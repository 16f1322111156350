"""Who asks."""

from django.contrib.auth.models import User
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request


def signed_in(request: Request) -> User:
    """The person who asks; every view of this app is closed to nobody."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user
