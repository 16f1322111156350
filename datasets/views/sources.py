"""Source videos of a project, where they come from, and what the people in them agreed to."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from config.api import KeysetPagination
from config.authentication import signed_in
from datasets.models import Clip, Project, Source
from datasets.people import require_admin, staff_projects
from datasets.serializers.sources import (
    DescribedSourcesSerializer,
    SourceFilterSerializer,
    SourceSerializer,
    SourcesTermsSerializer,
    TermsSerializer,
)
from datasets.services.provenance import describe_sources
from datasets.views.clips import project_of


class ByVideoId(KeysetPagination):
    """Sources of one project by name, which is there once."""

    ordering = "video_id"


@extend_schema_view(get=extend_schema(operation_id="sources_list", parameters=[SourceFilterSerializer]))
class SourceListView(generics.ListAPIView[Source]):
    """The videos of a project."""

    serializer_class = SourceSerializer
    pagination_class = ByVideoId
    queryset = Source.objects.none()

    def get_queryset(self) -> QuerySet[Source]:
        """All of them, or those of which something is not recorded."""
        query = SourceFilterSerializer(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        sources = with_clip_count(project_of(self.request, query.validated_data["project"]).sources.all())
        lacking = query.validated_data.get("lacking")
        return sources.filter(**{lacking: ""}) if lacking else sources


class SourceView(generics.GenericAPIView[Source]):
    """One source."""

    @extend_schema(request=TermsSerializer, responses=SourceSerializer, operation_id="sources_update")
    def patch(self, request: Request, pk: str) -> Response:
        """Write down its origin or consent, as admin."""
        source = generics.get_object_or_404(
            Source.objects.filter(project__in=staff_projects(signed_in(request))).select_related("project"), pk=pk
        )
        require_admin(signed_in(request), source.project, "describe its sources")
        body = TermsSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        describe_sources(project=source.project, terms={source.video_id: body.validated_data}, actor=signed_in(request))
        return Response(SourceSerializer(with_clip_count(Source.objects.filter(pk=pk)).get()).data)


class ProjectSourcesView(generics.GenericAPIView[Project]):
    """Many sources of a project at once."""

    queryset = Project.objects.all()

    @extend_schema(
        request=SourcesTermsSerializer, responses=DescribedSourcesSerializer, operation_id="projects_sources_describe"
    )
    def post(self, request: Request, pk: str) -> Response:
        """Write down their origins and consents, as admin: all or none."""
        project = generics.get_object_or_404(staff_projects(signed_in(request)), pk=pk)
        require_admin(signed_in(request), project, "describe its sources")
        body = SourcesTermsSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        terms = {row.pop("video_id"): row for row in body.validated_data["sources"]}
        changed = describe_sources(project=project, terms=terms, actor=signed_in(request))
        return Response({"changed": len(changed)})


def with_clip_count(sources: QuerySet[Source]) -> QuerySet[Source]:
    """With `clip_count`, counted for the sources of a page, not for all."""
    clips = Clip.objects.filter(source=OuterRef("pk")).order_by().values("source")
    return sources.annotate(clip_count=Coalesce(Subquery(clips.annotate(rows=Count("pk")).values("rows")), 0))
