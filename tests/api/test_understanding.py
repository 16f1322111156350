"""Maps of a run's representations, and same words with other faces, over HTTP and as commands."""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from rest_framework.test import APIClient

from datasets.models import Project
from datasets.runner import finish_here
from modeling.models import Prediction, RepresentationMap, Run
from tests.api.test_experiments import finished
from tests.modeling.corpora import make_run, make_version

# Wide enough that no unit of it is dead from the start, so that every modality makes a difference.
WIDE = {
    "hidden_sizes": dict.fromkeys(("text", "audio", "vision"), 16),
    "classifier_sizes": dict.fromkeys(("text", "audio", "vision", "multimodal"), 16),
}


@pytest.fixture
def run(project: Project) -> Run:
    return finished(make_run(make_version(project), epochs=2, recipe="paper", overrides=WIDE))


@pytest.fixture
def signed_in(api: APIClient, researcher: User) -> APIClient:
    api.force_login(researcher)
    return api


def test_a_map_is_asked_for_made_by_a_job_and_told(signed_in: APIClient, run: Run) -> None:
    address = f"/api/runs/{run.pk}/representations/"
    asked = signed_in.post(address, {"perplexity": 5}, format="json")
    assert (asked.status_code, asked.json()["state"], asked.json()["clips"]) == (202, "queued", [])
    again = signed_in.post(address, {"perplexity": 5}, format="json").json()
    assert (again["id"], again["job"]) == (asked.json()["id"], asked.json()["job"])
    job = RepresentationMap.objects.get().job
    assert job is not None
    assert finish_here(job).state == "succeeded"
    (told,) = signed_in.get(address).json()
    assert (told["state"], told["perplexity"], told["seed"]) == ("succeeded", 5, 1111)
    assert len(told["clips"]) == 22  # the supervised ones
    assert set(told["points"]) == {"text", "audio", "vision"}
    assert all(len(plane) == 22 and all(len(point) == 2 for point in plane) for plane in told["points"].values())
    row = run.version.rows.get(order=3)
    assert told["clips"][3] == {
        "clip": str(row.clip_id),
        "split": "train",
        "label": {"text": -0.4, "audio": 0.4, "vision": 0.0, "multimodal": -0.4},
    }


def test_the_command_makes_the_same_map_and_makes_it_once(signed_in: APIClient, run: Run) -> None:
    out = StringIO()
    call_command("map_representations", str(run.pk), "--wait", "--json", stdout=out)
    made = json.loads(out.getvalue())
    (told,) = signed_in.get(f"/api/runs/{run.pk}/representations/").json()
    assert (made["map"], made["points"]) == (told["id"], told["points"])
    text = StringIO()
    call_command("map_representations", str(run.pk), "--wait", stdout=text)
    assert "succeeded, 22 clips, text, audio, vision" in text.getvalue()
    assert RepresentationMap.objects.count() == 1


def test_a_model_of_one_modality_has_one_map(signed_in: APIClient, run: Run) -> None:
    audio = finished(make_run(run.version, epochs=2, model="audio"))
    call_command("map_representations", str(audio.pk), "--wait", stdout=StringIO())
    (told,) = signed_in.get(f"/api/runs/{audio.pk}/representations/").json()
    assert set(told["points"]) == {"audio"}


def test_what_is_not_trained_yet_has_no_map_and_no_mixtures(signed_in: APIClient, run: Run) -> None:
    waiting = make_run(run.version)
    asked = signed_in.post(f"/api/runs/{waiting.pk}/representations/", {}, format="json")
    assert asked.json()["error"]["code"] == "run_unfinished"
    assert signed_in.get(f"/api/runs/{waiting.pk}/swaps/").json()["error"]["code"] == "run_unfinished"


def test_a_perplexity_that_is_none_is_refused(signed_in: APIClient, run: Run) -> None:
    asked = signed_in.post(f"/api/runs/{run.pk}/representations/", {"perplexity": 0}, format="json")
    assert (asked.status_code, asked.json()["error"]["code"]) == (400, "cannot_map")
    assert not RepresentationMap.objects.exists()


def test_the_words_as_recorded_are_predicted_as_the_run_did(signed_in: APIClient, run: Run) -> None:
    row = run.version.rows.get(order=17)
    told = signed_in.get(f"/api/runs/{run.pk}/swaps/?words={row.clip_id}").json()
    stored = Prediction.objects.get(run=run, clip=row.clip_id)
    assert told["words"]["clip"] == str(row.clip_id)
    for task, value in told["own"].items():
        assert value == pytest.approx(getattr(stored, task), abs=1e-5)
    labels = [each["donor"]["label"]["multimodal"] for each in told["swapped"]]
    assert labels == sorted(labels)
    assert len(labels) == 5  # the other test clips


def test_a_donor_lends_voice_and_face_together_or_alone(signed_in: APIClient, run: Run) -> None:
    words, donor = run.version.rows.get(order=16), run.version.rows.get(order=19)
    told = signed_in.get(f"/api/runs/{run.pk}/swaps/?words={words.clip_id}&donors={donor.clip_id}").json()
    (swapped,) = told["swapped"]
    lender = Prediction.objects.get(run=run, clip=donor.clip_id)
    assert swapped["both"]["text"] == pytest.approx(told["own"]["text"], abs=1e-6)
    assert swapped["both"]["audio"] == pytest.approx(lender.audio, abs=1e-5)
    assert swapped["voice"]["vision"] == pytest.approx(told["own"]["vision"], abs=1e-6)
    assert swapped["face"]["audio"] == pytest.approx(told["own"]["audio"], abs=1e-6)
    assert told["own"]["audio"] != pytest.approx(lender.audio, abs=1e-5)
    assert len({told["own"]["multimodal"], *(swapped[name]["multimodal"] for name in ("both", "voice", "face"))}) == 4


def test_the_default_words_are_the_most_neutral_of_the_test_split(signed_in: APIClient, run: Run) -> None:
    told = signed_in.get(f"/api/runs/{run.pk}/swaps/").json()
    tested = run.version.rows.filter(split="test")
    assert told["words"]["label"]["text"] == min((row.text / 5 for row in tested), key=abs)


def test_clips_of_elsewhere_and_too_many_donors_are_refused(signed_in: APIClient, run: Run) -> None:
    address = f"/api/runs/{run.pk}/swaps/"
    assert signed_in.get(f"{address}?words={uuid4()}").status_code == 404
    many = "&".join(f"donors={uuid4()}" for _ in range(13))
    assert signed_in.get(f"{address}?{many}").json()["error"]["code"] == "cannot_swap"
    assert signed_in.get(f"{address}?donors=one").status_code == 400


def test_the_command_tells_what_the_page_shows(signed_in: APIClient, run: Run) -> None:
    out = StringIO()
    call_command("swap_faces", str(run.pk), "--json", stdout=out)
    assert json.loads(out.getvalue()) == signed_in.get(f"/api/runs/{run.pk}/swaps/").json()
    text = StringIO()
    call_command("swap_faces", str(run.pk), stdout=text)
    assert "as recorded: multimodal" in text.getvalue()
    assert "voice multimodal" in text.getvalue()


@pytest.mark.parametrize("who", ["annotator", "stranger"])
@pytest.mark.parametrize("part", ["representations", "swaps"])
def test_nobody_else_sees_what_a_run_has_learned(
    signed_in: APIClient, run: Run, who: str, part: str, request: pytest.FixtureRequest
) -> None:
    signed_in.force_login(request.getfixturevalue(who))
    address = f"/api/runs/{run.pk}/{part}/"
    assert signed_in.get(address).status_code == 404
    if part == "representations":
        assert signed_in.post(address, {}, format="json").status_code == 404
