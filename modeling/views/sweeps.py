"""Sweeps: launch, follow, cancel, resume, extend, and train what they found."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from config.authentication import signed_in
from datasets.people import staff_projects
from modeling.models import Sweep
from modeling.permissions import IsStaff
from modeling.serializers.experiments import ExperimentDetailSerializer
from modeling.serializers.sweeps import (
    DimensionSerializer,
    ExtendSweepSerializer,
    LaunchSweepSerializer,
    OfferedSpaceSerializer,
    SweepDetailSerializer,
    SweepSerializer,
    TrainBestSerializer,
)
from modeling.services.runs import RunSettings
from modeling.services.sweeps import cancel_sweep, extend_sweep, launch_sweep, offered_space, resume_sweep, train_best
from modeling.views.experiments import experiments_seen_by
from modeling.views.features import versions_seen_by
from modeling.views.runs import NewestFirst


def sweeps_seen_by(request: Request) -> QuerySet[Sweep]:
    """Sweeps in the projects that the person works on as admin or researcher."""
    sweeps = Sweep.objects.filter(version__project__in=staff_projects(signed_in(request)))
    return sweeps.with_best().select_related("version", "job", "created_by")


@extend_schema_view(
    get=extend_schema(
        operation_id="sweeps_list",
        parameters=[OpenApiParameter(name, OpenApiTypes.UUID) for name in ("version", "project")],
    )
)
class SweepListView(generics.ListAPIView[Sweep]):
    """Sweeps of a version or a project."""

    serializer_class = SweepSerializer
    pagination_class = NewestFirst
    queryset = Sweep.objects.none()

    def get_queryset(self) -> QuerySet[Sweep]:
        """Filtered by version and project."""
        found, wanted = sweeps_seen_by(self.request), self.request.query_params
        if version := wanted.get("version"):
            found = found.filter(version=generics.get_object_or_404(versions_seen_by(self.request), pk=version))
        if project := wanted.get("project"):
            seen = staff_projects(signed_in(self.request))
            found = found.filter(version__project=generics.get_object_or_404(seen, pk=project))
        return found

    @extend_schema(request=LaunchSweepSerializer, responses={201: SweepDetailSerializer}, operation_id="sweeps_create")
    def post(self, request: Request) -> Response:
        """Queue the trials."""
        body = LaunchSweepSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        chosen = dict(body.validated_data)
        version = generics.get_object_or_404(versions_seen_by(request), pk=chosen.pop("version"))
        search = {name: chosen.pop(name) for name in ("name", "space", "trials", "objective", "pruner")}
        sweep = launch_sweep(version=version, chosen=RunSettings(**chosen), actor=signed_in(request), **search)
        return Response(SweepDetailSerializer(sweeps_seen_by(request).get(pk=sweep.pk)).data, status=201)


class OfferedSpaceView(generics.GenericAPIView[Any]):
    """What a sweep of a recipe could vary."""

    permission_classes = (IsStaff,)
    queryset = Sweep.objects.none()
    pagination_class = None

    @extend_schema(
        request=OfferedSpaceSerializer, responses=DimensionSerializer(many=True), operation_id="sweeps_space"
    )
    def post(self, request: Request) -> Response:
        """Every setting with a sensible range; nothing is made."""
        body = OfferedSpaceSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        offered: Any = [each.to_dict() for each in offered_space(chosen=RunSettings(**body.validated_data))]
        return Response(DimensionSerializer(offered, many=True).data)


@extend_schema_view(get=extend_schema(operation_id="sweeps_retrieve"))
class SweepView(generics.RetrieveAPIView[Sweep]):
    """One sweep with its trials."""

    serializer_class = SweepDetailSerializer
    queryset = Sweep.objects.none()

    def get_queryset(self) -> QuerySet[Sweep]:
        """Sweeps the person may see."""
        return sweeps_seen_by(self.request)


class CancelSweepView(generics.GenericAPIView[Sweep]):
    """Stop a sweep."""

    queryset = Sweep.objects.none()

    @extend_schema(request=None, responses=SweepDetailSerializer, operation_id="sweeps_cancel")
    def post(self, request: Request, pk: str) -> Response:
        """All its trials end within ten seconds."""
        cancel_sweep(sweep=generics.get_object_or_404(sweeps_seen_by(request), pk=pk))
        return Response(SweepDetailSerializer(sweeps_seen_by(request).get(pk=pk)).data)


class ResumeSweepView(generics.GenericAPIView[Sweep]):
    """Go on with a sweep."""

    queryset = Sweep.objects.none()

    @extend_schema(request=None, responses=SweepDetailSerializer, operation_id="sweeps_resume")
    def post(self, request: Request, pk: str) -> Response:
        """Cancelled and failed trials go on after their last epoch; 409 for a sweep that was neither."""
        resume_sweep(sweep=generics.get_object_or_404(sweeps_seen_by(request), pk=pk))
        return Response(SweepDetailSerializer(sweeps_seen_by(request).get(pk=pk)).data)


class ExtendSweepView(generics.GenericAPIView[Sweep]):
    """Give a finished sweep more trials."""

    queryset = Sweep.objects.none()

    @extend_schema(request=ExtendSweepSerializer, responses=SweepDetailSerializer, operation_id="sweeps_extend")
    def post(self, request: Request, pk: str) -> Response:
        """The search goes on from all trials before; 409 for a sweep that has not ended well."""
        sweep = generics.get_object_or_404(sweeps_seen_by(request), pk=pk)
        body = ExtendSweepSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        extend_sweep(sweep=sweep, actor=signed_in(request), **body.validated_data)
        return Response(SweepDetailSerializer(sweeps_seen_by(request).get(pk=pk)).data)


class TrainBestView(generics.GenericAPIView[Sweep]):
    """Train what a sweep found."""

    queryset = Sweep.objects.none()

    @extend_schema(
        request=TrainBestSerializer, responses={201: ExperimentDetailSerializer}, operation_id="sweeps_train_best"
    )
    def post(self, request: Request, pk: str) -> Response:
        """An experiment of the best trial's recipe; 409 before a trial has finished."""
        body = TrainBestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        sweep = generics.get_object_or_404(sweeps_seen_by(request), pk=pk)
        made = train_best(sweep=sweep, actor=signed_in(request), **body.validated_data)
        return Response(ExperimentDetailSerializer(experiments_seen_by(request).get(pk=made.pk)).data, status=201)
