"""The search for copies across splits, from published version to stored report."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from config.errors import DomainError
from datasets.jobs import cancel_job
from datasets.media.storage import keep, workspace
from datasets.models import Analysis, Clip, Export, Job, Project, Version, VersionReport
from datasets.runner import Interrupted, finish_here, work_once
from datasets.services import searching
from datasets.services.exports import request_export
from datasets.services.leaks import request_leak_search
from datasets.services.versions import publish_version
from tests.factories import fill_project

SAMPLE = Path(__file__).resolve().parents[2] / "sample" / "videos" / "video_0001.mp4"


@pytest.fixture
def version(project: Project) -> Version:
    """Clips in two splits that say the same; of these two alone there are videos, the same one."""
    fill_project(project)
    version = publish_version(project=project, seed=1).version
    rows = [version.rows.filter(split=split).order_by("order").first() for split in ("train", "test")]
    for row in rows:
        Clip.objects.filter(pk=row.clip_id).update(transcript="今天的天气真是太好了")
        with workspace() as folder:
            keep(Path(shutil.copy(SAMPLE, folder / "clip.mp4")), row.clip.file)
    return publish_version(project=project, seed=1).version


def test_publishing_starts_the_search_as_a_job(version: Version) -> None:
    job = version.report.leak_job
    assert (job.kind, job.queue, job.state) == ("search_leaks", "media", "waiting")
    assert request_leak_search(version=version) == job


def test_the_search_leaves_the_figures_of_the_version(version: Version) -> None:
    finish_here(version.report.leak_job)
    figures = Analysis.objects.get(kind="version_figures", subject=str(version.pk)).answer
    assert figures["table1"] == version.statistics["table1"]


def test_copies_in_two_splits_are_found_and_what_cannot_be_read_is_not_compared(version: Version) -> None:
    job = finish_here(version.report.leak_job)
    assert job.state == "succeeded"
    found = VersionReport.objects.get(version=version).leaks
    assert found["transcripts"]["found"] == 1
    assert found["transcripts"]["pairs"][0]["splits"] == ["train", "test"]
    assert (found["media"]["compared"], found["media"]["found"]) == (2, 1)
    assert found["media"]["pairs"][0]["likeness"] == 1
    assert Clip.objects.exclude(fingerprint="").count() == 2


def test_clips_that_came_without_videos_are_not_looked_at(project: Project) -> None:
    fill_project(project)
    Clip.objects.update(file="")
    version = publish_version(project=project, seed=1).version
    assert (version.report.leak_job.state, version.report.leak_job.total) == ("queued", 0)
    finish_here(version.report.leak_job)
    assert VersionReport.objects.get(version=version).leaks["media"]["compared"] == 0


def test_what_was_found_stays_with_the_version(version: Version) -> None:
    job = finish_here(version.report.leak_job)
    found = VersionReport.objects.get(version=version).leaks
    assert request_leak_search(version=version) is None
    Clip.objects.update(fingerprint="")
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)  # somebody asked for it in the same moment
    assert finish_here(job).state == "succeeded"
    assert VersionReport.objects.get(version=version).leaks == found


def export(version: Version) -> Export:
    made, job = request_export(version=version, include_media=False)
    assert finish_here(job).state == "succeeded", job.error
    made.refresh_from_db()
    return made


def test_an_export_searches_first_so_that_it_has_the_same_bytes_before_and_after(version: Version) -> None:
    search = version.report.leak_job
    before = export(version)
    search.refresh_from_db()
    assert search.state == "succeeded"
    assert export(version).sha256 == before.sha256
    told = "WARNING: Near-identical pairs across splits: 1 of transcripts (12 clips compared), 1 of videos"
    with zipfile.ZipFile(default_storage.path(before.file)) as archive:
        for name in ("README.txt", "DATACARD.md", "DATACARD.html", "croissant.json"):
            assert told in archive.read(f"{version.project.name.replace(' ', '_')}/{name}").decode()


def test_an_export_begins_the_search_that_was_cancelled(version: Version) -> None:
    cancel_job(job=version.report.leak_job)
    export(version)
    assert VersionReport.objects.get(version=version).leaks["media"]["found"] == 1


def test_an_export_of_a_version_that_cannot_be_searched_fails_and_says_so(version: Version, monkeypatch) -> None:
    def refuse(*_, **__):
        raise DomainError("cannot be compared")

    monkeypatch.setattr(searching, "near_texts", refuse)
    made, job = request_export(version=version, include_media=False)
    assert finish_here(job).state == "failed"
    assert "cannot be compared" in job.error
    assert "search again" in job.error
    made.refresh_from_db()
    assert made.file == ""


def test_a_worker_that_is_asked_to_end_gives_the_search_and_the_export_back(version: Version, monkeypatch) -> None:
    def leave(*_, **__):
        raise Interrupted

    _, job = request_export(version=version, include_media=False)
    with monkeypatch.context() as patch:
        patch.setattr(searching, "near_texts", leave)
        with pytest.raises(Interrupted):
            work_once("media")
    states = Job.objects.filter(pk__in=[job.pk, version.report.leak_job_id]).values_list("state", "attempts")
    assert list(states) == [("queued", 0), ("queued", 0)]
    assert finish_here(job).state == "succeeded"


def test_the_command_searches_and_tells_everything(version: Version, capsys: pytest.CaptureFixture) -> None:
    call_command("search_leaks", str(version.pk), as_json=True)
    result = json.loads(capsys.readouterr().out)
    assert (result["sources"], result["media"]["found"], result["split_by"]) == ([], 1, "speaker")
    assert [each["feasible"] for each in result["feasibility"]["groupings"]] == [True, True, True]
    assert [each["splits"] for each in result["between_splits"]] == [
        ["train", "valid"], ["train", "test"], ["valid", "test"],
    ]  # fmt: skip


def test_the_command_tells_in_words_how_far_splits_lie_apart_and_what_is_feasible(version: Version, capsys) -> None:
    call_command("search_leaks", str(version.pk))
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("class distance between train and valid: 0.") for line in lines)
    assert any(line.startswith("kept together by source: feasible with 4 groups") for line in lines)


def test_the_report_is_read_and_asked_for_over_http(api, researcher, version: Version) -> None:
    api.force_login(researcher)
    facts = api.get(f"/api/versions/{version.pk}/leaks/").json()
    assert (facts["leaks"], facts["job"]["state"]) == (None, "waiting")
    assert (facts["sources"], facts["speakers"], facts["split_by"]) == ([], [], "speaker")
    assert [each["distance"] is None for each in facts["between_splits"]] == [False] * 3
    assert set(facts["class_distance"]) == {"train", "valid", "test"}
    assert len(facts["feasibility"]["groupings"]) == 3
    assert api.post(f"/api/versions/{version.pk}/leaks/").json()["job"]["id"] == facts["job"]["id"]
