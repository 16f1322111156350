"""The people of a project and their roles."""

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from config.authentication import signed_in
from datasets.models import Project, Role
from datasets.people import require_admin, staff_projects
from datasets.serializers.people import AddedMemberSerializer, MemberSerializer, NewMemberSerializer
from datasets.services.members import add_member, remove_member


def project_to_change(request: Request, pk: object) -> Project:
    """The project, for its admins; hidden from strangers, refused to researchers."""
    project = generics.get_object_or_404(staff_projects(signed_in(request)), pk=pk)
    require_admin(signed_in(request), project, "say who takes part in it")
    return project


class ProjectMembersView(generics.GenericAPIView[Role]):
    """Who takes part in a project."""

    pagination_class = None
    queryset = Role.objects.none()

    @extend_schema(responses=MemberSerializer(many=True), operation_id="projects_members_list")
    def get(self, request: Request, pk: str) -> Response:
        """Everybody, by role and name."""
        project = generics.get_object_or_404(staff_projects(signed_in(request)), pk=pk)
        members = Role.objects.filter(project=project).select_related("user").order_by("kind", "user__username")
        return Response(MemberSerializer(members, many=True).data)

    @extend_schema(
        request=NewMemberSerializer, responses={201: AddedMemberSerializer}, operation_id="projects_members_create"
    )
    def post(self, request: Request, pk: str) -> Response:
        """Let a person in; an account that is missing is made."""
        project = project_to_change(request, pk)
        body = NewMemberSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        role, password = add_member(project=project, actor=signed_in(request), **body.validated_data)
        return Response({**MemberSerializer(role).data, "password": password}, status=201)


class MemberView(generics.GenericAPIView[Role]):
    """One person in one role."""

    queryset = Role.objects.none()

    @extend_schema(responses={204: None}, operation_id="members_destroy")
    def delete(self, request: Request, pk: int) -> Response:
        """Take the role back."""
        visible = Role.objects.filter(project__in=staff_projects(signed_in(request))).select_related("user", "project")
        role = generics.get_object_or_404(visible, pk=pk)
        project_to_change(request, role.project_id)
        remove_member(role=role, actor=signed_in(request))
        return Response(status=204)
