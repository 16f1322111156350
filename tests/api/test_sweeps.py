"""Sweeps over HTTP."""

import os

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from datasets.jobs import claim_next, end_job
from datasets.models import Event, Job, Project, Version
from datasets.runner import Work
from datasets.vocabulary import Modality
from modeling.models import Run, Sweep
from modeling.runner.trial_execution import execute_trial
from modeling.trials import ask_trial
from tests.modeling.corpora import EXTRACTORS, TINY, make_feature_set, make_version

SPACE = [
    {"setting": "learning_rate", "kind": "loguniform", "low": 0.0001, "high": 0.01},
    {"setting": "batch_size", "kind": "choice", "choices": [4, 8]},
]


@pytest.fixture(autouse=True)
def _one_thread(settings) -> None:
    settings.TRAINING_THREADS = 1


@pytest.fixture
def version(project: Project) -> Version:
    made = make_version(project)
    for modality in EXTRACTORS:
        make_feature_set(made, modality)
    return made


@pytest.fixture
def signed_in(api: APIClient, researcher: User) -> APIClient:
    api.force_login(researcher)
    return api


def body(version: Version, **changes: object) -> dict[str, object]:
    return {"version": str(version.pk), "space": SPACE, "trials": 2, "epochs": 1, "overrides": TINY, **changes}


def launch(api: APIClient, version: Version, **changes: object) -> dict[str, object]:
    answer = api.post("/api/sweeps/", body(version, **changes), format="json")
    assert answer.status_code == 201, answer.json()
    made: dict[str, object] = answer.json()
    return made


def finish_trials(sweep: Sweep) -> None:
    for _ in range(sweep.trials_wanted):
        work = Work(claim_next(worker="test", within=sweep.job))
        with work.commit():
            trial = ask_trial(sweep, work.job)
        execute_trial(trial.run, fence=work.job.fence, parent=os.getppid())
        end_job(work.job, Job.State.SUCCEEDED)


def test_a_sweep_of_a_unimodal_model_reads_its_own_features_alone(signed_in: APIClient, project: Project) -> None:
    version = make_version(project)
    make_feature_set(version, Modality.AUDIO)
    made = launch(signed_in, version, model="audio")
    finish_trials(Sweep.objects.get(pk=made["id"]))
    assert [run.feature_sets.keys() for run in Run.objects.filter(tuning=True)] == [{Modality.AUDIO}] * 2
    answer = signed_in.post(f"/api/sweeps/{made['id']}/train-best/", {"seeds": [1, 2]}, format="json")
    assert answer.status_code == 201
    refused = signed_in.post("/api/sweeps/", body(version, model="audio", text="lsa"), format="json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "invalid_recipe")


def test_a_sweep_is_launched_followed_and_its_best_trained(signed_in: APIClient, version: Version) -> None:
    made = launch(signed_in, version, name="first")
    assert (made["name"], made["state"], made["trials"], made["best_value"]) == ("first", "waiting", [], None)
    assert (made["objective"], made["pruner"], made["space"]) == ("mae", "median", SPACE)
    early = signed_in.post(f"/api/sweeps/{made['id']}/train-best/", {}, format="json")
    assert (early.status_code, early.json()["error"]["code"]) == (409, "run_unfinished")
    finish_trials(Sweep.objects.get(pk=made["id"]))
    told = signed_in.get(f"/api/sweeps/{made['id']}/").json()
    values = [trial["value"] for trial in told["trials"]]
    assert told["best_value"] == min(values)
    assert told["best_number"] == values.index(min(values))
    assert [(trial["state"], trial["epochs_done"]) for trial in told["trials"]] == [("succeeded", 1)] * 2
    (listed,) = signed_in.get(f"/api/sweeps/?project={version.project_id}").json()["results"]
    assert listed["best_value"] == told["best_value"]
    answer = signed_in.post(f"/api/sweeps/{made['id']}/train-best/", {"seeds": [1, 2]}, format="json")
    assert answer.status_code == 201
    assert [run["seed"] for run in answer.json()["runs"]] == [1, 2]


def test_trials_are_not_among_the_runs_but_can_be_looked_at(signed_in: APIClient, version: Version) -> None:
    made = launch(signed_in, version)
    finish_trials(Sweep.objects.get(pk=made["id"]))
    assert signed_in.get(f"/api/runs/?version={version.pk}").json()["results"] == []
    trial = Run.objects.order_by("created_at").first()
    told = signed_in.get(f"/api/runs/{trial.pk}/").json()
    assert (told["sweep"], told["metrics"]) == (made["id"], None)
    assert len(signed_in.get(f"/api/runs/{trial.pk}/epochs/").json()) == 1


def test_a_sweep_is_cancelled_and_resumed(signed_in: APIClient, version: Version) -> None:
    made = launch(signed_in, version)
    assert signed_in.post(f"/api/sweeps/{made['id']}/resume/").status_code == 409
    assert signed_in.post(f"/api/sweeps/{made['id']}/cancel/").json()["state"] == "cancelled"
    assert signed_in.post(f"/api/sweeps/{made['id']}/resume/").json()["state"] == "waiting"


def test_a_finished_sweep_is_given_more_trials(signed_in: APIClient, version: Version) -> None:
    made = launch(signed_in, version)
    path = f"/api/sweeps/{made['id']}/extend/"
    assert signed_in.post(path, {"trials": 1}, format="json").status_code == 409
    finish_trials(Sweep.objects.get(pk=made["id"]))
    end_job(claim_next(worker="test", within=Sweep.objects.get(pk=made["id"]).job), Job.State.SUCCEEDED)
    assert signed_in.post(path, {"trials": 0}, format="json").status_code == 400
    told = signed_in.post(path, {"trials": 3}, format="json").json()
    assert (told["state"], told["trials_wanted"], told["trials_ended"]) == ("waiting", 5, 2)
    event = Event.objects.get(verb="extended sweep")
    assert event.details == {"trials": 3}


def test_a_space_is_offered_for_the_recipe(signed_in: APIClient) -> None:
    offered = signed_in.post("/api/sweeps/space/", {"recipe": "paper", "semi": True}, format="json").json()
    names = [each["setting"] for each in offered]
    assert names[0] == "learning_rate"
    assert "encoder_dropout" not in names
    refused = signed_in.post("/api/sweeps/space/", {"model": "audio", "ablation": "without_mixup"}, format="json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "invalid_recipe")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"space": []}, "invalid_sweep"),
        ({"space": [{"setting": "variant", "kind": "choice", "choices": [1, 2]}]}, "invalid_sweep"),
        ({"trials": 0}, "invalid"),
        ({"objective": "test_mae"}, "invalid"),
    ],
)
def test_an_impossible_sweep_is_a_400(
    signed_in: APIClient, version: Version, change: dict[str, object], code: str
) -> None:
    answer = signed_in.post("/api/sweeps/", body(version, **change), format="json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    assert not Sweep.objects.exists()


def test_more_sweeps_cost_no_more_queries(signed_in: APIClient, version: Version) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert signed_in.get("/api/sweeps/").status_code == 200
        return len(queries)

    launch(signed_in, version)
    few = cost()
    launch(signed_in, version)
    assert cost() == few


def test_a_stranger_sees_no_sweep_and_makes_none(
    api: APIClient, researcher: User, stranger: User, version: Version
) -> None:
    api.force_login(researcher)
    made = launch(api, version)
    api.force_login(stranger)
    assert api.get("/api/sweeps/").json()["results"] == []
    assert api.get(f"/api/sweeps/?version={version.pk}").status_code == 404
    assert api.get(f"/api/sweeps/{made['id']}/").status_code == 404
    for verb in ("cancel", "extend", "resume", "train-best"):
        assert api.post(f"/api/sweeps/{made['id']}/{verb}/", {}, format="json").status_code == 404
    assert api.post("/api/sweeps/", body(version), format="json").status_code == 404
    assert Sweep.objects.count() == 1


def test_nobody_signed_in_gets_nothing(api: APIClient, version: Version) -> None:
    for path in ("/api/sweeps/", "/api/sweeps/space/"):
        assert api.post(path, {}, format="json").status_code in (401, 403)
