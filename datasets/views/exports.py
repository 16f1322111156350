"""Files made of versions: ask for one, follow it, download it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from config.authentication import signed_in
from datasets.media.serving import serve_file
from datasets.models import Export
from datasets.serializers.exports import ExportRequestSerializer, ExportSerializer
from datasets.services.exports import file_name, record_download, request_export
from datasets.views.clips import AnyType
from datasets.views.versions import NewestFirst, versions_seen_by


def exports_seen_by(request: Request) -> QuerySet[Export]:
    """Exports of those versions."""
    return Export.objects.filter(version__in=versions_seen_by(request)).select_related("job", "version__project")


class VersionExportsView(generics.ListAPIView[Export]):
    """Files made from a version."""

    serializer_class = ExportSerializer
    pagination_class = NewestFirst
    queryset = Export.objects.none()

    def get_queryset(self) -> QuerySet[Export]:
        """Those of one version."""
        version = generics.get_object_or_404(versions_seen_by(self.request), pk=self.kwargs["pk"])
        return exports_seen_by(self.request).filter(version=version)

    @extend_schema(operation_id="versions_exports_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Newest first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        request=ExportRequestSerializer, responses={202: ExportSerializer}, operation_id="versions_exports_create"
    )
    def post(self, request: Request, pk: str) -> Response:
        """Begin to make one; its job tells how far it is."""
        version = generics.get_object_or_404(versions_seen_by(request), pk=pk)
        body = ExportRequestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        export, _ = request_export(version=version, author=signed_in(request), **body.validated_data)
        return Response(ExportSerializer(export).data, status=202)


@extend_schema_view(get=extend_schema(operation_id="exports_retrieve"))
class ExportView(generics.RetrieveAPIView[Export]):
    """One export."""

    serializer_class = ExportSerializer
    queryset = Export.objects.none()

    def get_queryset(self) -> QuerySet[Export]:
        """Those the person may see."""
        return exports_seen_by(self.request)


class ExportDownloadView(generics.GenericAPIView[Export]):
    """The file of an export."""

    content_negotiation_class = AnyType

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY}, operation_id="exports_download")
    def get(self, request: Request, pk: str) -> HttpResponseBase:
        """Whole, or the part that a Range asks for; its ETag is its SHA-256; 404 until it is complete."""
        export = generics.get_object_or_404(exports_seen_by(request).exclude(file=""), pk=pk)
        response = serve_file(request._request, export.file, etag=export.sha256)
        response["Content-Disposition"] = content_disposition_header(True, file_name(export)) or "attachment"
        if response.status_code == 200:  # a part that is fetched later belongs to a download that was recorded
            record_download(export=export, actor=signed_in(request))
        return response
