"""Versions: publish, look into, download the manifest."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from config.api import KeysetPagination
from config.authentication import signed_in
from datasets.media.serving import serve_file
from datasets.models import Job, Project, Version, VersionClip
from datasets.people import require_admin, staff_projects
from datasets.serializers.clips import ProjectFilterSerializer
from datasets.serializers.jobs import BegunSerializer
from datasets.serializers.versions import (
    DraftSerializer,
    PreviewSerializer,
    PublishSerializer,
    VersionClipFilterSerializer,
    VersionClipSerializer,
    VersionSerializer,
    WithdrawSerializer,
)
from datasets.services.publishing import request_preview, request_version
from datasets.services.versions import withdraw_version
from datasets.splitting import Grouping
from datasets.statistics import UNSUPERVISED
from datasets.views.clips import AnyType


class NewestFirst(KeysetPagination):
    """Newest first."""

    ordering = ("-created_at", "-pk")


class InRowOrder(KeysetPagination):
    """In the row order of every file made from the version."""

    ordering = "order"


def versions_seen_by(request: Request) -> QuerySet[Version]:
    """Versions of the projects that the person works on as admin or researcher."""
    return Version.objects.filter(project__in=staff_projects(signed_in(request))).select_related(
        "project", "created_by", "parent"
    )


def project_of(request: Request, pk: object) -> Project:
    """One of the person's projects, else 404."""
    return generics.get_object_or_404(staff_projects(signed_in(request)), pk=pk)


class VersionListView(generics.ListAPIView[Version]):
    """The versions of a project."""

    serializer_class = VersionSerializer
    pagination_class = NewestFirst
    queryset = Version.objects.none()

    def get_queryset(self) -> QuerySet[Version]:
        """Of one project."""
        query = ProjectFilterSerializer(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        project = project_of(self.request, query.validated_data["project"])
        return versions_seen_by(self.request).filter(project=project)

    @extend_schema(parameters=[ProjectFilterSerializer], operation_id="versions_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Newest first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        request=PublishSerializer,
        responses={201: VersionSerializer, 200: VersionSerializer, 202: BegunSerializer},
        operation_id="versions_publish",
    )
    def post(self, request: Request) -> Response:
        """Publish, as admin: 201 for a new version, 200 for the one that already has this content.

        A large project is published by a job, 202, whose result names the version.
        """
        body = PublishSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        wanted = body.validated_data
        project = project_of(request, wanted["project"])
        require_admin(signed_in(request), project, "publish its versions")
        published = request_version(
            project=project, seed=wanted["seed"], notes=wanted["notes"], grouping=Grouping(wanted["split_by"]),
            author=signed_in(request),
        )  # fmt: skip
        if isinstance(published, Job):
            return Response(BegunSerializer({"job": published}).data, status=202)
        return Response(VersionSerializer(published.version).data, status=201 if published.created else 200)


class VersionPreviewView(generics.GenericAPIView[Version]):
    """What publishing would freeze now."""

    @extend_schema(
        request=DraftSerializer,
        responses={200: PreviewSerializer, 202: BegunSerializer},
        operation_id="versions_preview",
    )
    def post(self, request: Request) -> Response:
        """Counts, what is missing, and whether it can be split; freezes nothing.

        Of a large project a job finds it out, 202: ask again when it has ended.
        """
        body = DraftSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        wanted = body.validated_data
        found = request_preview(
            project=project_of(request, wanted["project"]), seed=wanted["seed"], grouping=Grouping(wanted["split_by"]),
            author=signed_in(request),
        )  # fmt: skip
        if isinstance(found, Job):
            return Response(BegunSerializer({"job": found}).data, status=202)
        return Response(PreviewSerializer(found).data)


@extend_schema_view(get=extend_schema(operation_id="versions_retrieve"))
class VersionView(generics.RetrieveAPIView[Version]):
    """One version."""

    serializer_class = VersionSerializer
    queryset = Version.objects.none()

    def get_queryset(self) -> QuerySet[Version]:
        """Those the person may see."""
        return versions_seen_by(self.request)


class WithdrawVersionView(generics.GenericAPIView[Version]):
    """Take a version back."""

    queryset = Version.objects.none()

    @extend_schema(request=WithdrawSerializer, responses=VersionSerializer, operation_id="versions_withdraw")
    def post(self, request: Request, pk: str) -> Response:
        """As admin, with a reason; nothing in it is altered, and it cannot be undone."""
        version = generics.get_object_or_404(versions_seen_by(request), pk=pk)
        require_admin(signed_in(request), version.project, "withdraw its versions")
        body = WithdrawSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        withdrawn = withdraw_version(version=version, actor=signed_in(request), **body.validated_data)
        return Response(VersionSerializer(withdrawn).data)


@extend_schema_view(get=extend_schema(operation_id="versions_clips_list", parameters=[VersionClipFilterSerializer]))
class VersionClipsView(generics.ListAPIView[VersionClip]):
    """The clips of a version as it froze them."""

    serializer_class = VersionClipSerializer
    pagination_class = InRowOrder
    queryset = VersionClip.objects.none()

    def get_queryset(self) -> QuerySet[VersionClip]:
        """All, or those of one split."""
        version = generics.get_object_or_404(versions_seen_by(self.request), pk=self.kwargs["pk"])
        query = VersionClipFilterSerializer(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        rows = version.rows.select_related("clip__source")
        split = query.validated_data.get("split")
        if split is None:
            return rows
        return rows.filter(supervised=False) if split == UNSUPERVISED else rows.filter(split=split)


class VersionManifestView(generics.GenericAPIView[Version]):
    """The manifest whose SHA-256 names the version."""

    content_negotiation_class = AnyType

    @extend_schema(responses={(200, "application/json"): OpenApiTypes.BINARY}, operation_id="versions_manifest")
    def get(self, request: Request, pk: str) -> HttpResponseBase:
        """Its very bytes."""
        version = generics.get_object_or_404(versions_seen_by(request), pk=pk)
        return download(request, version.manifest, f"manifest-{version.number}.json")


def download(request: Request, key: str, name: str) -> HttpResponseBase:
    """A stored file, to be saved under a name."""
    response = serve_file(request._request, key)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
