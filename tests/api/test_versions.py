"""Versions and exports over HTTP: published by admins, read by their project's staff, hidden from all others."""

import hashlib
import json
import uuid

import pytest

from datasets.media.storage import keep, workspace
from datasets.models import Clip, Export, Project, Version
from datasets.runner import finish_here
from datasets.services.exports import request_export
from datasets.services.versions import publish_version
from tests.factories import ClipFactory, ProjectFactory, fill_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(project: Project) -> Project:
    return fill_project(project)


@pytest.fixture
def version(filled: Project) -> Version:
    return publish_version(project=filled, seed=1111).version


@pytest.fixture
def export(version: Version) -> Export:
    made, job = request_export(version=version, include_media=False)
    finish_here(job)
    made.refresh_from_db()
    return made


def test_an_admin_publishes_once_and_gets_the_same_version_again(api, admin, filled):
    api.force_login(admin)
    body = {"project": str(filled.pk), "seed": 7, "notes": "first"}
    first = api.post("/api/versions/", body, format="json")
    again = api.post("/api/versions/", body, format="json")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    facts = first.json()
    assert (facts["number"], facts["seed"], facts["notes"], facts["author"]) == ("1.0.0", 7, "first", admin.username)
    assert [row["split"] for row in facts["statistics"]["table1"]] == ["train", "valid", "test", "all", "unsupervised"]
    assert facts["statistics"]["leaks"] == {"sources": [], "speakers": []}


def test_a_researcher_reads_but_does_not_publish(api, researcher, filled, version):
    api.force_login(researcher)
    assert api.post("/api/versions/", {"project": str(filled.pk)}, format="json").status_code == 403
    (row,) = api.get("/api/versions/", {"project": str(filled.pk)}).json()["results"]
    assert row == api.get(f"/api/versions/{version.pk}/").json()
    assert row["statistics"] == version.statistics


@pytest.mark.parametrize("body", [{"seed": -1}, {"seed": "x"}, {"split_by": "moon"}, {"seed": 2**40}])
def test_a_bad_request_to_publish_is_named_field_by_field(api, admin, filled, body):
    api.force_login(admin)
    answer = api.post("/api/versions/", {"project": str(filled.pk), **body}, format="json")
    assert answer.status_code == 400
    assert set(answer.json()["error"]["details"]) == set(body)


def test_a_project_without_labels_answers_with_a_stable_code(api, admin, project):
    api.force_login(admin)
    answer = api.post("/api/versions/", {"project": str(project.pk)}, format="json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "nothing_to_publish")


def test_a_preview_counts_what_would_be_frozen(api, researcher, filled):
    ClipFactory(source__project=filled)
    api.force_login(researcher)
    facts = api.post("/api/versions/preview/", {"project": str(filled.pk), "seed": 1}, format="json").json()
    assert (facts["feasible"], facts["number"], facts["same_as"], facts["reason"]) == (True, "1.0.0", None, None)
    assert (facts["statistics"]["supervised"], facts["statistics"]["left_out"]["clips"]) == (12, 1)
    assert not Version.objects.exists()


def test_a_preview_says_why_it_is_not_feasible(api, researcher, project):
    api.force_login(researcher)
    facts = api.post("/api/versions/preview/", {"project": str(project.pk)}, format="json").json()
    assert (facts["feasible"], facts["code"], facts["statistics"]) == (False, "nothing_to_publish", None)
    assert "nothing to publish" in facts["reason"]


def test_a_preview_names_the_version_that_is_there_already(api, researcher, filled, version):
    api.force_login(researcher)
    facts = api.post("/api/versions/preview/", {"project": str(filled.pk), "seed": 1111}, format="json").json()
    assert (facts["same_as"], facts["number"]) == (str(version.pk), version.number)


def test_the_clips_of_a_version_come_in_row_order_with_labels_and_scores(api, researcher, version):
    api.force_login(researcher)
    rows = api.get(f"/api/versions/{version.pk}/clips/", {"page_size": 100}).json()["results"]
    assert [row["order"] for row in rows] == list(range(14))
    row = next(row for row in rows if row["clip_id"] == "0000")
    assert row["labels"] == {"text": -1.0, "audio": -0.6, "vision": -0.4, "multimodal": 0.0}
    assert row["scores"]["text"][0] == {
        "annotator": "A1", "score": -3, "seconds": 2.5, "plays": 1, "simulated": False,
    }  # fmt: skip


@pytest.mark.parametrize("split", ["train", "valid", "test", "unsupervised"])
def test_the_clips_of_one_split_are_listed(api, researcher, version, split):
    api.force_login(researcher)
    rows = api.get(f"/api/versions/{version.pk}/clips/", {"split": split}).json()["results"]
    table = {row["split"]: row["total"] for row in version.statistics["table1"]}
    assert len(rows) == table[split]
    assert {row["split"] for row in rows} == {"" if split == "unsupervised" else split}


def test_a_split_that_does_not_exist_is_refused(api, researcher, version):
    api.force_login(researcher)
    assert api.get(f"/api/versions/{version.pk}/clips/", {"split": "dev"}).status_code == 400


def test_listing_clips_takes_a_fixed_number_of_queries(api, researcher, version, django_assert_max_num_queries):
    api.force_login(researcher)
    with django_assert_max_num_queries(6):
        api.get(f"/api/versions/{version.pk}/clips/")


def test_the_manifest_is_downloaded_byte_by_byte(api, researcher, version):
    api.force_login(researcher)
    answer = api.get(f"/api/versions/{version.pk}/manifest/")
    content = b"".join(answer.streaming_content)
    assert hashlib.sha256(content).hexdigest() == version.sha256
    assert len(json.loads(content)["clips"]) == 14
    assert answer["Content-Disposition"] == 'attachment; filename="manifest-1.0.0.json"'


def test_an_export_is_asked_for_followed_and_downloaded(api, researcher, version):
    for clip in Clip.objects.filter(project=version.project):
        with workspace() as folder:
            (folder / "clip").write_bytes(clip.clip_id.encode())
            keep(folder / "clip", clip.file)
    api.force_login(researcher)
    asked = api.post(f"/api/versions/{version.pk}/exports/", {"include_media": True}, format="json")
    assert asked.status_code == 202
    facts = asked.json()
    assert (facts["job"]["state"], facts["download_url"], facts["bytes"]) == ("queued", None, None)
    assert api.get(f"/api/exports/{facts['id']}/download/").status_code == 404
    finish_here(Export.objects.get().job)
    facts = api.get(f"/api/exports/{facts['id']}/").json()
    assert facts["job"]["state"] == "succeeded"
    content = b"".join(api.get(facts["download_url"]).streaming_content)
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (facts["sha256"], facts["bytes"])
    assert api.get(f"/api/versions/{version.pk}/exports/").json()["results"] == [facts]


def test_a_part_of_an_export_is_downloaded(api, researcher, export):
    api.force_login(researcher)
    answer = api.get(f"/api/exports/{export.pk}/download/", HTTP_RANGE="bytes=0-3")
    assert answer.status_code == 206
    assert b"".join(answer.streaming_content) == b"PK\x03\x04"
    assert answer["Content-Range"] == f"bytes 0-3/{export.bytes}"


def test_an_unknown_format_is_refused(api, researcher, version):
    api.force_login(researcher)
    answer = api.post(f"/api/versions/{version.pk}/exports/", {"format": "excel"}, format="json")
    assert answer.status_code == 400


@pytest.mark.parametrize("person", ["annotator", "stranger"])
def test_others_see_nothing_of_a_version(api, request, person, version, export):
    api.force_login(request.getfixturevalue(person))
    for path in (
        f"/api/versions/?project={version.project_id}",
        f"/api/versions/{version.pk}/",
        f"/api/versions/{version.pk}/clips/",
        f"/api/versions/{version.pk}/manifest/",
        f"/api/versions/{version.pk}/exports/",
        f"/api/exports/{export.pk}/",
        f"/api/exports/{export.pk}/download/",
    ):
        assert api.get(path).status_code == 404, path
    body = {"project": str(version.project_id)}
    assert api.post("/api/versions/", body, format="json").status_code == 404
    assert api.post("/api/versions/preview/", body, format="json").status_code == 404
    assert api.post(f"/api/versions/{version.pk}/exports/", {}, format="json").status_code == 404
    assert Export.objects.count() == 1


def test_the_signed_out_are_told_to_sign_in(api, version):
    assert api.get(f"/api/versions/{version.pk}/").status_code == 401
    assert api.post("/api/versions/", {}, format="json").status_code == 401


def test_a_version_of_no_project_of_ours_is_not_found(api, admin):
    api.force_login(admin)
    assert api.get("/api/versions/", {"project": str(ProjectFactory().pk)}).status_code == 404
    assert api.get(f"/api/versions/{uuid.uuid4()}/").status_code == 404
    assert api.get("/api/versions/").status_code == 400


def test_an_admin_withdraws_a_version_with_a_reason_once(api, admin, version):
    api.force_login(admin)
    address = f"/api/versions/{version.pk}/withdraw/"
    assert api.post(address, {}, format="json").status_code == 400
    facts = api.post(address, {"reason": "wrong videos"}, format="json").json()
    assert (facts["withdrawn_reason"], facts["sha256"]) == ("wrong videos", version.sha256)
    again = api.post(address, {"reason": "again"}, format="json")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "withdrawn_version")


def test_a_researcher_and_a_stranger_withdraw_nothing(api, researcher, stranger, version):
    for person, status in ((researcher, 403), (stranger, 404)):
        api.force_login(person)
        answer = api.post(f"/api/versions/{version.pk}/withdraw/", {"reason": "x"}, format="json")
        assert answer.status_code == status
    assert Version.objects.get().withdrawn_at is None
