"""Who rates in a campaign, changed by its admins: pause, exclude, take back, replace, ask more."""

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.models import Campaign
from annotator.serializers.campaigns import (
    AnnotatorChangeSerializer,
    AskedPeopleSerializer,
    CampaignDetailSerializer,
    NewAnnotatorsSerializer,
    ReplacementSerializer,
)
from annotator.services.annotators import AskedPeople, add_annotators, change_annotator, replace_annotator
from annotator.views.campaigns import accounts_told, campaign_for_admin, detailed
from config.authentication import signed_in


def asked(people: AskedPeople) -> Response:
    """The job, and the accounts made with passwords that are told this once."""
    told = {"job": people.job, "new_accounts": accounts_told(people.new_accounts)}
    return Response(AskedPeopleSerializer(told).data, status=202)


class AnnotatorsView(generics.GenericAPIView[Campaign]):
    """The annotators of a campaign."""

    @extend_schema(
        request=NewAnnotatorsSerializer,
        responses={202: AskedPeopleSerializer},
        operation_id="campaigns_annotators_add",
    )
    def post(self, request: Request, pk: str) -> Response:
        """Ask more people to rate all clips or some, by a job."""
        campaign = campaign_for_admin(request, pk)
        body = NewAnnotatorsSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return asked(add_annotators(campaign=campaign, actor=signed_in(request), **body.validated_data))


class AnnotatorStateView(generics.GenericAPIView[Campaign]):
    """One annotator's state."""

    @extend_schema(
        request=AnnotatorChangeSerializer,
        responses=CampaignDetailSerializer,
        operation_id="campaigns_annotators_change",
    )
    def post(self, request: Request, pk: str, pseudonym: str) -> Response:
        """Pause, exclude or take back, for a reason; scores stay."""
        campaign = campaign_for_admin(request, pk)
        body = AnnotatorChangeSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        change_annotator(campaign=campaign, pseudonym=pseudonym, actor=signed_in(request), **body.validated_data)
        return detailed(campaign)


class ReplaceAnnotatorView(generics.GenericAPIView[Campaign]):
    """Another person instead of one."""

    @extend_schema(
        request=ReplacementSerializer,
        responses={202: AskedPeopleSerializer},
        operation_id="campaigns_annotators_replace",
    )
    def post(self, request: Request, pk: str, pseudonym: str) -> Response:
        """Ask the other about the same clips, by a job, and exclude the one when that is done."""
        campaign = campaign_for_admin(request, pk)
        body = ReplacementSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return asked(
            replace_annotator(campaign=campaign, pseudonym=pseudonym, actor=signed_in(request), **body.validated_data)
        )
