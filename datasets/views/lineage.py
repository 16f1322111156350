"""What a version came from and what stands on it, over HTTP."""

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from datasets.models import Version
from datasets.serializers.lineage import LineageSerializer, lineage_facts
from datasets.views.versions import versions_seen_by


class VersionLineageView(generics.GenericAPIView[Version]):
    """Sources, imports, campaigns, parent; children, exports with their downloads, feature sets, runs."""

    queryset = Version.objects.none()

    @extend_schema(responses=LineageSerializer, operation_id="versions_lineage")
    def get(self, request: Request, pk: str) -> Response:
        """How many there are of each kind, and the first of them."""
        version = generics.get_object_or_404(versions_seen_by(request), pk=pk)
        return Response(LineageSerializer(lineage_facts(version)).data)
