"""Experiments and comparisons over HTTP."""

import os

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from datasets.jobs import claim_next
from datasets.models import Project
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
    assert (made["name"], made["spreads"], made["intervals"]) == ("first", {}, None)
    assert [each["seed"] for each in made["runs"]] == [1, 2]
    for each in Run.objects.filter(experiment=made["id"]):
        finished(each)
    told = signed_in.get(f"/api/experiments/{made['id']}/").json()
    assert told["spreads"]["multimodal"]["mae"]["runs"] == 2
    low, high = told["intervals"]["mae"]
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


@pytest.mark.parametrize("who", ["annotator", "stranger"])
def test_nobody_else_sees_or_launches_experiments(
    signed_in: APIClient, run: Run, who: str, request: pytest.FixtureRequest
) -> None:
    made = launch(signed_in, run)
    signed_in.force_login(request.getfixturevalue(who))
    assert signed_in.get(f"/api/experiments/{made['id']}/").status_code == 404
    assert signed_in.get("/api/experiments/").json()["results"] == []
    assert signed_in.get(f"/api/runs/{run.pk}/compare/{run.pk}/").status_code == 404
    body = {"version": str(run.version_id)}
    assert signed_in.post("/api/experiments/", body, format="json").status_code == 404
