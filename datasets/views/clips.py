"""Clips, for the admins and researchers of their project."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from config.api import KeysetPagination
from config.authentication import signed_in
from config.errors import DomainError
from datasets.media.serving import serve_file
from datasets.models import Clip, Project, Source
from datasets.people import staff_projects
from datasets.selectors.clips import with_label, without_label
from datasets.serializers.clips import (
    ClipDetailSerializer,
    ClipFilterSerializer,
    ClipSerializer,
    FacetsSerializer,
    ProjectFilterSerializer,
)

PICTURE_CACHE_SECONDS = 24 * 3600
PAGE_FIELDS = {"cursor", "page_size"}


class UnknownFilter(DomainError):
    """Clips cannot be filtered by this."""

    code = "unknown_filter"


class InOrder(KeysetPagination):
    """In the order of the manifests that the clips came from."""

    ordering = ("order", "pk")


class AnyType(BaseContentNegotiation):
    """Bytes have the type they have, whatever the player says it accepts."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """The first, as nothing is posted here."""
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """For errors: JSON."""
        return renderers[0], renderers[0].media_type


def clips_seen_by(request: Request) -> QuerySet[Clip]:
    """Clips of the projects that the person works on as admin or researcher, with what the serializers read."""
    return Clip.objects.filter(project__in=staff_projects(signed_in(request))).select_related("source")


def project_of(request: Request, pk: object) -> Project:
    """One of the person's projects, else 404."""
    return generics.get_object_or_404(staff_projects(signed_in(request)), pk=pk)


def wanted_filters(request: Request) -> dict[str, Any]:
    """The query's filters, checked; raises UnknownFilter for any that is not listed."""
    unknown = sorted(set(request.query_params) - set(ClipFilterSerializer().fields) - PAGE_FIELDS)
    if unknown:
        known = ", ".join(ClipFilterSerializer().fields)
        raise UnknownFilter(f"Clips cannot be filtered by {', '.join(unknown)}; they can by {known}.", unknown=unknown)
    query = ClipFilterSerializer(data=request.query_params)
    query.is_valid(raise_exception=True)
    return {name: value for name, value in query.validated_data.items() if value is not None}


@extend_schema_view(get=extend_schema(operation_id="clips_list", parameters=[ClipFilterSerializer]))
class ClipListView(generics.ListAPIView[Clip]):
    """Clips, filtered."""

    serializer_class = ClipSerializer
    pagination_class = InOrder
    queryset = Clip.objects.none()

    def get_queryset(self) -> QuerySet[Clip]:
        """Those that every given filter lets through."""
        wanted = wanted_filters(self.request)
        clips = clips_seen_by(self.request).prefetch_related("labels")
        if project := wanted.pop("project", None):
            clips = clips.filter(project=project_of(self.request, project))
        if search := wanted.pop("search", None):
            # Names of videos are looked through once, not again for each of their clips.
            videos = Source.objects.filter(video_id__icontains=search)
            names = Q(speaker__icontains=search) | Q(clip_id__icontains=search) | Q(source__in=videos)
            clips = clips.filter(Q(transcript__icontains=search) | names)
        if (has_label := wanted.pop("has_label", None)) is not None:
            clips = with_label(clips) if has_label else without_label(clips, project, wanted.get("supervised"))
        if "supervised" in wanted:
            # Compared, for SQLite finds no index for a bare truth value.
            clips = clips.filter(supervised__in=[wanted.pop("supervised")])
        return clips.filter(**wanted)


@extend_schema_view(get=extend_schema(operation_id="clips_retrieve"))
class ClipView(generics.RetrieveAPIView[Clip]):
    """One clip."""

    serializer_class = ClipDetailSerializer
    queryset = Clip.objects.none()

    def get_queryset(self) -> QuerySet[Clip]:
        """With its labels."""
        return clips_seen_by(self.request).prefetch_related("labels")


class ClipFacetsView(generics.GenericAPIView[Clip]):
    """The values that a project's clips can be filtered by."""

    @extend_schema(parameters=[ProjectFilterSerializer], responses=FacetsSerializer, operation_id="clips_facets")
    def get(self, request: Request) -> Response:
        """Each in the order of its letters."""
        query = ProjectFilterSerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        project = project_of(request, query.validated_data["project"])
        facets: dict[str, Any] = {
            f"{name}s": project.clips.exclude(**{name: ""}).values_list(name, flat=True).distinct().order_by(name)
            for name in ("scenario", "speaker")
        }
        facets["sources"] = project.sources.order_by("video_id").values("id", "video_id")
        return Response(FacetsSerializer(facets).data)


class ClipMediaView(generics.GenericAPIView[Clip]):
    """A clip's video."""

    content_negotiation_class = AnyType

    @extend_schema(responses={(200, "video/mp4"): OpenApiTypes.BINARY}, operation_id="clips_media")
    def get(self, request: Request, pk: str) -> HttpResponseBase:
        """Whole, or the part that a Range asks for."""
        clip = generics.get_object_or_404(clips_seen_by(request), pk=pk)
        return serve_file(request._request, clip.file)


class ClipThumbnailView(generics.GenericAPIView[Clip]):
    """A clip's picture."""

    content_negotiation_class = AnyType

    @extend_schema(responses={(200, "image/jpeg"): OpenApiTypes.BINARY}, operation_id="clips_thumbnail")
    def get(self, request: Request, pk: str) -> HttpResponseBase:
        """May be kept by the browser for a day, since it never changes."""
        clip = generics.get_object_or_404(clips_seen_by(request).exclude(thumbnail=""), pk=pk)
        return serve_file(request._request, clip.thumbnail, cache_seconds=PICTURE_CACHE_SECONDS)
