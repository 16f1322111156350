"""The search for copies across splits, from published version to stored report."""

import json
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

from datasets.media.storage import keep, workspace
from datasets.models import Analysis, Clip, Project, Version, VersionReport
from datasets.runner import finish_here
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
    leaks = VersionReport.objects.get(version=version).leaks
    assert leaks["transcripts"]["found"] == 1
    assert leaks["transcripts"]["pairs"][0]["splits"] == ["train", "test"]
    assert (leaks["media"]["compared"], leaks["media"]["found"]) == (2, 1)
    assert leaks["media"]["pairs"][0]["likeness"] == 1
    assert Clip.objects.exclude(fingerprint="").count() == 2


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
