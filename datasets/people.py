"""Accounts, roles, and what each person may see."""

import secrets
from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from config.errors import DomainError, NotAllowed, NotFound
from datasets.models import Event, Project, Role


class BadUsername(DomainError):
    """The user name cannot be one."""

    code = "bad_username"


def find_project(name: str) -> Project:
    """The project of this name; a clear error that lists the names there are."""
    project = Project.objects.filter(name=name).first()
    if project:
        return project
    names = ", ".join(Project.objects.values_list("name", flat=True)[:10]) or "none yet"
    raise NotFound(f"There is no project named “{name}” (projects: {names}).")


def find_or_make_account(username: str) -> tuple[User, str | None]:
    """The account of this name; a new one gets a random password, which is returned this once."""
    return find_or_make_accounts([username])[0]


def find_or_make_accounts(usernames: Iterable[str]) -> list[tuple[User, str | None]]:
    """The accounts of these names, all or none; new ones get random passwords, which are returned this once.

    Best outside a transaction: a password takes a fifth of a second to hash, in which others may write.
    """
    names = list(usernames)
    there = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    for username in set(names) - there:
        check_username(username)
    passwords = {username: secrets.token_urlsafe(12) for username in names if username not in there}
    hashed = {username: make_password(password) for username, password in passwords.items()}
    with transaction.atomic():
        found = [
            User.objects.get_or_create(username=username, defaults={"password": hashed.get(username, "")})
            for username in names
        ]
    return [(user, passwords[user.username] if made else None) for user, made in found]


def check_username(username: str) -> None:
    """Raise BadUsername unless an account may be called so."""
    try:
        User.username_validator(username)
    except ValidationError as error:
        raise BadUsername(f"“{username}” cannot be a user name: letters, digits and @ . + - _ only.") from error


def give_role(*, project: Project, user: User, kind: Role.Kind) -> None:
    """Let a person act in a project; giving a role twice changes nothing."""
    Role.objects.get_or_create(project=project, user=user, kind=kind)


def projects_of(user: User, kinds: Iterable[str] = Role.Kind.values) -> QuerySet[Project]:
    """Projects in which this person has one of these roles; a superuser has all of them."""
    if user.is_superuser:
        return Project.objects.all()
    return Project.objects.filter(pk__in=Role.objects.filter(user_id=user.pk, kind__in=list(kinds)).values("project"))


def staff_projects(user: User) -> QuerySet[Project]:
    """Projects whose clips, labels and versions this person may see: as admin or researcher."""
    return projects_of(user, (Role.Kind.ADMIN, Role.Kind.RESEARCHER))


def admin_projects(user: User) -> QuerySet[Project]:
    """Projects that this person administers."""
    return projects_of(user, (Role.Kind.ADMIN,))


def require_admin(user: User, project: Project, to: str = "do this") -> None:
    """Raise NotAllowed unless the person administers the project."""
    if not admin_projects(user).filter(pk=project.pk).exists():
        raise NotAllowed(f"Only an admin of the project may {to}.")


def record_event(
    *,
    verb: str,
    subject: object,
    project: Project | None = None,
    actor: User | None = None,
    **details: object,
) -> None:
    """Add a line to the record of who changed what."""
    Event.objects.create(project=project, actor=actor, verb=verb, subject=str(subject)[:200], details=details)
