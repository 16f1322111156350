"""Projects that a person sees, and the record of what happened in them."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from config.api import KeysetPagination
from config.authentication import signed_in
from config.errors import NotAllowed
from datasets.models import Event, Project, Role
from datasets.people import admin_projects, require_admin, staff_projects
from datasets.selectors.projects import counts_of
from datasets.serializers.people import (
    EventSerializer,
    NewProjectSerializer,
    ProjectSerializer,
    ProjectSettingsSerializer,
)
from datasets.services.projects import change_settings, create_project


class NewestFirst(KeysetPagination):
    """Newest events first."""

    ordering = "-pk"


def with_counts(projects: QuerySet[Project], request: Request) -> list[Project]:
    """Projects with `counts` and `my_roles` filled in, in a fixed number of queries."""
    rows: list[Any] = list(projects.order_by("name"))
    counts = counts_of(rows)
    roles: dict[Any, list[str]] = defaultdict(list)
    for project, kind in Role.objects.filter(user=signed_in(request)).values_list("project", "kind"):
        roles[project].append(kind)
    for row in rows:
        row.my_roles = list(Role.Kind.values) if request.user.is_superuser else roles[row.pk]
        row.counts = counts[row.pk]
    return rows


class ProjectListView(generics.GenericAPIView[Project]):
    """Projects in which one is admin or researcher."""

    pagination_class = None

    @extend_schema(responses=ProjectSerializer(many=True), operation_id="projects_list")
    def get(self, request: Request) -> Response:
        """All of them; there are never many."""
        return Response(ProjectSerializer(with_counts(staff_projects(signed_in(request)), request), many=True).data)

    @extend_schema(request=NewProjectSerializer, responses={201: ProjectSerializer}, operation_id="projects_create")
    def post(self, request: Request) -> Response:
        """Make a project, as somebody who administers one already or as superuser."""
        user = signed_in(request)
        if not (user.is_superuser or admin_projects(user).exists()):
            raise NotAllowed("Only an admin of some project, or a superuser, may make a new one.")
        body = NewProjectSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        project = create_project(actor=user, **body.validated_data)
        (row,) = with_counts(Project.objects.filter(pk=project.pk), request)
        return Response(ProjectSerializer(row).data, status=201)


class ProjectView(generics.GenericAPIView[Project]):
    """One project."""

    queryset = Project.objects.all()

    @extend_schema(responses=ProjectSerializer, operation_id="projects_retrieve")
    def get(self, request: Request, pk: str) -> Response:
        """With its counts."""
        project = generics.get_object_or_404(staff_projects(signed_in(request)), pk=pk)
        (row,) = with_counts(Project.objects.filter(pk=project.pk), request)
        return Response(ProjectSerializer(row).data)

    @extend_schema(
        request=ProjectSettingsSerializer, responses=ProjectSettingsSerializer, operation_id="projects_update"
    )
    def patch(self, request: Request, pk: str) -> Response:
        """Change its settings, as admin."""
        project = generics.get_object_or_404(staff_projects(signed_in(request)), pk=pk)
        require_admin(signed_in(request), project, "change its settings")
        body = ProjectSettingsSerializer(project, data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        changed = change_settings(project=project, actor=signed_in(request), **body.validated_data)
        return Response(ProjectSettingsSerializer(changed).data)


@extend_schema_view(get=extend_schema(operation_id="projects_events_list"))
class ProjectEventsView(generics.ListAPIView[Event]):
    """Who changed what in a project, newest first."""

    serializer_class = EventSerializer
    pagination_class = NewestFirst
    queryset = Event.objects.none()

    def get_queryset(self) -> QuerySet[Event]:
        """Events of one project that the person may see."""
        project = generics.get_object_or_404(staff_projects(signed_in(self.request)), pk=self.kwargs["pk"])
        return Event.objects.filter(project=project).select_related("actor")
