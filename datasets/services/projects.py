"""Making projects and changing their settings."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from config.errors import DomainError
from datasets.models import Project
from datasets.people import record_event


class InvalidName(DomainError):
    """No project can be called that."""

    code = "invalid_name"


@transaction.atomic
def find_or_make_project(*, name: str, simulated: bool = False) -> Project:
    """The project of this name, made if there is none; InvalidName if no project can have that name."""
    longest = Project._meta.get_field("name").max_length
    if not name.strip() or len(name) > longest:
        raise InvalidName(f"A project's name has 1 to {longest} characters, and this one has {len(name.strip())}.")
    project, created = Project.objects.get_or_create(name=name, defaults={"simulated": simulated})
    if created:
        record_event(verb="made project", subject=name, project=project)
    return project


@transaction.atomic
def change_settings(*, project: Project, actor: User, **settings: Any) -> Project:
    """Change what an admin may change of a project."""
    for name, value in settings.items():
        setattr(project, name, value)
    project.save(update_fields=list(settings))
    record_event(verb="changed settings", subject=project.name, project=project, actor=actor, fields=sorted(settings))
    return project
