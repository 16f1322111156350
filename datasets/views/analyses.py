"""Analyses that take long: 202 with the job until there is an answer, and computed anew when asked."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from config.authentication import signed_in
from datasets.models import Analysis
from datasets.people import staff_projects
from datasets.serializers.analyses import AnalysisSerializer, AnsweredSerializer
from datasets.services.analyses import Asked, refresh


def told(asked: Asked, shape: type[AnsweredSerializer]) -> Response:
    """The answer in its shape; without one, that it is being computed."""
    if asked.answer is None:
        return Response(AnalysisSerializer(asked).data, status=202)
    return Response(shape(asked.answer | {"analysis": asked if asked.analysis else None}).data)


def responses(shape: type[AnsweredSerializer]) -> dict[int, type[serializers.Serializer[Any]]]:
    """What `told` may answer with, for the schema."""
    return {200: shape, 202: AnalysisSerializer}


class RefreshAnalysisView(generics.GenericAPIView[Analysis]):
    """An analysis, computed anew."""

    queryset = Analysis.objects.none()

    @extend_schema(request=None, responses={202: AnalysisSerializer}, operation_id="analyses_refresh")
    def post(self, request: Request, pk: str) -> Response:
        """By a job; whoever asks meanwhile shares it."""
        analysis = generics.get_object_or_404(analyses_seen_by(request), pk=pk)
        return Response(AnalysisSerializer(refresh(analysis=analysis, actor=signed_in(request))).data, status=202)


def analyses_seen_by(request: Request) -> QuerySet[Analysis]:
    """Analyses in the projects that the person works on as admin or researcher."""
    return Analysis.objects.filter(project__in=staff_projects(signed_in(request)))
