"""Conventions of the REST API: the shape of errors, pagination by key."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler

from config.errors import DomainError
from config.sentences import Stored, as_record


class KeysetPagination(CursorPagination):
    """Pages by key, so that page 1,000 costs what page 1 costs; views set `ordering` to a unique tail."""

    page_size = 60
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering: Any = "pk"

    def _get_position_from_instance(self, instance: Any, ordering: Any) -> str:
        """Where a row stands: by the first field of the ordering, which may be a related row's (`clip__order`)."""
        value = instance
        for name in ordering[0].lstrip("-").split("__"):
            value = value[name] if isinstance(value, dict) else getattr(value, name)
        return str(value)


class SentenceSerializer(serializers.Serializer[Stored]):
    """A sentence in English, with a code and facts that say it in another language; no code where none was kept."""

    code = serializers.CharField()
    english = serializers.CharField()
    facts = serializers.DictField()

    def to_representation(self, instance: Stored) -> dict[str, Any]:
        """One kept sentence."""
        return as_record(instance)


def error_body(code: str, message: str, details: object | None = None) -> dict[str, Any]:
    """The one shape of every error answer."""
    return {"error": {"code": code, "message": message, "details": details or {}}}


def answer_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn domain errors and REST framework's own into `{"error": {"code", "message", "details"}}`."""
    if isinstance(error, DomainError):
        return Response(error_body(error.code, error.message, error.details), status=error.status)
    if isinstance(error, Http404):
        return Response(error_body("not_found", "There is nothing here that you can see."), status=404)
    if isinstance(error, PermissionDenied):
        return Response(error_body("not_allowed", "Your role does not allow this."), status=403)
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        response.data = error_body("invalid", "Some fields are not as they should be.", response.data)
    elif isinstance(error, exceptions.APIException):
        codes = error.get_codes()
        response.data = error_body(codes if isinstance(codes, str) else "error", str(error.detail))
    return response
