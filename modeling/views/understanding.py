"""What a run has learned: maps of its representations, and words with other voices and faces."""

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from config.authentication import signed_in
from modeling.models import RepresentationMap, Run
from modeling.selectors import attach_mapped_rows
from modeling.serializers.understanding import (
    MapRequestSerializer,
    RepresentationMapSerializer,
    SwapQuerySerializer,
    SwapsSerializer,
)
from modeling.services.understanding import request_map
from modeling.views.runs import runs_seen_by


class RepresentationMapsView(generics.GenericAPIView[RepresentationMap]):
    """Maps of a run's representations."""

    pagination_class = None
    queryset = RepresentationMap.objects.none()

    @extend_schema(responses=RepresentationMapSerializer(many=True), operation_id="runs_representations_list")
    def get(self, request: Request, pk: str) -> Response:
        """All that were asked for, newest first; there are never many."""
        run = generics.get_object_or_404(runs_seen_by(request), pk=pk)
        maps = run.representation_maps.select_related("job").order_by("-created_at")
        return Response(RepresentationMapSerializer(attach_mapped_rows(run.version, maps), many=True).data)

    @extend_schema(
        request=MapRequestSerializer,
        responses={202: RepresentationMapSerializer},
        operation_id="runs_representations_create",
    )
    def post(self, request: Request, pk: str) -> Response:
        """Ask for one; what is there or under way is not made twice."""
        run = generics.get_object_or_404(runs_seen_by(request), pk=pk)
        body = MapRequestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        made = request_map(run=run, actor=signed_in(request), **body.validated_data)
        (told,) = attach_mapped_rows(run.version, [made])
        return Response(RepresentationMapSerializer(told).data, status=202)


class SwapsView(generics.GenericAPIView[Run]):
    """Same words, other faces."""

    queryset = Run.objects.none()

    @extend_schema(parameters=[SwapQuerySerializer], responses=SwapsSerializer, operation_id="runs_swaps")
    def get(self, request: Request, pk: str) -> Response:
        """Predictions, made while the page waits."""
        from modeling.services.swapping import swap_faces  # brings torch, which no other page needs

        run = generics.get_object_or_404(runs_seen_by(request), pk=pk)
        asked = SwapQuerySerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return Response(SwapsSerializer(swap_faces(run=run, **asked.validated_data)).data)
