"""The quality of a campaign's scores, for those who run it and do not rate in it."""

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.models import Campaign
from annotator.selectors.contested import Order, contested_clip
from annotator.selectors.progress import campaigns_seen_by
from annotator.selectors.rights import require_sight
from annotator.serializers.quality import (
    ContestedClipDetailSerializer,
    ContestedClipsSerializer,
    GoldSettingsSerializer,
    NewDecisionSerializer,
    QualitySerializer,
)
from annotator.serializers.rules import RuleChoiceSerializer, RulesSerializer
from annotator.services.aggregation import choose_rule
from annotator.services.decisions import decide_label
from annotator.services.gold import change_gold
from annotator.services.questions import ContestedQuestion, QualityQuestion, RulesQuestion
from config.authentication import signed_in
from datasets.people import require_admin
from datasets.services.analyses import ask
from datasets.views.analyses import responses, told


def campaign_with_scores(request: Request, pk: str) -> Campaign:
    """A campaign that the person may see (else 404) and whose scores they may know (else 403)."""
    campaign = generics.get_object_or_404(campaigns_seen_by(signed_in(request)), pk=pk)
    require_sight(signed_in(request), campaign)
    return campaign


class QualityView(generics.GenericAPIView[Campaign]):
    """Agreement, annotators and suspicions."""

    @extend_schema(responses=responses(QualitySerializer), operation_id="campaigns_quality")
    def get(self, request: Request, pk: str) -> Response:
        """From the answers that count now; of a large campaign, as they were when it was computed."""
        question = QualityQuestion(campaign_with_scores(request, pk))
        return told(ask(question, actor=signed_in(request)), QualitySerializer)


class GoldView(generics.GenericAPIView[Campaign]):
    """How gold clips are judged, and whether they count."""

    @extend_schema(
        request=GoldSettingsSerializer, responses=responses(QualitySerializer), operation_id="campaigns_gold_change"
    )
    def post(self, request: Request, pk: str) -> Response:
        """Change it, as admin; the clips themselves are references with the use `gold`."""
        campaign = campaign_with_scores(request, pk)
        require_admin(signed_in(request), campaign.project)
        body = GoldSettingsSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        change_gold(campaign=campaign, actor=signed_in(request), **body.validated_data)
        return told(ask(QualityQuestion(campaign), actor=signed_in(request)), QualitySerializer)


class RulesView(generics.GenericAPIView[Campaign]):
    """The rules that make labels of scores."""

    @extend_schema(responses=responses(RulesSerializer), operation_id="campaigns_rules_compare")
    def get(self, request: Request, pk: str) -> Response:
        """Every other rule held against the paper's, over the clips that everybody has rated."""
        question = RulesQuestion(campaign_with_scores(request, pk))
        return told(ask(question, actor=signed_in(request)), RulesSerializer)

    @extend_schema(
        request=RuleChoiceSerializer, responses=responses(RulesSerializer), operation_id="campaigns_rules_choose"
    )
    def post(self, request: Request, pk: str) -> Response:
        """Choose the campaign's rule, as admin; labels follow when scores are aggregated again."""
        campaign = campaign_with_scores(request, pk)
        require_admin(signed_in(request), campaign.project)
        body = RuleChoiceSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        campaign = choose_rule(campaign=campaign, actor=signed_in(request), **body.validated_data)
        return told(ask(RulesQuestion(campaign), actor=signed_in(request)), RulesSerializer)


class ContestedClipsView(generics.GenericAPIView[Campaign]):
    """Clips to look at again."""

    @extend_schema(
        responses=responses(ContestedClipsSerializer),
        parameters=[OpenApiParameter("order", OpenApiTypes.STR, enum=list(Order))],
        operation_id="campaigns_contested_list",
    )
    def get(self, request: Request, pk: str) -> Response:
        """The two hundred most contested, by the spread of scores or by conflict between modalities."""
        wanted = request.query_params.get("order", Order.SPREAD)
        if wanted not in list(Order):
            raise Http404
        question = ContestedQuestion(campaign_with_scores(request, pk), Order(wanted))
        return told(ask(question, actor=signed_in(request)), ContestedClipsSerializer)


class ContestedClipView(generics.GenericAPIView[Campaign]):
    """Everything about one clip."""

    @extend_schema(responses=ContestedClipDetailSerializer, operation_id="campaigns_contested_retrieve")
    def get(self, request: Request, pk: str, clip: str) -> Response:
        """Scores, labels and decisions."""
        places = campaign_with_scores(request, pk).campaign_clips.select_related("campaign", "clip__source")
        place = generics.get_object_or_404(places, clip=clip)
        return Response(ContestedClipDetailSerializer(contested_clip(place)).data)

    @extend_schema(
        request=NewDecisionSerializer,
        responses={201: ContestedClipDetailSerializer},
        operation_id="campaigns_contested_decide",
    )
    def post(self, request: Request, pk: str, clip: str) -> Response:
        """Settle a label, as admin: a new fact with a reason; the label follows."""
        campaign = campaign_with_scores(request, pk)
        require_admin(signed_in(request), campaign.project)
        body = NewDecisionSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        place = generics.get_object_or_404(
            campaign.campaign_clips.select_related("campaign", "clip__source"), clip=clip
        )
        decide_label(campaign=campaign, clip=place.clip_id, actor=signed_in(request), **body.validated_data)
        return Response(ContestedClipDetailSerializer(contested_clip(place)).data, status=201)
