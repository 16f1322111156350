"""Experiments, and two runs compared."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from config.authentication import signed_in
from datasets.people import staff_projects
from datasets.services.analyses import ask
from datasets.views.analyses import responses, told
from datasets.vocabulary import Modality
from modeling.models import Experiment, Run
from modeling.serializers.experiments import (
    ExperimentDetailSerializer,
    ExperimentSerializer,
    IntervalsSerializer,
    LaunchExperimentSerializer,
    RunComparisonSerializer,
)
from modeling.services.experiments import launch_experiment
from modeling.services.questions import ComparisonQuestion, IntervalsQuestion
from modeling.services.runs import RunSettings
from modeling.views.features import versions_seen_by
from modeling.views.runs import NewestFirst, runs_seen_by


def experiments_seen_by(request: Request) -> QuerySet[Experiment]:
    """Experiments in the projects that the person works on as admin or researcher."""
    experiments = Experiment.objects.filter(version__project__in=staff_projects(signed_in(request)))
    runs = runs_seen_by(request).order_by("seed")
    return experiments.select_related("version").prefetch_related(Prefetch("runs", runs))


class ExperimentPages(NewestFirst):
    """Newest first, a few at a time: each comes with the scores of all its runs."""

    page_size = 20
    max_page_size = 20


@extend_schema_view(
    get=extend_schema(
        operation_id="experiments_list",
        parameters=[OpenApiParameter(name, OpenApiTypes.UUID) for name in ("version", "project")],
    )
)
class ExperimentListView(generics.ListAPIView[Experiment]):
    """Experiments of a version or a project."""

    serializer_class = ExperimentSerializer
    pagination_class = ExperimentPages
    queryset = Experiment.objects.none()

    def get_queryset(self) -> QuerySet[Experiment]:
        """Filtered by version and project."""
        found, wanted = experiments_seen_by(self.request), self.request.query_params
        if version := wanted.get("version"):
            found = found.filter(version=generics.get_object_or_404(versions_seen_by(self.request), pk=version))
        if project := wanted.get("project"):
            seen = staff_projects(signed_in(self.request))
            found = found.filter(version__project=generics.get_object_or_404(seen, pk=project))
        return found

    @extend_schema(
        request=LaunchExperimentSerializer,
        responses={201: ExperimentDetailSerializer},
        operation_id="experiments_create",
    )
    def post(self, request: Request) -> Response:
        """Launch one run for each seed."""
        body = LaunchExperimentSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        chosen = dict(body.validated_data)
        version = generics.get_object_or_404(versions_seen_by(request), pk=chosen.pop("version"))
        name, seeds = chosen.pop("name"), chosen.pop("seeds")
        made = launch_experiment(
            version=version, chosen=RunSettings(**chosen), seeds=seeds, name=name, actor=signed_in(request)
        )
        return Response(ExperimentDetailSerializer(experiments_seen_by(request).get(pk=made.pk)).data, status=201)


@extend_schema_view(get=extend_schema(operation_id="experiments_retrieve"))
class ExperimentView(generics.RetrieveAPIView[Experiment]):
    """One experiment, with the spread of its scores."""

    serializer_class = ExperimentDetailSerializer
    queryset = Experiment.objects.none()

    def get_queryset(self) -> QuerySet[Experiment]:
        """Experiments the person may see."""
        return experiments_seen_by(self.request)


class ExperimentIntervalsView(generics.GenericAPIView[Experiment]):
    """How sure the mean scores of an experiment are."""

    queryset = Experiment.objects.none()

    @extend_schema(responses=responses(IntervalsSerializer), operation_id="experiments_intervals")
    def get(self, request: Request, pk: str) -> Response:
        """Of the runs that have ended; of many test clips computed by a job, once."""
        experiment = generics.get_object_or_404(experiments_seen_by(request), pk=pk)
        return told(ask(IntervalsQuestion(experiment), actor=signed_in(request)), IntervalsSerializer)


class CompareRunsView(generics.GenericAPIView[Run]):
    """Two runs on the same test clips."""

    queryset = Run.objects.none()
    pagination_class: Any = None

    @extend_schema(
        parameters=[
            OpenApiParameter("task", enum=[each.value for each in Modality], description="default: the main task"),
        ],
        responses=responses(RunComparisonSerializer),
        operation_id="runs_compare",
    )
    def get(self, request: Request, pk: str, other: str) -> Response:
        """Effect and p of every metric; 409 when nothing joins them."""
        first, second = (generics.get_object_or_404(runs_seen_by(request), pk=each) for each in (pk, other))
        asked = request.query_params.get("task", "")
        task = Modality(asked) if asked in list(Modality) else first.main_task
        question = ComparisonQuestion(first, second, task)
        return told(ask(question, actor=signed_in(request)), RunComparisonSerializer)
