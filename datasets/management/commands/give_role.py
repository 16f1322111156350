"""Let a person into a project, or out of it again."""

from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from config.errors import NotFound
from datasets.models import Role
from datasets.people import find_project
from datasets.services.members import add_member, remove_member


class Command(CuesetCommand):
    """See the help."""

    help = "give a person a role in a project; an account that is missing is made, and its password printed this once"

    def add_options(self, parser: CommandParser) -> None:
        """Who, where, as what."""
        parser.add_argument("username")
        parser.add_argument("--project", required=True, help="name of the project")
        parser.add_argument("--kind", required=True, type=Role.Kind, choices=list(Role.Kind), help="the role")
        parser.add_argument("--remove", action="store_true", help="take the role back; what was done in it stays")

    def run(self, username: str, project: str, kind: Role.Kind, remove: bool, **options: Any) -> dict[str, Any]:
        """Give or take; returns the password of a new account."""
        where = find_project(project)
        if not remove:
            _, password = add_member(project=where, username=username, kind=kind)
            return {"username": username, "project": project, "kind": str(kind), "password": password or None}
        role = Role.objects.filter(project=where, user__username=username, kind=kind).first()
        if role is None:
            raise NotFound(f"{username} is not {kind} of {project}.")
        remove_member(role=role)
        return {"username": username, "project": project, "kind": str(kind), "removed": True}
