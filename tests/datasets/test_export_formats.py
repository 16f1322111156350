"""Parquet, Hugging Face and CSV exports, their data cards and croissant.json, read by the libraries of their fields."""

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path

import mlcroissant
import pandas
import pytest
import yaml
from django.core.management import call_command

from datasets.media.storage import keep, local, workspace
from datasets.models import Clip, Export, Project, Version
from datasets.runner import finish_here
from datasets.services.exports import FORMATS, request_export
from datasets.services.versions import publish_version, withdraw_version
from tests.factories import fill_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(project: Project) -> Version:
    """Twelve labelled and two unlabelled clips; one transcript is a formula, and the description markup."""
    fill_project(project)
    Project.objects.update(description="<script>alert(1)</script> Talks.", licence="CC BY 4.0")
    Clip.objects.filter(clip_id="0000").update(transcript="=1+1")
    for clip in Clip.objects.filter(project=project):
        content = f"video of {clip.clip_id}".encode()
        with workspace() as folder:
            (folder / "clip.mp4").write_bytes(content)
            keep(folder / "clip.mp4", clip.file)
        Clip.objects.filter(pk=clip.pk).update(sha256=hashlib.sha256(content).hexdigest())
    return publish_version(project=project, seed=1111).version


def unpacked(version: Version, target: Path, format: str, *, include_media: bool = True, **wanted: bool) -> Path:
    export, job = request_export(version=version, format=format, include_media=include_media, **wanted)
    finish_here(job)
    export.refresh_from_db()
    assert export.file, job.error
    with local(export.file) as path, zipfile.ZipFile(path) as archive:
        archive.extractall(target)
    (folder,) = target.iterdir()
    return folder


def test_parquet_has_a_row_for_every_clip_and_every_annotation(version: Version, tmp_path: Path) -> None:
    folder = unpacked(version, tmp_path, "parquet")
    clips, annotations = (
        pandas.read_parquet(folder / "clips.parquet"),
        pandas.read_parquet(folder / "annotations.parquet"),
    )
    assert (len(clips), len(annotations)) == (14, 12 * 4 * 3)
    row = clips.set_index("id").loc["v1$_$0001"]
    frozen = version.rows.get(clip__clip_id="0001")
    assert (row["split"], round(row["label_A"] * 5), round(row["label"] * 5)) == (
        frozen.split, frozen.audio, frozen.multimodal,
    )  # fmt: skip
    assert list(row["scores_audio"]) == [score["score"] for score in frozen.scores["audio"]]
    first = annotations.iloc[0]
    assert (first["annotator"], first["seconds"], first["plays"], first["modality"]) == ("A1", 2.5, 1, "text")
    unsupervised = clips[~clips["supervised"]]
    assert unsupervised["label"].isna().all()
    assert (unsupervised["split"] == "").all()


def test_hugging_face_finds_a_card_in_yaml_and_a_video_for_every_row(version: Version, tmp_path: Path) -> None:
    folder = unpacked(version, tmp_path, "huggingface")
    _, front, text = (folder / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    card = yaml.safe_load(front)
    assert [each["split"] for each in card["configs"][0]["data_files"]] == [
        "train",
        "validation",
        "test",
        "unsupervised",
    ]
    assert text.lstrip().startswith("# ")
    count = 0
    for split in ("train", "validation", "test", "unsupervised"):
        with (folder / split / "metadata.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert (folder / split / row["file_name"]).read_bytes() == f"video of {row['clip_id']}".encode()
                count += 1
    assert count == 14


def test_a_spreadsheet_runs_no_text_as_a_formula(version: Version, tmp_path: Path) -> None:
    content = (unpacked(version, tmp_path, "csv") / "clips.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = {row["clip_id"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))}
    assert rows["0000"]["transcript"] == "'=1+1"
    assert float(rows["0000"]["label"]) == version.rows.get(clip__clip_id="0000").multimodal / 5


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("include_media", [True, False])
def test_croissant_is_valid_and_its_records_can_be_read(
    version: Version, tmp_path: Path, format: str, include_media: bool
) -> None:
    folder = unpacked(version, tmp_path, format, include_media=include_media)
    dataset = mlcroissant.Dataset(jsonld=folder / "croissant.json")
    assert not dataset.metadata.issues.errors
    record_set = dataset.metadata.record_sets[0]
    records = list(dataset.records(record_set.uuid))
    assert len(records) == 12 if format == "chsims" else len(records) > 0
    facts = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    assert facts["rai:annotationsPerItem"] == "48 labels of 3 scores"
    assert "alpha" in facts["rai:dataAnnotationAnalysis"]
    for file in facts["distribution"]:
        assert hashlib.sha256((folder / file["name"]).read_bytes()).hexdigest() == file["sha256"]


def test_the_croissant_of_a_withdrawn_version_is_valid_and_says_so(version: Version, tmp_path: Path) -> None:
    withdraw_version(version=version, reason="wrong videos")
    folder = unpacked(version, tmp_path, "csv", include_media=False, although_withdrawn=True)
    dataset = mlcroissant.Dataset(jsonld=folder / "croissant.json")
    assert not dataset.metadata.issues.errors
    assert dataset.metadata.description.startswith("WITHDRAWN, do not use this version")


def test_the_card_tells_protocol_agreement_and_licence_and_runs_no_markup(version: Version, tmp_path: Path) -> None:
    folder = unpacked(version, tmp_path, "parquet")
    card, page = ((folder / f"DATACARD.{ending}").read_text(encoding="utf-8") for ending in ("md", "html"))
    for words in ("3 annotators (people", "Krippendorff", "CC BY 4.0", "consent", version.sha256):
        assert words in card
    assert "<script>" not in page
    assert "<script>" not in card
    assert "<table>" in page


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_has_the_same_bytes_again_and_its_sums(version: Version, tmp_path: Path, format: str) -> None:
    folder = unpacked(version, tmp_path, format, include_media=False)
    request, job = request_export(version=version, format=format, include_media=False)
    finish_here(job)
    assert Export.objects.exclude(pk=request.pk).get().sha256 == Export.objects.get(pk=request.pk).sha256
    sums = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert found == {*sums, "SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("format", FORMATS)
def test_the_command_writes_every_format(version: Version, tmp_path: Path, capsys, format: str) -> None:
    call_command("export_version", str(version.pk), format=format, out=tmp_path, no_media=True, as_json=True)
    assert Path(json.loads(capsys.readouterr().out)["file"]).name.endswith(f"-1.0.0-{format}.zip")
