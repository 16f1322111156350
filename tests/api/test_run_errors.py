"""Where a run errs, over HTTP and as a command."""

import json
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from datasets.models import Clip, Project
from datasets.runner import work_once
from modeling.models import Run
from tests.api.test_experiments import finished
from tests.modeling.corpora import make_run, make_version


@pytest.fixture
def run(project: Project) -> Run:
    version = make_version(project)
    Clip.objects.filter(project=project).update(scenario="home")
    return finished(make_run(version, epochs=2))


@pytest.fixture
def signed_in(api: APIClient, researcher: User) -> APIClient:
    api.force_login(researcher)
    return api


def test_every_view_of_the_errors_counts_the_labelled_test_clips(signed_in: APIClient, run: Run) -> None:
    told = signed_in.get(f"/api/runs/{run.pk}/errors/").json()
    assert (told["task"], told["split"], told["clips"]) == ("multimodal", "test", 6)
    assert told["classes"] == ["NEG", "WNEG", "NEU", "WPOS", "POS"]
    assert sum(map(sum, told["confusion"])) == 6
    for view in ("by_class", "by_scenario", "by_duration", "by_agreement"):
        assert sum(group["clips"] for group in told[view]) == 6, view
    (home,) = told["by_scenario"]
    assert home["name"] == "home"
    assert home["mae"] == pytest.approx(run.metrics["test"]["multimodal"]["mae"], abs=1e-5)
    assert [(group["low"], group["high"]) for group in told["by_agreement"]] == [(0, 0)]


def test_another_prediction_and_split_can_be_asked_for(signed_in: APIClient, run: Run) -> None:
    told = signed_in.get(f"/api/runs/{run.pk}/errors/?task=vision&split=valid").json()
    assert (told["task"], told["split"], told["clips"]) == ("vision", "valid", 4)
    assert [group["name"] for group in told["by_class"]] == ["NEU"]
    assert told["by_agreement"] == []  # only multimodal scores are known


def test_what_a_run_has_not_predicted_is_a_conflict(signed_in: APIClient, run: Run) -> None:
    waiting = make_run(run.version)
    assert signed_in.get(f"/api/runs/{waiting.pk}/errors/").json()["error"]["code"] == "run_unfinished"
    audio = finished(make_run(run.version, epochs=2, model="audio"))
    answer = signed_in.get(f"/api/runs/{audio.pk}/errors/?task=multimodal")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "not_predicted")
    assert signed_in.get(f"/api/runs/{audio.pk}/errors/").json()["task"] == "audio"


def test_errors_on_many_clips_are_found_once_by_a_job(signed_in: APIClient, run: Run, settings: Settings) -> None:
    settings.ANALYSES_AT_ONCE = 0
    path = f"/api/runs/{run.pk}/errors/?split=valid"
    accepted = signed_in.get(path)
    assert (accepted.status_code, accepted.json()["job"]["state"]) == (202, "queued")
    assert work_once("media")
    told = signed_in.get(path).json()
    assert (told["split"], told["clips"], told["analysis"]["newer"]) == ("valid", 4, None)
    assert signed_in.get(f"/api/runs/{run.pk}/errors/").status_code == 202  # another split is another question


@pytest.mark.parametrize("who", ["annotator", "stranger"])
def test_nobody_else_sees_errors(signed_in: APIClient, run: Run, who: str, request: pytest.FixtureRequest) -> None:
    signed_in.force_login(request.getfixturevalue(who))
    assert signed_in.get(f"/api/runs/{run.pk}/errors/").status_code == 404


def test_the_command_tells_the_same_as_the_page(signed_in: APIClient, run: Run) -> None:
    out = StringIO()
    call_command("run_errors", str(run.pk), "--json", stdout=out)
    told = signed_in.get(f"/api/runs/{run.pk}/errors/").json()
    assert json.loads(out.getvalue()) | {"analysis": told["analysis"]} == told
    text = StringIO()
    call_command("run_errors", str(run.pk), stdout=text)
    assert "by scenario home: MAE" in text.getvalue()
