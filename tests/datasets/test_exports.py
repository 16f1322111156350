import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from datasets.features import RaggedWriter
from datasets.formats.chsims import annotation_of
from datasets.jobs import cancel_job
from datasets.media.storage import keep, local, workspace
from datasets.models import Clip, Export, Job, Project, Version
from datasets.runner import finish_here
from datasets.selectors.versions import manifest_of
from datasets.services import exports
from datasets.services.exports import UnknownFormat, register_feature_provider, request_export
from datasets.services.versions import publish_version
from datasets.vocabulary import Modality
from tests.datasets.formats.loader import Folder
from tests.factories import fill_project

DIMS = {Modality.TEXT: 8, Modality.AUDIO: 25, Modality.VISION: 7}


@pytest.fixture
def version(project: Project) -> Version:
    """Twelve labelled and two unlabelled clips, whose video files hold a few bytes each."""
    fill_project(project)
    for clip in Clip.objects.filter(project=project):
        content = f"video of {clip.clip_id}".encode()
        with workspace() as folder:
            (folder / "clip.mp4").write_bytes(content)
            keep(folder / "clip.mp4", clip.file)
        Clip.objects.filter(pk=clip.pk).update(sha256=hashlib.sha256(content).hexdigest())
    return publish_version(project=project, seed=1111).version


def write_features(version: Version, modality: Modality, *, failed: str = "") -> str:
    """A feature file in which every value of a clip is its row number plus one; returns its storage key."""
    columns = [f"{modality}{n}" for n in range(DIMS[modality])]
    with workspace() as folder:
        path = folder / "features.arrow"
        with RaggedWriter(path, columns=columns, rate=None, extractor=f"test {modality}") as writer:
            for row, clip in enumerate(manifest_of(version).clips):
                frames = 0 if clip.name == failed else 1 if modality is Modality.TEXT else row + 2
                writer.add(clip.name, np.full((frames, len(columns)), row + 1))
        return keep(path, f"features/{version.pk}-{modality}.arrow")


@pytest.fixture
def provided() -> Iterator[dict[Modality, str]]:
    """What the feature provider answers; fill it to provide features."""
    keys: dict[Modality, str] = {}

    def provider(version: Version) -> dict[Modality, str]:
        return keys

    before = list(exports._feature_providers)
    exports._feature_providers.clear()
    register_feature_provider(provider)
    yield keys
    exports._feature_providers[:] = before


def make(version: Version, **options) -> Export:
    export, job = request_export(version=version, **options)
    assert finish_here(job).state == Job.State.SUCCEEDED, job.error
    export.refresh_from_db()
    return export


def open_export(export: Export) -> Folder:
    with local(export.file) as path:
        return Folder(path)


@pytest.mark.usefixtures("provided")
def test_a_loader_of_the_format_reads_labels_and_videos(version: Version) -> None:
    folder = open_export(make(version))
    rows = folder.labels()
    frozen = {row.clip.clip_id: row for row in version.rows.select_related("clip__source").filter(supervised=True)}
    assert {row["clip_id"] for row in rows} == set(frozen)
    for row in rows:
        expected = frozen[row["clip_id"]]
        assert row["mode"] == expected.split
        assert row["text"] == expected.transcript
        assert row["annotation"] == annotation_of(expected.multimodal)
        fifths = [round(float(row[name]) * 5) for name in ("label", "label_T", "label_A", "label_V")]
        assert fifths == [expected.multimodal, expected.text, expected.audio, expected.vision]
        assert folder.read(f"Raw/{row['video_id']}/{row['clip_id']}.mp4") == f"video of {row['clip_id']}".encode()
    assert "Raw/u/u0.mp4" in folder.files
    assert folder.read("unlabelled.csv").decode().splitlines() == ["video_id,clip_id,text", "u,u0,无0", "u,u1,无1"]


@pytest.mark.usefixtures("provided")
def test_an_export_carries_its_sums_and_the_manifest_that_names_the_version(version: Version) -> None:
    export = make(version)
    folder = open_export(export)
    folder.check_sums()
    assert hashlib.sha256(folder.read("manifest.json")).hexdigest() == version.sha256
    with local(export.file) as path:
        assert (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size) == (export.sha256, export.bytes)


def test_exporting_again_gives_the_same_bytes(version: Version, provided: dict[Modality, str]) -> None:
    provided.update({modality: write_features(version, modality) for modality in DIMS})
    assert len({make(version).sha256 for _ in range(2)}) == 1


def test_a_loader_of_the_format_reads_the_feature_pickles(version: Version, provided: dict[Modality, str]) -> None:
    provided.update({modality: write_features(version, modality) for modality in DIMS})
    folder = open_export(make(version, include_media=False))
    place = {clip.name: row for row, clip in enumerate(manifest_of(version).clips)}
    labels = {f"{row['video_id']}$_${row['clip_id']}": row for row in folder.labels()}
    supervised = folder.features("unaligned_s.pkl")
    assert set(supervised) == {"train", "valid", "test"}
    assert sum(len(split["id"]) for split in supervised.values()) == 12
    for name, split in supervised.items():
        count = len(split["id"])
        assert split["text"].shape == (count, 50, 8)
        assert split["audio"].shape == (count, 925, 25)
        assert split["vision"].shape == (count, 232, 7)
        for row, clip in enumerate(split["id"]):
            assert labels[clip]["mode"] == name
            assert labels[clip]["text"] == split["raw_text"][row]
            assert labels[clip]["annotation"] == split["annotations"][row]
            for key, column in (("", "label"), ("_T", "label_T"), ("_A", "label_A"), ("_V", "label_V")):
                assert split[f"regression_labels{key}"][row] == np.float32(labels[clip][column])
            assert split["audio_lengths"][row] == split["vision_lengths"][row] == place[clip] + 2
            for modality in ("text", "audio", "vision"):
                assert split[modality][row, 0, 0] == place[clip] + 1
            assert not split["audio"][row, place[clip] + 2 :].any()


def test_the_file_for_semi_supervised_training_has_a_mask(version: Version, provided: dict[Modality, str]) -> None:
    provided.update({modality: write_features(version, modality) for modality in DIMS})
    folder = open_export(make(version, include_media=False))
    mixed, supervised = folder.features("unaligned_mix.pkl"), folder.features("unaligned_s.pkl")
    assert set(mixed) == {"train", "valid", "test", "train_mix"}
    assert mixed["train"]["id"] == supervised["train"]["id"]
    assert mixed["train_mix"]["id"] == [*supervised["train"]["id"], "u$_$u0", "u$_$u1"]
    assert mixed["train_mix"]["mask"].tolist() == [1] * len(supervised["train"]["id"]) + [0, 0]
    assert folder.features("unaligned_u.pkl")["unsupervised"]["id"] == ["u$_$u0", "u$_$u1"]


def test_a_clip_without_features_is_left_out_of_the_pickles_and_named(
    version: Version, provided: dict[Modality, str]
) -> None:
    failed = next(clip.name for clip in manifest_of(version).clips if clip.supervised)
    provided.update({modality: write_features(version, modality, failed=failed) for modality in DIMS})
    export = make(version, include_media=False)
    folder = open_export(export)
    assert failed not in [clip for split in folder.features("unaligned_s.pkl").values() for clip in split["id"]]
    assert len(folder.labels()) == 12
    assert failed in folder.read("README.txt").decode()
    assert export.job is not None
    assert export.job.result["without_features"] == [failed]


def test_without_all_three_feature_sets_there_are_no_pickles_and_the_readme_says_so(
    version: Version, provided: dict[Modality, str]
) -> None:
    provided[Modality.TEXT] = write_features(version, Modality.TEXT)
    folder = open_export(make(version, include_media=False))
    assert not [name for name in folder.files if name.startswith("Processed")]
    assert "no feature pickles" in folder.read("README.txt").decode()


@pytest.mark.usefixtures("provided")
def test_simulated_data_is_marked_in_the_export(version: Version) -> None:
    assert "SIMULATED" not in open_export(make(version)).read("README.txt").decode()
    Version.objects.update(simulated=True)
    version.refresh_from_db()
    assert "SIMULATED" in open_export(make(version)).read("README.txt").decode()


@pytest.mark.usefixtures("provided")
def test_a_video_that_changed_since_publishing_fails_the_export(version: Version) -> None:
    clip = Clip.objects.get(clip_id="0003")
    with workspace() as folder:
        (folder / "clip.mp4").write_bytes(b"another video")
        keep(folder / "clip.mp4", clip.file)
    export, job = request_export(version=version)
    finish_here(job)
    assert job.state == Job.State.FAILED
    assert "Raw/v3/0003.mp4 is not the file that was published" in job.error
    export.refresh_from_db()
    assert export.file == ""


@pytest.mark.usefixtures("provided")
def test_a_cancelled_export_leaves_no_file(version: Version) -> None:
    export, job = request_export(version=version)
    cancel_job(job=job)
    finish_here(job)
    export.refresh_from_db()
    assert (job.state, export.file) == (Job.State.CANCELLED, "")


def test_an_unknown_format_is_refused(version: Version) -> None:
    with pytest.raises(UnknownFormat, match="choose from: chsims, parquet"):
        request_export(version=version, format="excel")


@pytest.mark.usefixtures("provided")
def test_the_command_writes_the_zip_and_nothing_else(version: Version, tmp_path: Path, capsys) -> None:
    Project.objects.update(name="面孔 / one")
    call_command("export_version", str(version.pk), out=tmp_path, no_media=True, as_json=True)
    result = json.loads(capsys.readouterr().out)
    (path,) = tmp_path.iterdir()
    assert path.name == "面孔___one-1.0.0-chsims.zip"
    assert result["file"] == str(path)
    assert result["export"] == str(Export.objects.get().pk)
    assert (result["sha256"], result["bytes"]) == (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size)
    assert (result["clips"], result["features"]) == (14, [])
    assert Folder(path).name == "面孔___one"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_the_command_names_a_version_that_is_not_there(name: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=f"no version “{name}”"):
        call_command("export_version", name, out=tmp_path)


@pytest.mark.usefixtures("provided")
def test_a_folder_that_cannot_be_is_one_line_before_any_work(version: Version, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CommandError, match="cannot be a folder"):
        call_command("export_version", str(version.pk), out=tmp_path / "file", no_media=True)
    assert not Export.objects.exists()
