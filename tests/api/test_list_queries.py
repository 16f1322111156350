"""Every list costs as many queries for many rows as for few, and every list is measured by benchmarks/lists.py."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from rest_framework.generics import ListAPIView

from benchmarks import large_project
from benchmarks.lists import analyses, lists
from tests.test_house_rules import routes

FEW, MANY = 90, 300


@pytest.fixture
def costs(api, monkeypatch, settings, tmp_path):
    """Queries of every list in a made project of so many clips, by what it lists; the project is gone afterwards."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        }
    }

    def measured(clips):
        monkeypatch.setattr(large_project, "LISTED", clips // 3)
        monkeypatch.setattr(large_project, "EXPERIMENTS", clips // 45)
        monkeypatch.setattr(large_project, "EXPORTS", clips // 6)
        with transaction.atomic():
            ids = large_project.fill(clips)
            api.force_login(User.objects.get(username=large_project.PERSON))
            found = {name: queries_of(api, path) for name, path in lists(ids, clips).items()}
            transaction.set_rollback(True)
        return found

    return measured


def queries_of(api, path):
    walk_two_pages(api, path)  # what is computed once has been, when the queries are counted
    with CaptureQueriesContext(connection) as queries:
        api.get(path)
    return len(queries)


def walk_two_pages(api, path):
    """The second page begins behind the first, whatever the list is ordered by."""
    first = api.get(path + ("&" if "?" in path else "?") + "page_size=1") if is_list(path) else api.get(path)
    assert first.status_code == 200, path
    if is_list(path) and (following := first.json()["next"]):
        second = api.get(following)
        assert second.status_code == 200, path
        assert second.json()["results"] != first.json()["results"], path


@pytest.mark.django_db
def test_no_list_costs_more_queries_when_there_is_more_to_list(costs):
    few, many = costs(FEW), costs(MANY)
    grown = {name: (few[name], many[name]) for name in many if many[name] > few[name]}
    assert grown == {}


def test_every_list_of_the_api_is_measured():
    ids = dict.fromkeys(
        ("project", "campaign", "source", "clip", "first", "version", "run", "other_run", "experiment"), "X"
    )
    measured = {path.partition("?")[0] for path in (lists(ids, 1) | analyses(ids)).values()}
    listed = {
        "/" + re.sub(r"<[^>]+>", "X", route)
        for route in routes(get_resolver().url_patterns)
        if route.startswith("api/") and is_list(example(route))
    }
    assert len(listed) > 10
    assert listed - measured == set()


def is_list(path):
    """Whether the view of an address answers with pages."""
    if "<" in path:
        return False
    return issubclass(get_resolver().resolve(path.partition("?")[0]).func.cls, ListAPIView)


def example(route):
    """An address of this route."""
    path = "/" + re.sub(r"<uuid:\w+>", "00000000-0000-0000-0000-000000000000", route)
    return re.sub(r"<int:\w+>", "1", re.sub(r"<(?:str|modality):\w+>", "text", path))
