"""The figures of a version, over HTTP."""

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from config.authentication import signed_in
from datasets.models import Version
from datasets.serializers.figures import FiguresSerializer
from datasets.services.analyses import ask
from datasets.services.figures import VersionFiguresQuestion
from datasets.views.analyses import responses, told
from datasets.views.versions import versions_seen_by


class VersionFiguresView(generics.GenericAPIView[Version]):
    """Table 1, Fig. 2 and Fig. 3 of the paper for one version."""

    queryset = Version.objects.none()

    @extend_schema(responses=responses(FiguresSerializer), operation_id="versions_figures")
    def get(self, request: Request, pk: str) -> Response:
        """Computed once, when it is published or first asked for."""
        version = generics.get_object_or_404(versions_seen_by(request), pk=pk)
        return told(ask(VersionFiguresQuestion(version), actor=signed_in(request)), FiguresSerializer)
