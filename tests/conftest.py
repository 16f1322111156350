"""What every test stands on: people with roles, and a client."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from rest_framework.test import APIClient

from datasets.models import Project, Role
from tests.factories import ProjectFactory, UserFactory

SHARED_MEDIA = Path(__file__).resolve().parents[2] / "shared" / "media"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With PostgreSQL and Redis, leave out what asks neither: it says the same as without them."""
    if not os.environ.get("CUESET_TEST_SERVICES"):
        return
    without = [item for item in items if not asks_a_database(item)]
    items[:] = [item for item in items if asks_a_database(item)]
    config.hook.pytest_deselected(items=without)


def asks_a_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "machine"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


@pytest.fixture
def project(db: None) -> Project:
    return ProjectFactory()


def person(project: Project, kind: Role.Kind) -> User:
    user = UserFactory()
    Role.objects.create(project=project, user=user, kind=kind)
    return user


@pytest.fixture
def admin(project: Project) -> User:
    return person(project, Role.Kind.ADMIN)


@pytest.fixture
def researcher(project: Project) -> User:
    return person(project, Role.Kind.RESEARCHER)


@pytest.fixture
def annotator(project: Project) -> User:
    return person(project, Role.Kind.ANNOTATOR)


@pytest.fixture
def stranger(db: None) -> User:
    """An admin of another project, who must see nothing of this one."""
    return person(ProjectFactory(), Role.Kind.ADMIN)


@pytest.fixture
def api() -> APIClient:
    """A client that nobody has signed in to; `api.force_login(user)` does."""
    return APIClient()


@pytest.fixture
def shared_media() -> Path:
    """Real clips kept beside the repository; tests that need them skip where they are absent."""
    if not SHARED_MEDIA.is_dir():
        pytest.skip("the folder of real clips (../shared/media) is not here")
    return SHARED_MEDIA


@pytest.fixture(autouse=True)
def nothing_kept():
    """Answers of other tests are forgotten (their rows had the same ids)."""
    caches["answers"].clear()
