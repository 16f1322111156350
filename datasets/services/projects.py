"""Making projects and changing their settings."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from config.errors import Conflict, DomainError
from datasets.models import Project, Role
from datasets.people import give_role, record_event


class InvalidName(DomainError):
    """No project can be called that."""

    code = "invalid_name"


@transaction.atomic
def find_or_make_project(*, name: str, simulated: bool = False) -> Project:
    """The project of this name, made if there is none; InvalidName if no project can have that name."""
    check_name(name)
    project, created = Project.objects.get_or_create(name=name, defaults={"simulated": simulated})
    if created:
        record_event(verb="made project", subject=name, project=project)
    return project


@transaction.atomic
def create_project(*, name: str, description: str = "", actor: User | None = None) -> Project:
    """A new project, administered by whoever makes it; Conflict if there is one of this name."""
    check_name(name)
    if Project.objects.filter(name=name).exists():
        raise Conflict(f"There is a project named “{name}” already: choose another name.")
    project = Project.objects.create(name=name, description=description)
    if actor:
        give_role(project=project, user=actor, kind=Role.Kind.ADMIN)
    record_event(verb="made project", subject=name, project=project, actor=actor)
    return project


def check_name(name: str) -> None:
    """Raise InvalidName if no project can be called this."""
    longest = Project._meta.get_field("name").max_length or 0
    if not 1 <= len(name.strip()) <= len(name) <= longest:
        raise InvalidName(f"A project's name has 1 to {longest} characters, and this one has {len(name.strip())}.")


@transaction.atomic
def change_settings(*, project: Project, actor: User | None, **settings: Any) -> Project:
    """Change what an admin may change of a project."""
    for name, value in settings.items():
        setattr(project, name, value)
    project.save(update_fields=list(settings))
    record_event(verb="changed settings", subject=project.name, project=project, actor=actor, fields=sorted(settings))
    return project
