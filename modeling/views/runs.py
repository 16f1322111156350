"""Recipes and runs: launch, follow, understand, cancel, take away."""

from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from config.api import KeysetPagination
from config.authentication import signed_in
from config.errors import NotFound
from datasets.media.serving import serve_file
from datasets.models import Clip
from datasets.people import staff_projects
from datasets.views.clips import AnyType
from datasets.vocabulary import Split
from modeling.models import Epoch, Prediction, Run
from modeling.recipes import RECIPES
from modeling.selectors import attach_frozen_rows, scatter
from modeling.serializers.runs import (
    EpochSerializer,
    LaunchSerializer,
    PredictionSerializer,
    RecipeSerializer,
    RunDetailSerializer,
    RunSerializer,
    ScatterSerializer,
)
from modeling.services.archives import archive_name, archive_run, record_run_download
from modeling.services.runs import RunSettings, cancel_run, launch_run
from modeling.views.features import versions_seen_by

SPLIT = OpenApiParameter("split", enum=[each.value for each in Split], description="default: test")


def runs_seen_by(request: Request) -> QuerySet[Run]:
    """Runs in the projects that the person works on as admin or researcher."""
    runs = Run.objects.filter(version__project__in=staff_projects(signed_in(request)))
    return runs.with_state().with_progress().select_related("created_by", "trial")


class RecipeListView(generics.GenericAPIView[Any]):
    """Recipes to start from."""

    pagination_class = None
    queryset = Run.objects.none()

    @extend_schema(responses=RecipeSerializer(many=True), operation_id="recipes_list")
    def get(self, request: Request) -> Response:
        """Each with all of its settings."""
        rows: Any = [  # many=True takes a list, which the stubs do not know
            {"name": str(name), "semi": semi, "settings": recipe.to_dict()} for (name, semi), recipe in RECIPES.items()
        ]
        return Response(RecipeSerializer(rows, many=True).data)


class NewestFirst(KeysetPagination):
    """Newest runs first."""

    ordering = ("-created_at", "-pk")


@extend_schema_view(
    get=extend_schema(
        operation_id="runs_list",
        parameters=[OpenApiParameter(name, OpenApiTypes.UUID) for name in ("version", "project")],
    )
)
class RunListView(generics.ListAPIView[Run]):
    """Runs of a version or a project; the trials of sweeps are listed with their sweep."""

    serializer_class = RunSerializer
    pagination_class = NewestFirst
    queryset = Run.objects.none()

    def get_queryset(self) -> QuerySet[Run]:
        """Filtered by version and project."""
        runs, wanted = runs_seen_by(self.request).filter(tuning=False), self.request.query_params
        if version := wanted.get("version"):
            runs = runs.filter(version=generics.get_object_or_404(versions_seen_by(self.request), pk=version))
        if project := wanted.get("project"):
            runs = runs.filter(
                version__project=generics.get_object_or_404(staff_projects(signed_in(self.request)), pk=project)
            )
        return runs

    @extend_schema(request=LaunchSerializer, responses={201: RunDetailSerializer}, operation_id="runs_create")
    def post(self, request: Request) -> Response:
        """Launch a run."""
        body = LaunchSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        chosen = dict(body.validated_data)
        version = generics.get_object_or_404(versions_seen_by(request), pk=chosen.pop("version"))
        run = launch_run(version=version, chosen=RunSettings(**chosen), actor=signed_in(request))
        return Response(RunDetailSerializer(runs_seen_by(request).get(pk=run.pk)).data, status=201)


@extend_schema_view(get=extend_schema(operation_id="runs_retrieve"))
class RunView(generics.RetrieveAPIView[Run]):
    """One run."""

    serializer_class = RunDetailSerializer
    queryset = Run.objects.none()

    def get_queryset(self) -> QuerySet[Run]:
        """Runs the person may see."""
        return runs_seen_by(self.request)


class CancelRunView(generics.GenericAPIView[Run]):
    """Stop a run."""

    queryset = Run.objects.none()

    @extend_schema(request=None, responses=RunDetailSerializer, operation_id="runs_cancel")
    def post(self, request: Request, pk: str) -> Response:
        """Its process and all that it started end within ten seconds."""
        cancel_run(run=generics.get_object_or_404(runs_seen_by(request), pk=pk))
        return Response(RunDetailSerializer(runs_seen_by(request).get(pk=pk)).data)


class EpochListView(generics.GenericAPIView[Epoch]):
    """The curves of a run."""

    pagination_class = None
    queryset = Epoch.objects.none()

    @extend_schema(responses=EpochSerializer(many=True), operation_id="runs_epochs_list")
    def get(self, request: Request, pk: str) -> Response:
        """All epochs so far."""
        run = generics.get_object_or_404(runs_seen_by(request), pk=pk)
        return Response(EpochSerializer(run.epochs.all(), many=True).data)


class PredictionPages(KeysetPagination):
    """Largest error first, or in the version's row order."""

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> Any:
        """By the parameter `order`."""
        return ("pk",) if request.query_params.get("order") == "clip" else ("-error", "pk")


@extend_schema_view(
    get=extend_schema(
        operation_id="runs_predictions_list",
        parameters=[
            SPLIT,
            OpenApiParameter(
                "order", enum=["error", "clip"], description="error (default): clips with a label, most wrong first"
            ),
            OpenApiParameter("clip", OpenApiTypes.UUID, description="this clip alone, whatever its split"),
        ],
    )
)
class PredictionListView(generics.ListAPIView[Prediction]):
    """What a run predicts, clip by clip."""

    serializer_class = PredictionSerializer
    pagination_class = PredictionPages
    queryset = Prediction.objects.none()

    def get_queryset(self) -> QuerySet[Prediction]:
        """Predictions of one split, or of one clip."""
        self.run = generics.get_object_or_404(runs_seen_by(self.request), pk=self.kwargs["pk"])
        wanted = self.request.query_params
        predictions = self.run.predictions.select_related("clip__source")
        if clip := wanted.get("clip"):
            return predictions.filter(clip=generics.get_object_or_404(Clip, pk=clip))
        predictions = predictions.filter(split=wanted.get("split", Split.TEST))
        return predictions if wanted.get("order") == "clip" else predictions.exclude(error=None)

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page with each clip's labels and scores."""
        return attach_frozen_rows(self.run.version, super().paginate_queryset(queryset) or [])


class ScatterView(generics.GenericAPIView[Run]):
    """Predicted against true."""

    queryset = Run.objects.none()

    @extend_schema(parameters=[SPLIT], responses=ScatterSerializer, operation_id="runs_scatter")
    def get(self, request: Request, pk: str) -> Response:
        """A whole split as arrays."""
        run = generics.get_object_or_404(runs_seen_by(request), pk=pk)
        return Response(scatter(run, request.query_params.get("split", Split.TEST)))


class WeightsView(generics.GenericAPIView[Run]):
    """The trained weights."""

    queryset = Run.objects.none()

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, operation_id="runs_weights")
    def get(self, request: Request, pk: str) -> FileResponse:
        """As a safetensors file."""
        run = generics.get_object_or_404(runs_seen_by(request), pk=pk)
        if not run.weights:
            raise NotFound("This run has no weights yet.")
        return FileResponse(
            default_storage.open(run.weights),
            as_attachment=True,
            filename=f"{run.model}-{run.pk}.safetensors",
            content_type="application/octet-stream",
        )


class RunFolderView(generics.GenericAPIView[Run]):
    """A run's folder to take away."""

    content_negotiation_class = AnyType
    queryset = Run.objects.none()

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY}, operation_id="runs_folder")
    def get(self, request: Request, pk: str) -> HttpResponseBase:
        """One zip, whole or the part that a Range asks for; its ETag is its SHA-256; 409 before the run has one."""
        run = archive_run(run=generics.get_object_or_404(runs_seen_by(request), pk=pk))
        response = serve_file(request._request, run.archive, etag=run.archive_sha256)
        response["Content-Disposition"] = content_disposition_header(True, archive_name(run)) or "attachment"
        if response.status_code == 200:  # a part that is fetched later belongs to a download that was recorded
            record_run_download(run=run, actor=signed_in(request))
        return response
