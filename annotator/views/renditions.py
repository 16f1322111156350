"""Isolation for those who answer for it: renditions, their audits, drawn regions, reviewed transcripts."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.isolation.boxes import Box
from annotator.models import Campaign, Rendition
from annotator.selectors.isolation import (
    isolation_of,
    renditions_by_verdict,
    source_entries,
    sources_in,
    with_overrulings,
)
from annotator.selectors.progress import campaigns_seen_by, renditions_of
from annotator.selectors.transcripts import transcript_entry, transcripts_of
from annotator.serializers.renditions import (
    IsolationRequestSerializer,
    IsolationSerializer,
    OverruleRequestSerializer,
    RegionsRequestSerializer,
    RenditionFilterSerializer,
    RenditionSerializer,
    RenditionsRequestSerializer,
    SourceRegionsSerializer,
    TranscriptReviewRequestSerializer,
    TranscriptReviewSerializer,
    TranscriptSerializer,
)
from annotator.services.isolation import change_isolation, draw_regions, overrule_audit, review_transcript
from annotator.services.renditions import request_renditions
from annotator.views.campaigns import campaign_for_admin
from config.api import KeysetPagination
from config.authentication import signed_in
from datasets.media.serving import serve_file
from datasets.models import Clip, Project, Source
from datasets.people import require_admin, staff_projects
from datasets.serializers.jobs import JobSerializer
from datasets.views.clips import AnyType, InOrder
from datasets.views.sources import ByVideoId


def rendition_for_admin(request: Request, pk: str) -> Rendition:
    """A rendition of a project that the person works on (else 404) and administers (else 403)."""
    seen = Rendition.objects.filter(clip__project__in=staff_projects(signed_in(request)))
    rendition = generics.get_object_or_404(seen.select_related("clip__source", "clip__project", "audit"), pk=pk)
    require_admin(signed_in(request), rendition.clip.project)
    return rendition


def seen_campaign(request: Request, pk: str) -> Campaign:
    """A campaign of one's projects, else 404."""
    return generics.get_object_or_404(campaigns_seen_by(signed_in(request)), pk=pk)


class IsolationView(generics.GenericAPIView[Campaign]):
    """How a campaign isolates, and how well."""

    @extend_schema(responses=IsolationSerializer, operation_id="campaigns_isolation_retrieve")
    def get(self, request: Request, pk: str) -> Response:
        """Parameters, verdicts, distributions, outliers."""
        return Response(IsolationSerializer(isolation_of(seen_campaign(request, pk))).data)

    @extend_schema(
        request=IsolationRequestSerializer, responses={202: JobSerializer}, operation_id="campaigns_isolation_change"
    )
    def post(self, request: Request, pk: str) -> Response:
        """Isolate in another way, as admin, while no rendition has been rated; queues new renditions."""
        campaign = campaign_for_admin(request, pk)
        body = IsolationRequestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        job = change_isolation(campaign=campaign, actor=signed_in(request), **body.validated_data)
        return Response(JobSerializer(job).data, status=202)


@extend_schema_view(
    get=extend_schema(
        operation_id="campaigns_renditions_list",
        parameters=[
            OpenApiParameter("passed", bool),
            OpenApiParameter("modality"),
            OpenApiParameter("verdict", enum=["passed", "overruled", "withheld", "conflict"]),
            OpenApiParameter("id", description="these alone, separated by commas"),
        ],
    )
)
class CampaignRenditionsView(generics.ListAPIView[Rendition]):
    """Renditions of a campaign's clips with their audits."""

    serializer_class = RenditionSerializer
    pagination_class = KeysetPagination
    queryset = Rendition.objects.none()

    def get_queryset(self) -> QuerySet[Rendition]:
        """Filtered by verdict, modality and id."""
        campaign = seen_campaign(self.request, self.kwargs["pk"])
        renditions = renditions_of(campaign)
        query = self.request.query_params.dict()
        wanted = RenditionFilterSerializer(
            data={**query, "id": [each for each in query.get("id", "").split(",") if each]}
        )
        wanted.is_valid(raise_exception=True)
        filters = wanted.validated_data
        if (passed := filters["passed"]) is not None:
            renditions = renditions.filter(passed__in=[passed])
        if modality := filters.get("modality"):
            renditions = renditions.filter(modality=modality)
        if verdict := filters.get("verdict"):
            renditions = renditions_by_verdict(campaign, renditions, verdict)
        if ids := filters.get("id"):
            renditions = renditions.filter(pk__in=ids)
        return with_overrulings(renditions)


class MakeRenditionsView(generics.GenericAPIView[Project]):
    """Make a project's renditions."""

    @extend_schema(
        request=RenditionsRequestSerializer, responses={202: JobSerializer}, operation_id="projects_renditions_create"
    )
    def post(self, request: Request, pk: str) -> Response:
        """Queue the job, as admin; what passed before is kept."""
        project = generics.get_object_or_404(staff_projects(signed_in(request)), pk=pk)
        require_admin(signed_in(request), project)
        body = RenditionsRequestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        job = request_renditions(project=project, actor=signed_in(request), **body.validated_data)
        return Response(JobSerializer(job).data, status=202)


class RenditionMediaView(generics.GenericAPIView[Rendition]):
    """A rendition's own bytes, passed or not, for the admins who judge it."""

    content_negotiation_class = AnyType

    @extend_schema(responses={(200, "video/mp4"): OpenApiTypes.BINARY}, operation_id="renditions_media_retrieve")
    def get(self, request: Request, pk: str) -> HttpResponseBase:
        """Whole or in part (Range)."""
        return serve_file(request, rendition_for_admin(request, pk).file)


class OverruleView(generics.GenericAPIView[Rendition]):
    """Show a rendition whose audit failed."""

    @extend_schema(
        request=OverruleRequestSerializer, responses={201: RenditionSerializer}, operation_id="renditions_overrule"
    )
    def post(self, request: Request, pk: str) -> Response:
        """As admin, for a reason; 409 when it passed or was overruled before."""
        rendition = rendition_for_admin(request, pk)
        body = OverruleRequestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        overrule_audit(rendition=rendition, actor=signed_in(request), **body.validated_data)
        return Response(RenditionSerializer(rendition).data, status=201)


@extend_schema_view(get=extend_schema(operation_id="campaigns_sources_list", responses=SourceRegionsSerializer))
class CampaignSourcesView(generics.ListAPIView[Source]):
    """Sources of a campaign with the places that are masked in their clips."""

    serializer_class = SourceRegionsSerializer
    pagination_class = ByVideoId
    queryset = Source.objects.none()

    def get_queryset(self) -> QuerySet[Source]:
        """By name."""
        return sources_in(seen_campaign(self.request, self.kwargs["pk"]))

    def get_serializer(self, instance: Any, **options: Any) -> Any:
        """From entries rather than rows."""
        return super().get_serializer(source_entries(instance), **options)


class SourceRegionsView(generics.GenericAPIView[Source]):
    """Draw where a source shows text."""

    @extend_schema(
        request=RegionsRequestSerializer, responses={202: JobSerializer}, operation_id="sources_regions_draw"
    )
    def post(self, request: Request, pk: str) -> Response:
        """As admin: masks these places in all its clips; the silent videos that stand are withdrawn and made anew."""
        seen = Source.objects.filter(project__in=staff_projects(signed_in(request)))
        source = generics.get_object_or_404(seen.select_related("project"), pk=pk)
        require_admin(signed_in(request), source.project)
        body = RegionsRequestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        boxes = [Box(**box) for box in body.validated_data["boxes"]]
        return Response(
            JobSerializer(draw_regions(source=source, boxes=boxes, actor=signed_in(request))).data, status=202
        )


@extend_schema_view(
    get=extend_schema(
        operation_id="campaigns_transcripts_list",
        responses=TranscriptSerializer,
        parameters=[OpenApiParameter("reviewed", bool)],
    )
)
class CampaignTranscriptsView(generics.ListAPIView[Clip]):
    """Transcripts of a campaign's clips: flags, and who reviewed them."""

    serializer_class = TranscriptSerializer
    pagination_class = InOrder
    queryset = Clip.objects.none()

    def get_queryset(self) -> QuerySet[Clip]:
        """Filtered by whether they are reviewed as they stand."""
        wanted = self.request.query_params.get("reviewed", "").lower()
        reviewed = wanted in ("true", "1") if wanted else None
        return transcripts_of(seen_campaign(self.request, self.kwargs["pk"]), reviewed=reviewed)

    def get_serializer(self, instance: Any, **options: Any) -> Any:
        """From entries rather than rows."""
        return super().get_serializer([transcript_entry(clip) for clip in instance], **options)


class TranscriptReviewsView(generics.GenericAPIView[Clip]):
    """Review a clip's transcript."""

    @extend_schema(
        request=TranscriptReviewRequestSerializer,
        responses={201: TranscriptReviewSerializer},
        operation_id="clips_transcript_review",
    )
    def post(self, request: Request, pk: str) -> Response:
        """As admin: this is what is spoken; another text than the one that stands corrects it."""
        seen = Clip.objects.filter(project__in=staff_projects(signed_in(request)))
        clip = generics.get_object_or_404(seen.select_related("project"), pk=pk)
        require_admin(signed_in(request), clip.project)
        body = TranscriptReviewRequestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        review = review_transcript(clip=clip, actor=signed_in(request), **body.validated_data)
        return Response(TranscriptReviewSerializer(review).data, status=201)
