"""Imports started over the API: by admins only, from the server's import folders only."""

import shutil

import pytest
from django.conf import settings

from datasets.models import Clip, Job
from datasets.runner import work_through
from tests.videos import make_video

pytestmark = pytest.mark.django_db


@pytest.fixture
def imports(settings, tmp_path):
    """The one import folder, with a folder of one video and its manifest in it."""
    settings.IMPORT_ROOTS = [tmp_path / "imports"]
    make_video(tmp_path / "imports" / "monday" / "talk.mp4", seconds=0.6)
    manifest = tmp_path / "imports" / "monday" / "clips.csv"
    manifest.write_text("video,start,end,transcript\ntalk.mp4,0,0.4,好\nnone.mp4,0,1,好\n", encoding="utf-8")
    return tmp_path / "imports"


MONDAY = {"kind": "manifest", "folder": "monday", "manifest": "clips.csv"}


def start(api, project, **body):
    return api.post(f"/api/projects/{project.pk}/imports/", {**MONDAY, **body}, format="json")


def test_an_admin_starts_an_import_that_a_worker_carries_out(api, admin, project, imports):
    api.force_login(admin)
    answer = start(api, project)
    assert (answer.status_code, answer.json()["kind"], answer.json()["state"]) == (202, "import_clips", "queued")
    work_through("media")
    job = api.get(f"/api/jobs/{answer.json()['id']}/").json()
    assert (job["state"], job["result"]["clips"]) == ("succeeded", 1)
    assert [(row["line"], row["code"]) for row in job["result"]["rejected"]] == [(3, "no_such_file")]
    assert Clip.objects.get().project == project
    assert Job.objects.get().created_by == admin


def test_an_atomic_import_fails_with_its_report(api, admin, project, imports):
    api.force_login(admin)
    job = start(api, project, atomic=True).json()["id"]
    work_through("media")
    answer = api.get(f"/api/jobs/{job}/").json()
    assert (answer["state"], answer["result"]["clips"], len(answer["result"]["rejected"])) == ("failed", 0, 1)
    assert "line 3 (none.mp4)" in answer["error"]
    assert not Clip.objects.exists()


def test_a_full_path_in_an_import_folder_is_accepted(api, admin, project, imports):
    api.force_login(admin)
    assert start(api, project, folder=str(imports / "monday")).status_code == 202


@pytest.mark.parametrize("folder", ["/etc", "..", "monday/../..", "link"])
def test_no_folder_outside_is_imported_from(api, admin, project, imports, tmp_path, folder):
    shutil.copytree(imports / "monday", tmp_path / "outside")
    (imports / "link").symlink_to(tmp_path / "outside")
    api.force_login(admin)
    answer = start(api, project, folder=folder)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "folder_not_allowed")
    assert not Job.objects.exists()


@pytest.mark.parametrize("manifest", ["/etc/passwd", "../secret.csv", "link.csv"])
def test_no_manifest_outside_the_folder_is_read(api, admin, project, imports, manifest):
    shutil.copyfile(imports / "monday" / "clips.csv", imports / "secret.csv")
    (imports / "monday" / "link.csv").symlink_to(imports / "secret.csv")
    api.force_login(admin)
    assert start(api, project, manifest=manifest).json()["error"]["code"] == "folder_not_allowed"


def test_a_table_that_cannot_be_read_is_an_error_at_once(api, admin, project, imports):
    api.force_login(admin)
    (imports / "monday" / "clips.csv").write_text("video,start\n")
    answer = start(api, project)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "unreadable_table")
    assert start(api, project, folder="tuesday").status_code == 404
    assert start(api, project, folder="x" * 900).status_code == 404
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "body", [{"kind": "zip"}, {"kind": "chsims"}, {"kind": "manifest", "manifest": ""}, {"folder": ""}]
)
def test_a_request_that_contradicts_itself_is_refused(api, admin, project, imports, body):
    api.force_login(admin)
    assert start(api, project, **body).json()["error"]["code"] == "invalid"


def test_researchers_may_not_import_and_annotators_and_strangers_see_no_project(
    api, researcher, annotator, stranger, project, imports
):
    for user, status in ((researcher, 403), (annotator, 404), (stranger, 404)):
        api.force_login(user)
        assert start(api, project).status_code == status
    assert not Job.objects.exists()


def test_a_chsims_folder_is_imported_by_its_kind(api, admin, project, imports):
    make_video(imports / "sims" / "Raw" / "v" / "0001.mp4", seconds=0.4)
    (imports / "sims" / "label.csv").write_text(
        "video_id,clip_id,text,label,label_T,label_A,label_V,annotation,mode\nv,0001,好,0.2,,,,Positive,train\n",
        encoding="utf-8",
    )
    api.force_login(admin)
    body = {"kind": "chsims", "folder": "sims"}
    job = api.post(f"/api/projects/{project.pk}/imports/", body, format="json").json()
    work_through("media")
    assert api.get(f"/api/jobs/{job['id']}/").json()["result"]["labels"] == 1


def test_by_default_imports_are_read_from_the_home_folder():
    assert settings.IMPORT_ROOTS == [settings.HOME / "imports"]
