"""Who asks."""

from django.contrib.auth.models import User
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request


def signed_in(request: Request) -> User:
    """The account behind a request; views that are open to the signed-out must not ask for it."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user
