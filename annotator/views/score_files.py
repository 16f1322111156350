"""Scores from files: send one, then check or import it."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.models import Campaign
from annotator.serializers.score_files import AnnotationsImportSerializer, ScoreFileSerializer
from annotator.services.imports import sent_file, start_score_import
from annotator.services.score_files import receive_score_file
from annotator.views.campaigns import campaign_for_admin
from config.authentication import signed_in
from datasets.serializers.jobs import JobSerializer


class Bytes(BaseParser):
    """The body as it arrives, unread."""

    media_type = "application/octet-stream"

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:  # what the request reads from
        """Nothing is read here."""
        return stream


class ScoreFilesView(generics.GenericAPIView[Campaign]):
    """Files of scores of one campaign."""

    parser_classes = (Bytes,)

    @extend_schema(
        request={"application/octet-stream": OpenApiTypes.BINARY},
        parameters=[OpenApiParameter("name", description="the file's name")],
        responses={201: ScoreFileSerializer},
        operation_id="campaigns_score_files_send",
    )
    def post(self, request: Request, pk: str) -> Response:
        """Send a file, as the body of the request: CSV, or Label Studio's JSON export. It is kept for a week."""
        file = receive_score_file(
            campaign=campaign_for_admin(request, pk),
            name=request.query_params.get("name", ""),
            body=request._request,
            announced=int(request.META.get("CONTENT_LENGTH") or 0),
            actor=signed_in(request),
        )
        return Response(ScoreFileSerializer(file).data, status=201)


class AnnotationsImportView(generics.GenericAPIView[Campaign]):
    """Scores from a file that was sent."""

    @extend_schema(
        request=AnnotationsImportSerializer,
        responses={202: JobSerializer},
        operation_id="campaigns_annotations_import",
    )
    def post(self, request: Request, pk: str) -> Response:
        """Begin to check or import it; the job's result tells what went in, and the rows that did not."""
        campaign = campaign_for_admin(request, pk)
        body = AnnotationsImportSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        wanted = body.validated_data
        file = sent_file(campaign, wanted.pop("file"))
        job = start_score_import(campaign=campaign, file=file, created_by=signed_in(request), **wanted)
        return Response(JobSerializer(job).data, status=202)
