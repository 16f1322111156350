"""Who rates in a campaign, changed by its admins: pause, exclude, take back, replace, ask more."""

from collections.abc import Mapping

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.models import Campaign
from annotator.serializers.campaigns import (
    AddedAnnotatorsSerializer,
    AnnotatorChangeSerializer,
    CampaignDetailSerializer,
    NewAnnotatorsSerializer,
    ReplacementSerializer,
)
from annotator.services.annotators import add_annotators, change_annotator, replace_annotator
from annotator.views.campaigns import campaign_for_admin, detailed
from config.authentication import signed_in


def added(passwords: Mapping[str, str]) -> Response:
    """The accounts made, with passwords that are told this once."""
    accounts = [{"username": name, "password": word} for name, word in passwords.items()]
    return Response(AddedAnnotatorsSerializer({"new_accounts": accounts}).data, status=201)


class AnnotatorsView(generics.GenericAPIView[Campaign]):
    """The annotators of a campaign."""

    @extend_schema(
        request=NewAnnotatorsSerializer,
        responses={201: AddedAnnotatorsSerializer},
        operation_id="campaigns_annotators_add",
    )
    def post(self, request: Request, pk: str) -> Response:
        """Ask more people to rate all clips or some."""
        campaign = campaign_for_admin(request, pk)
        body = NewAnnotatorsSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return added(add_annotators(campaign=campaign, actor=signed_in(request), **body.validated_data))


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
        responses={201: AddedAnnotatorsSerializer},
        operation_id="campaigns_annotators_replace",
    )
    def post(self, request: Request, pk: str, pseudonym: str) -> Response:
        """Exclude the one, for a reason, and ask the other about the same clips."""
        campaign = campaign_for_admin(request, pk)
        body = ReplacementSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return added(
            replace_annotator(campaign=campaign, pseudonym=pseudonym, actor=signed_in(request), **body.validated_data)
        )
