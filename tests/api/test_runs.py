"""Runs over HTTP."""

import os
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from datasets.jobs import claim_next
from datasets.models import Job, Project
from datasets.vocabulary import Modality
from modeling.models import Run
from modeling.runner.execution import execute
from tests.modeling.corpora import TINY, make_feature_set, make_run, make_version


@pytest.fixture
def run(project: Project) -> Run:
    return make_run(make_version(project))


@pytest.fixture
def finished(run: Run) -> Run:
    job = claim_next(worker="test", within=run.job)
    assert job is not None
    execute(run, fence=job.fence, parent=os.getppid())
    Job.objects.filter(pk=job.pk).update(state=Job.State.SUCCEEDED)
    return Run.objects.get(pk=run.pk)


@pytest.fixture
def signed_in(api: APIClient, researcher: User) -> APIClient:
    api.force_login(researcher)
    return api


def results(api: APIClient, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get(path).json()["results"]
    return found


def test_launching_answers_with_the_queued_run(signed_in: APIClient, run: Run) -> None:
    body = {"version": str(run.version_id), "recipe": "paper", "semi": True, "seed": 7, "epochs": 2, "overrides": TINY}
    answer = signed_in.post("/api/runs/", body, format="json")
    assert answer.status_code == 201
    made = answer.json()
    assert (made["state"], made["recipe_name"], made["semi"], made["seed"]) == ("queued", "paper", True, 7)
    assert (made["recipe"]["epochs"], made["recipe"]["batch_size"]) == (2, 8)
    assert [made["text"], made["audio"], made["vision"]] == ["lsa", "egemaps", "landmarks"]


def test_a_unimodal_run_is_launched_on_its_own_features(signed_in: APIClient, project: Project) -> None:
    version = make_version(project)
    make_feature_set(version, Modality.AUDIO)
    body = {"version": str(version.pk), "model": "audio", "overrides": TINY}
    made = signed_in.post("/api/runs/", body, format="json").json()
    assert [made["text"], made["audio"], made["vision"]] == [None, "egemaps", None]
    assert list(made["feature_sets"]) == ["audio"]
    assert [row["audio"] for row in results(signed_in, f"/api/runs/?version={version.pk}")] == ["egemaps"]
    refused = signed_in.post("/api/runs/", {**body, "text": "lsa"}, format="json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "invalid_recipe")


def test_launching_without_features_says_what_to_do(signed_in: APIClient, project: Project) -> None:
    answer = signed_in.post("/api/runs/", {"version": str(make_version(project).pk)}, format="json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "features_missing")


@pytest.mark.parametrize("change", [{"recipe": "mine"}, {"epochs": 0}, {"overrides": {"batch": 1}}, {"version": "x"}])
def test_an_impossible_request_is_a_400(signed_in: APIClient, run: Run, change: dict[str, object]) -> None:
    answer = signed_in.post("/api/runs/", {"version": str(run.version_id), **change}, format="json")
    assert answer.status_code == 400
    assert Run.objects.count() == 1


def test_a_finished_run_tells_its_metrics(signed_in: APIClient, finished: Run) -> None:
    told = signed_in.get(f"/api/runs/{finished.pk}/").json()
    assert told["state"] == "succeeded"
    assert told["metrics"] == finished.metrics
    assert (told["epochs_done"], told["most_epochs"]) == (3, 3)


def test_epochs_are_the_curves(signed_in: APIClient, finished: Run) -> None:
    epochs = signed_in.get(f"/api/runs/{finished.pk}/epochs/").json()
    assert [each["number"] for each in epochs] == [1, 2, 3]
    assert epochs[0]["losses"]["total"] > 0
    assert epochs[0]["valid_metrics"]["multimodal"]["mae"] > 0


def test_predictions_come_most_wrong_first_page_by_page(signed_in: APIClient, finished: Run) -> None:
    path = f"/api/runs/{finished.pk}/predictions/?page_size=4"
    first = signed_in.get(path).json()
    rest = signed_in.get(first["next"]).json()
    rows = first["results"] + rest["results"]
    assert len({row["clip"] for row in rows}) == 6
    assert [row["error"] for row in rows] == sorted((row["error"] for row in rows), reverse=True)


def test_a_prediction_stands_beside_labels_scores_and_player(signed_in: APIClient, finished: Run) -> None:
    row = results(signed_in, f"/api/runs/{finished.pk}/predictions/?split=test")[0]
    frozen = finished.version.rows.get(clip=row["clip"])
    assert row["label"] == {
        "multimodal": frozen.multimodal / 5, "text": frozen.text / 5, "audio": frozen.audio / 5, "vision": 0,
    }  # fmt: skip
    assert row["media_url"] == f"/api/clips/{row['clip']}/media/"
    assert row["transcript"] == frozen.transcript
    assert [score["annotator"] for score in row["scores"]["multimodal"]] == [f"A{n}" for n in range(1, 8)]
    assert row["scores"]["text"] == []
    assert row["error"] == pytest.approx(abs(row["prediction"]["multimodal"] - row["label"]["multimodal"]))


def test_clips_without_label_are_found_in_row_order(signed_in: APIClient, finished: Run) -> None:
    path = f"/api/runs/{finished.pk}/predictions/?split="
    assert results(signed_in, path) == []
    unlabelled = results(signed_in, f"{path}&order=clip")
    assert len(unlabelled) == 4
    assert unlabelled[0]["label"]["multimodal"] is None


def test_scatter_gives_a_whole_split_as_arrays(signed_in: APIClient, finished: Run) -> None:
    arrays = signed_in.get(f"/api/runs/{finished.pk}/scatter/").json()
    assert len(arrays["clips"]) == 6
    truth = finished.version.rows.get(clip=arrays["clips"][2]).audio / 5
    assert arrays["audio"]["truth"][2] == truth
    assert len(arrays["vision"]["prediction"]) == 6
    assert arrays["multimodal_labels"] == arrays["multimodal"]["truth"]


def test_weights_are_downloaded_as_they_were_kept(signed_in: APIClient, finished: Run) -> None:
    import hashlib

    answer = signed_in.get(f"/api/runs/{finished.pk}/weights/")
    assert answer["Content-Disposition"].endswith('.safetensors"')
    assert hashlib.sha256(b"".join(answer.streaming_content)).hexdigest() == finished.weights_sha256


def test_a_run_without_weights_has_none_to_download(signed_in: APIClient, run: Run) -> None:
    assert signed_in.get(f"/api/runs/{run.pk}/weights/").status_code == 404


def test_a_run_is_cancelled_once(signed_in: APIClient, run: Run) -> None:
    assert signed_in.post(f"/api/runs/{run.pk}/cancel/").json()["state"] == "cancelled"
    assert signed_in.post(f"/api/runs/{run.pk}/cancel/").status_code == 409


def test_runs_are_filtered_by_version_and_project(signed_in: APIClient, run: Run, project: Project) -> None:
    other = make_run(make_version(project))
    assert [row["id"] for row in results(signed_in, f"/api/runs/?version={run.version_id}")] == [str(run.pk)]
    assert [row["id"] for row in results(signed_in, f"/api/runs/?project={project.pk}")] == [str(other.pk), str(run.pk)]


def test_a_longer_list_costs_no_more_queries(signed_in: APIClient, run: Run) -> None:
    def cost(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert signed_in.get(path).status_code == 200
        return len(queries)

    few = cost("/api/runs/")
    for _ in range(3):
        make_run(run.version)
    assert cost("/api/runs/") == few <= 6


def test_a_page_of_predictions_costs_few_queries(signed_in: APIClient, finished: Run) -> None:
    with CaptureQueriesContext(connection) as queries:
        signed_in.get(f"/api/runs/{finished.pk}/predictions/")
    assert len(queries) <= 7


@pytest.mark.parametrize("who", ["annotator", "stranger"])
def test_nobody_else_sees_or_touches_a_run(
    api: APIClient, finished: Run, who: str, request: pytest.FixtureRequest
) -> None:
    api.force_login(request.getfixturevalue(who))
    for tail in ("", "epochs/", "predictions/", "scatter/", "weights/"):
        assert api.get(f"/api/runs/{finished.pk}/{tail}").status_code == 404
    assert api.post(f"/api/runs/{finished.pk}/cancel/").status_code == 404
    assert api.post("/api/runs/", {"version": str(finished.version_id)}, format="json").status_code == 404
    assert results(api, "/api/runs/") == []
    assert api.get(f"/api/runs/?version={finished.version_id}").status_code == 404


def test_one_clip_of_any_split_is_asked_for_by_its_id(signed_in: APIClient, finished: Run) -> None:
    clip = finished.version.rows.get(order=2).clip_id
    (told,) = results(signed_in, f"/api/runs/{finished.pk}/predictions/?clip={clip}")
    assert (told["clip"], told["split"]) == (str(clip), "train")
    assert signed_in.get(f"/api/runs/{finished.pk}/predictions/?clip=nothing").status_code == 404
