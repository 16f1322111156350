"""What prepares annotators, for those who run the campaign: settings, references, letting somebody in."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.models import Campaign, Reference
from annotator.selectors.preparation import preparation_of, references_of
from annotator.serializers.preparation import (
    LetInSerializer,
    MadeReferenceSerializer,
    NewReferenceSerializer,
    PreparationChangeSerializer,
    PreparationSerializer,
    ReferenceFilterSerializer,
    ReferenceSerializer,
    RepeatsChangeSerializer,
)
from annotator.services.preparation import change_preparation, let_in, set_reference
from annotator.services.repeats import change_repeats
from annotator.views.campaigns import campaign_for_admin
from annotator.views.quality import campaign_with_scores
from config.api import KeysetPagination
from config.authentication import signed_in
from datasets.serializers.jobs import JobSerializer


class ByScore(KeysetPagination):
    """From strongly negative to strongly positive."""

    ordering = ("score", "pk")


class PreparationView(generics.GenericAPIView[Campaign]):
    """What comes before a campaign's stages."""

    @extend_schema(responses=PreparationSerializer, operation_id="campaigns_preparation_retrieve")
    def get(self, request: Request, pk: str) -> Response:
        """Settings, and how far everybody is."""
        return Response(PreparationSerializer(preparation_of(campaign_with_scores(request, pk))).data)

    @extend_schema(
        request=PreparationChangeSerializer,
        responses=PreparationSerializer,
        operation_id="campaigns_preparation_change",
    )
    def patch(self, request: Request, pk: str) -> Response:
        """Change single settings, as admin."""
        campaign = campaign_for_admin(request, pk)
        body = PreparationChangeSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        change_preparation(campaign=campaign, actor=signed_in(request), **body.validated_data)
        return Response(PreparationSerializer(preparation_of(campaign)).data)


class RepeatsView(generics.GenericAPIView[Campaign]):
    """How many clips come twice."""

    @extend_schema(
        request=RepeatsChangeSerializer, responses={202: JobSerializer}, operation_id="campaigns_repeats_change"
    )
    def post(self, request: Request, pk: str) -> Response:
        """Change the share in all stages that nobody has begun, as admin, by a job (ended already in small ones)."""
        campaign = campaign_for_admin(request, pk)
        body = RepeatsChangeSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        job = change_repeats(campaign=campaign, actor=signed_in(request), **body.validated_data)
        return Response(JobSerializer(job).data, status=202)


@extend_schema_view(get=extend_schema(operation_id="campaigns_references_list", parameters=[ReferenceFilterSerializer]))
class ReferencesView(generics.ListAPIView[Reference]):
    """Clips whose score is given, with the reason and the use."""

    serializer_class = ReferenceSerializer
    pagination_class = ByScore
    queryset = Reference.objects.none()

    def get_queryset(self) -> QuerySet[Reference]:
        """Those that stand; hidden from people who rate in the campaign."""
        campaign = campaign_with_scores(self.request, self.kwargs["pk"])
        wanted = ReferenceFilterSerializer(data=self.request.query_params)
        wanted.is_valid(raise_exception=True)
        return references_of(campaign, **wanted.validated_data)

    @extend_schema(
        request=NewReferenceSerializer,
        responses={201: MadeReferenceSerializer},
        operation_id="campaigns_references_set",
    )
    def post(self, request: Request, pk: str) -> Response:
        """Give a clip a score for a use, as admin; `none` takes it back. 409 `clip_is_rated`: see although_rated."""
        campaign = campaign_for_admin(request, pk)
        body = NewReferenceSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        made = set_reference(campaign=campaign, actor=signed_in(request), **body.validated_data)
        return Response(MadeReferenceSerializer(made).data, status=201)


class LetInView(generics.GenericAPIView[Campaign]):
    """Open a stage without its calibration."""

    @extend_schema(request=LetInSerializer, responses=PreparationSerializer, operation_id="campaigns_annotators_let_in")
    def post(self, request: Request, pk: str, pseudonym: str) -> Response:
        """As admin, for a reason that is kept."""
        campaign = campaign_for_admin(request, pk)
        body = LetInSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        let_in(campaign=campaign, pseudonym=pseudonym, actor=signed_in(request), **body.validated_data)
        return Response(PreparationSerializer(preparation_of(campaign)).data)
