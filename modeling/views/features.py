"""Extractors, and the feature sets of a version."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from config.authentication import signed_in
from config.sentences import NOTHING
from datasets.models import Version
from datasets.people import staff_projects
from datasets.vocabulary import Modality
from modeling.extractors import EXTRACTORS, extractor
from modeling.models import FeatureSet
from modeling.serializers.features import (
    ExtractorSerializer,
    FeatureRequestSerializer,
    FeatureSetSerializer,
    RequestedSerializer,
)
from modeling.services.features import request_features


def versions_seen_by(request: Request) -> QuerySet[Version]:
    """Versions of the projects that the person works on as admin or researcher."""
    return Version.objects.filter(project__in=staff_projects(signed_in(request))).select_related("project")


class ExtractorListView(generics.GenericAPIView[Any]):
    """All extractors."""

    pagination_class = None
    queryset = FeatureSet.objects.none()

    @extend_schema(responses=ExtractorSerializer(many=True), operation_id="extractors_list")
    def get(self, request: Request) -> Response:
        """With the reason why one cannot be used now."""
        problems = {name: extractor(name).problem() or NOTHING for name in EXTRACTORS}
        rows: Any = [  # many=True takes a list, which the stubs do not know
            {
                "name": name,
                "modality": modality,
                "available": problems[name] == NOTHING,
                "why_not": problems[name].as_record(),
            }
            for name, modality in EXTRACTORS.items()
        ]
        return Response(ExtractorSerializer(rows, many=True).data)


class FeatureSetListView(generics.GenericAPIView[FeatureSet]):
    """Feature sets of one version."""

    pagination_class = None
    queryset = FeatureSet.objects.none()

    @extend_schema(responses=FeatureSetSerializer(many=True), operation_id="feature_sets_list")
    def get(self, request: Request, pk: str) -> Response:
        """All of them, newest first; there are never many."""
        version = generics.get_object_or_404(versions_seen_by(request), pk=pk)
        feature_sets = version.feature_sets.select_related("job").order_by("-created_at")
        return Response(FeatureSetSerializer(feature_sets, many=True).data)

    @extend_schema(
        request=FeatureRequestSerializer, responses={202: RequestedSerializer}, operation_id="feature_sets_create"
    )
    def post(self, request: Request, pk: str) -> Response:
        """Ask for features; what is complete or under way is not made twice."""
        version = generics.get_object_or_404(versions_seen_by(request), pk=pk)
        body = FeatureRequestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        asked = dict(body.validated_data)
        requested = request_features(
            version=version,
            retry_failed=asked.pop("retry_failed", False),
            extractors={Modality(modality): name for modality, name in asked.items()},
            actor=signed_in(request),
        )
        answer = {
            "feature_sets": requested.feature_sets,
            "job": requested.jobs[0].pk if requested.jobs else None,
        }
        return Response(RequestedSerializer(answer).data, status=202)
