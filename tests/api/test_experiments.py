"""Experiments and comparisons over HTTP."""

import json
import os
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from datasets.jobs import claim_next
from datasets.models import Analysis, Project
from datasets.runner import work_once
from modeling.models import Run
from modeling.runner.execution import execute
from tests.modeling.corpora import TINY, make_run, make_version


def finished(run: Run) -> Run:
    job = claim_next(worker="test", within=run.job)
    assert job is not None
    execute(run, fence=job.fence, parent=os.getppid())
    return Run.objects.get(pk=run.pk)


@pytest.fixture
def run(project: Project) -> Run:
    return finished(make_run(make_version(project), epochs=2))


@pytest.fixture
def signed_in(api: APIClient, researcher: User) -> APIClient:
    api.force_login(researcher)
    return api


def launch(api: APIClient, run: Run, **changes: object) -> dict[str, object]:
    body = {"version": str(run.version_id), "seeds": [1, 2], "epochs": 2, "overrides": TINY, **changes}
    answer = api.post("/api/experiments/", body, format="json")
    assert answer.status_code == 201, answer.json()
    made: dict[str, object] = answer.json()
    return made


def test_an_experiment_is_launched_followed_and_told(signed_in: APIClient, run: Run) -> None:
    made = launch(signed_in, run, name="first")
    assert (made["name"], made["spreads"]) == ("first", {})
    intervals = f"/api/experiments/{made['id']}/intervals/"
    assert signed_in.get(intervals).json()["intervals"] is None
    assert [each["seed"] for each in made["runs"]] == [1, 2]
    for each in Run.objects.filter(experiment=made["id"]):
        finished(each)
    told = signed_in.get(f"/api/experiments/{made['id']}/").json()
    assert told["spreads"]["multimodal"]["mae"]["runs"] == 2
    low, high = signed_in.get(intervals).json()["intervals"]["mae"]
    assert low < told["spreads"]["multimodal"]["mae"]["mean"] < high
    (listed,) = signed_in.get(f"/api/experiments/?project={run.version.project_id}").json()["results"]
    assert listed["spreads"] == told["spreads"]


@pytest.mark.parametrize("change", [{"seeds": [1]}, {"seeds": [1, 1]}, {"ablation": "text"}, {"model": "lmf"}])
def test_an_impossible_experiment_is_a_400(signed_in: APIClient, run: Run, change: dict[str, object]) -> None:
    body = {"version": str(run.version_id), "seeds": [1, 2], **change}
    assert signed_in.post("/api/experiments/", body, format="json").status_code == 400
    assert Run.objects.count() == 1


def test_more_experiments_cost_no_more_queries(signed_in: APIClient, run: Run) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert signed_in.get("/api/experiments/").status_code == 200
        return len(queries)

    launch(signed_in, run)
    few = cost()
    launch(signed_in, run)
    assert cost() == few


def test_two_runs_are_compared(signed_in: APIClient, run: Run) -> None:
    other = finished(make_run(run.version, epochs=2, seed=5))
    told = signed_in.get(f"/api/runs/{run.pk}/compare/{other.pk}/").json()
    assert (told["task"], told["clips"]) == ("multimodal", 6)
    assert 0 < told["metrics"]["mae"]["p"] <= 1
    assert signed_in.get(f"/api/runs/{run.pk}/compare/{other.pk}/?task=audio").json()["task"] == "audio"
    waiting = make_run(run.version)
    assert signed_in.get(f"/api/runs/{run.pk}/compare/{waiting.pk}/").status_code == 409


def test_intervals_of_many_test_clips_are_computed_by_a_job_and_anew_when_another_run_ends(
    signed_in: APIClient, run: Run, settings: Settings
) -> None:
    settings.ANALYSES_AT_ONCE = 0
    made = launch(signed_in, run)
    path = f"/api/experiments/{made['id']}/intervals/"
    for each in Run.objects.filter(experiment=made["id"]).order_by("seed"):
        finished(each)
        assert signed_in.get(path).status_code == 202
        assert work_once("media")
        told = signed_in.get(path).json()
        assert told["analysis"]["newer"] is None
        low, high = told["intervals"]["mae"]
        assert low < high


def test_a_comparison_of_many_test_clips_is_computed_once_by_a_job(
    signed_in: APIClient, run: Run, settings: Settings
) -> None:
    other = finished(make_run(run.version, epochs=2, seed=5))
    path = f"/api/runs/{run.pk}/compare/{other.pk}/"
    settings.ANALYSES_AT_ONCE = 0
    assert signed_in.get(path).status_code == 202
    assert work_once("media")
    kept = signed_in.get(path).json()
    Analysis.objects.all().delete()
    settings.ANALYSES_AT_ONCE = 1000
    now = signed_in.get(path).json()
    assert kept["metrics"] == now["metrics"]
    out = StringIO()
    call_command("compare_runs", str(run.pk), str(other.pk), "--json", stdout=out)
    assert json.loads(out.getvalue())["metrics"] == now["metrics"]


@pytest.mark.parametrize("who", ["annotator", "stranger"])
def test_nobody_else_sees_or_launches_experiments(
    signed_in: APIClient, run: Run, who: str, request: pytest.FixtureRequest
) -> None:
    made = launch(signed_in, run)
    signed_in.force_login(request.getfixturevalue(who))
    assert signed_in.get(f"/api/experiments/{made['id']}/").status_code == 404
    assert signed_in.get(f"/api/experiments/{made['id']}/intervals/").status_code == 404
    assert signed_in.get("/api/experiments/").json()["results"] == []
    assert signed_in.get(f"/api/runs/{run.pk}/compare/{run.pk}/").status_code == 404
    body = {"version": str(run.version_id)}
    assert signed_in.post("/api/experiments/", body, format="json").status_code == 404
