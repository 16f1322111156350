"""Campaigns for those who run them: make, watch, pause and settle labels."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.models import Campaign
from annotator.selectors.giving_out import job_of
from annotator.selectors.labels import aggregation_at_work
from annotator.selectors.progress import (
    campaign_counts,
    campaigns_seen_by,
    progress_of,
    rendition_counts,
)
from annotator.serializers.campaigns import (
    CampaignDetailSerializer,
    CampaignSerializer,
    NewCampaignSerializer,
    RequestedCampaignSerializer,
    SettledSerializer,
)
from annotator.services.aggregation import request_aggregation
from annotator.services.campaigns import request_campaign
from annotator.services.states import close_campaign, pause_campaign, resume_campaign
from config.api import KeysetPagination
from config.authentication import signed_in
from datasets.models import Job
from datasets.people import require_admin, staff_projects
from datasets.serializers.jobs import BegunSerializer


class NewestFirst(KeysetPagination):
    """Newest campaigns first."""

    ordering = ("-created_at", "-pk")


def campaign_for_admin(request: Request, pk: str) -> Campaign:
    """A campaign that the person may see (else 404) and administers (else 403)."""
    campaign = generics.get_object_or_404(campaigns_seen_by(signed_in(request)), pk=pk)
    require_admin(signed_in(request), campaign.project)
    return campaign


def accounts_told(passwords: Mapping[str, str]) -> list[dict[str, str]]:
    """New accounts with their passwords."""
    return [{"username": name, "password": word} for name, word in passwords.items()]


def detailed(campaign: Campaign) -> Response:
    """A campaign with its counts and progress."""
    extra: Any = campaign
    extra.counts = campaign_counts(campaign)
    extra.renditions = rendition_counts(campaign)
    extra.progress = progress_of(campaign)
    extra.job = job_of(campaign)
    extra.aggregation_job = aggregation_at_work(campaign)
    return Response(CampaignDetailSerializer(extra).data)


@extend_schema_view(get=extend_schema(operation_id="campaigns_list", parameters=[OpenApiParameter("project")]))
class CampaignListView(generics.ListAPIView[Campaign]):
    """Campaigns of one's projects."""

    serializer_class = CampaignSerializer
    pagination_class = NewestFirst
    queryset = Campaign.objects.none()

    def get_queryset(self) -> QuerySet[Campaign]:
        """Filtered by project."""
        campaigns = campaigns_seen_by(signed_in(self.request))
        if project := self.request.query_params.get("project"):
            seen = generics.get_object_or_404(staff_projects(signed_in(self.request)), pk=project)
            campaigns = campaigns.filter(project=seen)
        return campaigns

    @extend_schema(
        request=NewCampaignSerializer, responses={202: RequestedCampaignSerializer}, operation_id="campaigns_create"
    )
    def post(self, request: Request) -> Response:
        """Make a campaign by a job, as admin; passwords of accounts made for it are in this answer only."""
        body = NewCampaignSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        project = generics.get_object_or_404(staff_projects(signed_in(request)), pk=body.validated_data.pop("project"))
        require_admin(signed_in(request), project)
        requested = request_campaign(project=project, actor=signed_in(request), **body.validated_data)
        told = vars(requested) | {"new_accounts": accounts_told(requested.new_accounts)}
        return Response(RequestedCampaignSerializer(told).data, status=202)


class CampaignView(generics.GenericAPIView[Campaign]):
    """One campaign."""

    @extend_schema(responses=CampaignDetailSerializer, operation_id="campaigns_retrieve")
    def get(self, request: Request, pk: str) -> Response:
        """With its counts and everybody's progress; no scores."""
        return detailed(generics.get_object_or_404(campaigns_seen_by(signed_in(request)), pk=pk))


class MoveCampaignView(generics.GenericAPIView[Campaign]):
    """A change of a campaign's state."""

    move: Callable[..., Campaign]

    def move_it(self, request: Request, pk: str) -> Response:
        """As admin; 409 when the campaign is in no state to be moved."""
        campaign = campaign_for_admin(request, pk)
        return detailed(type(self).move(campaign=campaign, actor=signed_in(request)))


class PauseCampaignView(MoveCampaignView):
    """Take no answers for now."""

    move = staticmethod(pause_campaign)

    @extend_schema(request=None, responses=CampaignDetailSerializer, operation_id="campaigns_pause")
    def post(self, request: Request, pk: str) -> Response:
        """Pause it."""
        return self.move_it(request, pk)


class ResumeCampaignView(MoveCampaignView):
    """Take answers again."""

    move = staticmethod(resume_campaign)

    @extend_schema(request=None, responses=CampaignDetailSerializer, operation_id="campaigns_resume")
    def post(self, request: Request, pk: str) -> Response:
        """Resume it."""
        return self.move_it(request, pk)


class CloseCampaignView(MoveCampaignView):
    """Take no more answers."""

    move = staticmethod(close_campaign)

    @extend_schema(request=None, responses=CampaignDetailSerializer, operation_id="campaigns_close")
    def post(self, request: Request, pk: str) -> Response:
        """Close it for good."""
        return self.move_it(request, pk)


class AggregateView(generics.GenericAPIView[Campaign]):
    """Settle labels."""

    @extend_schema(
        request=None, responses={200: SettledSerializer, 202: BegunSerializer}, operation_id="campaigns_aggregate"
    )
    def post(self, request: Request, pk: str) -> Response:
        """Label every clip and modality that all annotators have rated; in a large campaign by a job, 202."""
        settled = request_aggregation(campaign=campaign_for_admin(request, pk), actor=signed_in(request))
        if isinstance(settled, Job):
            return Response(BegunSerializer({"job": settled}).data, status=202)
        return Response(SettledSerializer(settled).data)
