"""Who is asking: the session cookie, with CSRF."""

from drf_spectacular.authentication import SessionScheme as CookieScheme
from rest_framework import authentication
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
