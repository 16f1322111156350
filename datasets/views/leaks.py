"""Leaks between the splits of a version, over HTTP."""

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from config.authentication import signed_in
from datasets.models import Version
from datasets.serializers.leaks import LeakReportSerializer
from datasets.services.leaks import leak_report, request_leak_search
from datasets.views.versions import versions_seen_by


class VersionLeaksView(generics.GenericAPIView[Version]):
    """Sources, speakers and copies in two splits, class distances, and which splits are feasible."""

    queryset = Version.objects.none()

    @extend_schema(responses=LeakReportSerializer, operation_id="versions_leaks")
    def get(self, request: Request, pk: str) -> Response:
        """What was found, or how far the search is."""
        version = generics.get_object_or_404(versions_seen_by(request), pk=pk)
        return Response(LeakReportSerializer(leak_report(version)).data)

    @extend_schema(request=None, responses={202: LeakReportSerializer}, operation_id="versions_search_leaks")
    def post(self, request: Request, pk: str) -> Response:
        """Search (again): for versions from before there was a search, or after one that failed."""
        version = generics.get_object_or_404(versions_seen_by(request), pk=pk)
        request_leak_search(version=version, author=signed_in(request))
        return Response(LeakReportSerializer(leak_report(version)).data, status=202)
