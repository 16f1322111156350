"""Start an import from a folder of the server, as admin."""

from typing import Any

from django.contrib.auth.models import User
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from config.authentication import signed_in
from datasets.models import Job, Project
from datasets.people import require_admin, staff_projects
from datasets.serializers.clips import ImportSerializer
from datasets.serializers.jobs import JobSerializer
from datasets.services.imports import allowed_folder, file_in, start_feature_import, start_import


class ImportView(generics.GenericAPIView[Project]):
    """Imports into one project."""

    serializer_class = ImportSerializer

    @extend_schema(request=ImportSerializer, responses={202: JobSerializer}, operation_id="projects_import")
    def post(self, request: Request, pk: str) -> Response:
        """Begin one; what went in and what did not is in the job's result when it ends."""
        person = signed_in(request)
        project = generics.get_object_or_404(staff_projects(person), pk=pk)
        require_admin(person, project, "import into it")
        body = ImportSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        job = start_wanted(body.validated_data, project, person)
        return Response(JobSerializer(job).data, status=202)


def start_wanted(wanted: dict[str, Any], project: Project, person: User) -> Job:
    """The job of a checked request."""
    folder = allowed_folder(wanted["folder"])
    common: dict[str, Any] = {
        "project": project, "atomic": wanted["atomic"], "scale": wanted["scale"], "created_by": person,
    }  # fmt: skip
    if wanted["kind"] == "features":
        files, unsupervised = (
            [file_in(folder, name) for name in wanted.get(key, [])] for key in ("files", "unsupervised")
        )
        return start_feature_import(files=files, unsupervised=unsupervised, **common)
    manifest = file_in(folder, wanted["manifest"]) if "manifest" in wanted else None
    return start_import(folder=folder, manifest=manifest, **common)
