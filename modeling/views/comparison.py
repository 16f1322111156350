"""The paper's tables beside what was measured on one version."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from datasets.models import Version
from modeling.comparison.measuring import Comparison, compare_with_paper
from modeling.comparison.writing import as_csv, as_latex
from modeling.selectors import scored_runs
from modeling.serializers.comparison import ComparisonQuerySerializer, PaperComparisonSerializer, plain
from modeling.views.features import versions_seen_by

WRITERS = {
    "csv": (as_csv, "csv", "text/csv; charset=utf-8"),
    "latex": (as_latex, "tex", "application/x-tex; charset=utf-8"),
}


def asked_comparison(request: Request, pk: str) -> tuple[Version, Comparison]:
    """The version and its comparison, as the address asks for it."""
    version = generics.get_object_or_404(versions_seen_by(request), pk=pk)
    asked = ComparisonQuerySerializer(data=request.query_params)
    asked.is_valid(raise_exception=True)
    chosen = asked.validated_data
    return version, compare_with_paper(scored_runs(version), chosen["recipe"], chosen["features"])


class PaperComparisonView(generics.GenericAPIView[Version]):
    """Tables 2, 3 and 4 of the paper, published and measured here."""

    queryset = Version.objects.none()
    pagination_class: Any = None

    @extend_schema(
        parameters=[ComparisonQuerySerializer],
        responses=PaperComparisonSerializer,
        operation_id="versions_paper_comparison",
    )
    def get(self, request: Request, pk: str) -> Response:
        """For one recipe and one choice of features."""
        _, comparison = asked_comparison(request, pk)
        return Response(PaperComparisonSerializer(plain(comparison)).data)


class PaperComparisonFileView(generics.GenericAPIView[Version]):
    """The same to take away, as one kind of WRITERS."""

    kind = "csv"
    queryset = Version.objects.none()

    @extend_schema(parameters=[ComparisonQuerySerializer], responses={(200, "text/plain"): OpenApiTypes.STR})
    def get(self, request: Request, pk: str) -> HttpResponse:
        """The file."""
        version, comparison = asked_comparison(request, pk)
        write, ending, content_type = WRITERS[self.kind]
        text = write(comparison, f"{version.project.name} {version.number}")
        name = f"comparison_{version.number}.{ending}"
        return HttpResponse(text, content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
