"""A rendition's bytes, for the one person and assignment that its address was signed for."""

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_safe

from annotator.selectors.media import file_to_play
from config.api import error_body
from config.errors import DomainError
from datasets.media.serving import serve_file


@require_safe
def play(request: HttpRequest, token: str) -> HttpResponseBase:
    """Serve the rendition, or a part of it (Range); no browser keeps it, and no header tells of the clip."""
    try:
        return serve_file(request, file_to_play(request.user, token))
    except DomainError as error:
        return JsonResponse(error_body(error.code, error.message, error.details), status=error.status)
