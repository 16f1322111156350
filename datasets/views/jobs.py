"""Long work: what runs, how far it is, stop it, try it again."""

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from config.api import KeysetPagination
from config.authentication import signed_in
from config.errors import NotFound
from datasets.ingest.rejections import report_key
from datasets.jobs import cancel_job, retry_job
from datasets.media.serving import serve_file
from datasets.models import Job
from datasets.people import staff_projects
from datasets.serializers.jobs import JobDetailSerializer, JobSerializer
from datasets.views.clips import AnyType


class NewestFirst(KeysetPagination):
    """Newest jobs first."""

    ordering = ("-created_at", "-pk")


def jobs_seen_by(request: Request) -> QuerySet[Job]:
    """Jobs of the projects that the person works on as admin or researcher."""
    return Job.objects.filter(project__in=staff_projects(signed_in(request)))


@extend_schema_view(
    get=extend_schema(
        operation_id="jobs_list",
        parameters=[OpenApiParameter(name) for name in ("project", "state", "kind")],
    )
)
class JobListView(generics.ListAPIView[Job]):
    """Jobs, without the parts that they are made of."""

    serializer_class = JobSerializer
    pagination_class = NewestFirst
    queryset = Job.objects.none()

    def get_queryset(self) -> QuerySet[Job]:
        """Filtered by project, state (several with commas) and kind."""
        jobs = jobs_seen_by(self.request).filter(parent=None)
        wanted = self.request.query_params
        if project := wanted.get("project"):
            jobs = jobs.filter(
                project__in=[generics.get_object_or_404(staff_projects(signed_in(self.request)), pk=project)]
            )
        if state := wanted.get("state"):
            jobs = jobs.filter(state__in=state.split(","))
        if kind := wanted.get("kind"):
            jobs = jobs.filter(kind=kind)
        return jobs


@extend_schema_view(get=extend_schema(operation_id="jobs_retrieve"))
class JobView(generics.RetrieveAPIView[Job]):
    """One job with its failed parts."""

    serializer_class = JobDetailSerializer
    queryset = Job.objects.none()

    def get_queryset(self) -> QuerySet[Job]:
        """Jobs the person may see."""
        return jobs_seen_by(self.request)


class RejectedRowsView(generics.GenericAPIView[Job]):
    """The rows that an import left out."""

    content_negotiation_class = AnyType

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.BINARY}, operation_id="jobs_rejected")
    def get(self, request: Request, pk: str) -> HttpResponseBase:
        """All of them as a CSV table: line, subject, code, reason; 404 where there are none."""
        job = generics.get_object_or_404(jobs_seen_by(request), pk=pk)
        if not default_storage.exists(report_key(job.pk)):
            raise NotFound("This job left no row out.")
        response = serve_file(request._request, report_key(job.pk))
        response["Content-Disposition"] = 'attachment; filename="rejected.csv"'
        return response


class CancelJobView(generics.GenericAPIView[Job]):
    """Stop a job."""

    @extend_schema(request=None, responses=JobSerializer, operation_id="jobs_cancel")
    def post(self, request: Request, pk: str) -> Response:
        """Ask it and its parts to stop."""
        job = generics.get_object_or_404(jobs_seen_by(request), pk=pk)
        cancel_job(job=job)
        job.refresh_from_db()
        return Response(JobSerializer(job).data)


class RetryJobView(generics.GenericAPIView[Job]):
    """Try a failed job again."""

    @extend_schema(request=None, responses=JobSerializer, operation_id="jobs_retry")
    def post(self, request: Request, pk: str) -> Response:
        """Queue it again, with the parts that did not succeed."""
        job = generics.get_object_or_404(jobs_seen_by(request), pk=pk)
        return Response(JobSerializer(retry_job(job=job)).data)
