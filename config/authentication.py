"""Who is asking: the session cookie, with CSRF."""

from django.contrib.auth.models import User
from drf_spectacular.authentication import SessionScheme as CookieScheme
from rest_framework import authentication
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """Session cookies with CSRF; answers 401 to the signed-out, so that a client can tell it from 403."""

    def authenticate_header(self, request: Request) -> str:
        """Name a challenge, without which REST framework turns every 401 into a 403."""
        return "Session"


class SessionScheme(CookieScheme):  # type: ignore[no-untyped-call]  # drf-spectacular registers subclasses untyped
    """Describes the cookie in the schema."""

    target_class = "config.authentication.SessionAuthentication"
    priority = 1


def signed_in(request: Request) -> User:
    """The account behind a request; views that are open to the signed-out must not ask for it."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user
