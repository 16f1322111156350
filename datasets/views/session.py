"""Signing in and out, and changing one's password."""

import hashlib

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect, ensure_csrf_cookie
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from config.authentication import signed_in
from config.errors import DomainError
from datasets.models import Role
from datasets.serializers.people import PasswordSerializer, SessionSerializer, SignInSerializer


class WrongPassword(DomainError):
    """Name and password do not fit."""

    code = "wrong_password"


class WeakPassword(DomainError):
    """The new password is too easy to guess."""

    code = "weak_password"


class SignInThrottle(SimpleRateThrottle):
    """A few attempts a minute for one name from one address."""

    scope = "sign_in"
    rate = "10/min"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """Count attempts to sign in only, by name and address."""
        if request.method != "POST":
            return None
        name = str(request.data.get("username", ""))[:150] if isinstance(request.data, dict) else ""
        return "sign-in-" + hashlib.sha256(f"{self.get_ident(request)} {name}".encode()).hexdigest()


def session_of(request: Request) -> Response:
    """Answer with who is signed in."""
    user = request.user if request.user.is_authenticated else None
    roles = Role.objects.filter(user=user).select_related("project").order_by("project__name") if user else []
    return Response(SessionSerializer({"user": user, "roles": roles}).data)


# The cookie that every change must repeat comes with the first question who one is.
@method_decorator([ensure_csrf_cookie, csrf_protect], name="dispatch")
class SessionView(APIView):
    """Who is signed in; sign in; sign out."""

    permission_classes = (AllowAny,)
    throttle_classes = (SignInThrottle,)

    @extend_schema(responses=SessionSerializer, operation_id="session_retrieve")
    def get(self, request: Request) -> Response:
        """Who is signed in, and as what."""
        return session_of(request)

    @extend_schema(request=SignInSerializer, responses=SessionSerializer, operation_id="session_create")
    def post(self, request: Request) -> Response:
        """Sign in."""
        body = SignInSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        user = authenticate(request._request, **body.validated_data)
        if user is None:
            raise WrongPassword("This name and password do not fit together.")
        login(request._request, user)
        request.user = user
        return session_of(request)

    @extend_schema(responses={204: None}, operation_id="session_destroy")
    def delete(self, request: Request) -> Response:
        """Sign out."""
        logout(request._request)
        return Response(status=204)


class PasswordView(APIView):
    """Change one's own password."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(request=PasswordSerializer, responses={204: None}, operation_id="session_password")
    def post(self, request: Request) -> Response:
        """Change it; every other session of this person ends."""
        body = PasswordSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        change_password(signed_in(request), **body.validated_data)
        update_session_auth_hash(request._request, signed_in(request))
        return Response(status=204)


def change_password(user: User, *, old: str, new: str) -> None:
    """Check the old password and the strength of the new one, then change it."""
    if not user.check_password(old):
        raise WrongPassword("The old password is not right.")
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from error
    user.set_password(new)
    user.save(update_fields=["password"])
