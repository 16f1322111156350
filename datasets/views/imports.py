"""Start an import from a folder of the server, as admin."""

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from config.authentication import signed_in
from config.errors import NotAllowed
from datasets.models import Project
from datasets.people import admin_projects, staff_projects
from datasets.serializers.clips import ImportSerializer
from datasets.serializers.jobs import JobSerializer
from datasets.services.imports import allowed_folder, manifest_in, start_import


class ImportView(generics.GenericAPIView[Project]):
    """Imports into one project."""

    serializer_class = ImportSerializer

    @extend_schema(request=ImportSerializer, responses={202: JobSerializer}, operation_id="projects_import")
    def post(self, request: Request, pk: str) -> Response:
        """Begin one; what went in and what did not is in the job's result when it ends."""
        person = signed_in(request)
        project = generics.get_object_or_404(staff_projects(person), pk=pk)
        if not admin_projects(person).filter(pk=pk).exists():
            raise NotAllowed("Only an admin of the project may import into it.")
        body = ImportSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        wanted = body.validated_data
        folder = allowed_folder(wanted["folder"])
        manifest = manifest_in(folder, wanted["manifest"]) if "manifest" in wanted else None
        job = start_import(
            project=project, folder=folder, manifest=manifest, atomic=wanted["atomic"], created_by=person
        )
        return Response(JobSerializer(job).data, status=202)
