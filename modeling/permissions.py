"""Who may ask what no project owns."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from config.authentication import signed_in
from datasets.people import staff_projects


class IsStaff(BasePermission):
    """Admins and researchers of any project."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether there is a project whose data they may see."""
        return bool(request.user.is_authenticated) and staff_projects(signed_in(request)).exists()
