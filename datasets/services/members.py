"""Letting people into a project, and out of it again."""

from django.contrib.auth.models import User
from django.db import transaction

from config.errors import Conflict
from datasets.models import Project, Role
from datasets.people import find_or_make_account, record_event


@transaction.atomic
def add_member(*, project: Project, username: str, kind: Role.Kind, actor: User | None = None) -> tuple[Role, str]:
    """Give a person a role; a new account's password is returned this once, and "" for an account that was there."""
    user, password = find_or_make_account(username)
    role, created = Role.objects.get_or_create(project=project, user=user, kind=kind)
    if created:
        record_event(verb=f"added {kind}", subject=username, project=project, actor=actor)
    return role, password or ""


@transaction.atomic
def remove_member(*, role: Role, actor: User | None = None) -> None:
    """Take a role back; what the person did in it stays. Conflict if nobody would administer the project then."""
    admins = Role.objects.select_for_update().filter(project=role.project, kind=Role.Kind.ADMIN)
    if role.kind == Role.Kind.ADMIN and len(admins) == 1:
        raise Conflict(f"{role.user} is the only admin of {role.project.name}: make somebody else admin first.")
    role.delete()
    record_event(verb=f"removed {role.kind}", subject=role.user.username, project=role.project, actor=actor)
