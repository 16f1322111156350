"""An export that is imported again is the same version: its manifest has the same hash."""

import hashlib
import json
import zipfile

import pytest
from django.core.management import call_command

from datasets.media.storage import local
from datasets.models import Clip, Label, Project, Version
from datasets.runner import finish_here, run_job
from datasets.services.exports import request_export
from datasets.services.imports import start_import_here
from datasets.services.versions import publish_version
from tests.factories import ProjectFactory, fill_project
from tests.videos import make_video

pytestmark = pytest.mark.django_db


def unpacked(version: Version, target, **options):
    export, job = request_export(version=version, **options)
    assert finish_here(job).state == "succeeded", job.error
    export.refresh_from_db()
    with local(export.file) as path, zipfile.ZipFile(path) as archive:
        archive.extractall(target)
    (folder,) = target.iterdir()
    return folder


@pytest.mark.parametrize("format", ["chsims", "parquet", "csv", "huggingface"])
def test_without_videos_every_format_comes_back_as_the_same_version(project, tmp_path, format):
    fill_project(project)
    Clip.objects.filter(clip_id="0003").update(speaker="李", scenario="家")
    version = publish_version(project=project, seed=7).version
    folder = unpacked(version, tmp_path, format=format, include_media=False)
    job = start_import_here(project=ProjectFactory(), folder=folder, manifest=None, atomic=True)
    run_job(job)
    job = finish_here(job)
    assert job.result["sha256"] == version.sha256, job.error
    again = Version.objects.get(pk=job.result["version"])
    assert again.project != version.project
    assert list(again.rows.order_by("order").values("split", "scores", "multimodal", "transcript")) == list(
        version.rows.order_by("order").values("split", "scores", "multimodal", "transcript")
    )


def test_origins_and_terms_come_back_where_nothing_else_was_said(project, tmp_path):
    fill_project(project)
    Project.objects.filter(pk=project.pk).update(licence="CC0", collection="From a studio.", consent="All signed.")
    project.sources.update(origin="studio, day 1", consent="form 7")
    version = publish_version(project=project, seed=7).version
    folder = unpacked(version, tmp_path, include_media=False)
    jobs = [
        start_import_here(project=where, folder=folder, manifest=None, atomic=True)
        for where in (ProjectFactory(), ProjectFactory(licence="MIT"))
    ]
    for job in jobs:
        run_job(job)
    same, other = (finish_here(job) for job in jobs)
    assert same.result["sha256"] == version.sha256, same.error
    assert same.project.sources.first().consent == "form 7"
    assert Project.objects.get(pk=other.project_id).licence == "MIT"
    assert other.result["sha256"] != version.sha256


def test_with_videos_they_come_back_byte_for_byte(project, tmp_path, capsys):
    source = tmp_path / "published"
    header = "video_id,clip_id,text,label,label_T,label_A,label_V,annotation,mode\n"
    for number, mode in enumerate(("train", "valid", "test")):
        make_video(source / "Raw" / "v" / f"{number}.mp4", seconds=0.4, tone=300 + number)
        header += f"v,{number},好{number},0.2,-0.4,,1.0,Positive,{mode}\n"
    (source / "label.csv").write_text(header, encoding="utf-8")
    run_job(start_import_here(project=project, folder=source, manifest=None, atomic=True))
    version = publish_version(project=project, seed=1111).version
    folder = unpacked(version, tmp_path / "out")
    call_command("import_chsims", folder, project="again", as_json=True)
    assert json.loads(capsys.readouterr().out)["sha256"] == version.sha256
    for clip in Clip.objects.filter(project=Project.objects.get(name="again")):
        with local(clip.file) as path:
            assert hashlib.sha256(path.read_bytes()).hexdigest() == clip.sha256
    assert Label.objects.filter(clip__project__name="again").count() == 9


def test_a_video_that_is_not_the_manifests_stays_out(project, tmp_path):
    source = tmp_path / "published"
    make_video(source / "Raw" / "v" / "1.mp4", seconds=0.4)
    facts = {"video_id": "v", "clip_id": "1", "transcript": "好", "media": "0" * 64, "milliseconds": 400, "speaker": "",
             "scenario": "", "supervised": False, "split": None, "labels": {}, "scores": {}}  # fmt: skip
    manifest = {"format": "cueset manifest 1", "aggregation": "trimmed_mean", "clips": [facts],
                "split": {"seed": 1, "grouping": "clip", "shares": [9, 2, 3]}}  # fmt: skip
    (source / "manifest.json").write_text(json.dumps(manifest))
    job = start_import_here(project=project, folder=source, manifest=None, atomic=False)
    run_job(job)
    job = finish_here(job)
    assert [row["code"] for row in job.result["rejected"]] == ["wrong_digest"]
    assert not Clip.objects.exists()
