"""Exports and installed versions are read in notebooks, as docs/reading.md shows."""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from config.errors import NotFound
from datasets.installed import read_installed
from datasets.manifest import BadManifest
from datasets.media.storage import local
from datasets.models import Project, Version
from datasets.reader import NotAnExport, read_version
from datasets.runner import finish_here
from datasets.services.exports import file_name, request_export
from datasets.services.versions import publish_version, withdraw_version
from datasets.vocabulary import Modality
from tests.factories import ProjectFactory, fill_project
from tests.modeling.corpora import EXTRACTORS, make_feature_set

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reading.md"


@pytest.fixture
def version() -> Version:
    """28 labelled and two unlabelled clips with features."""
    project: Project = fill_project(ProjectFactory(name="mydata"), sources=7, clips_each=4)
    version = publish_version(project=project, seed=1111).version
    for modality in EXTRACTORS:
        make_feature_set(version, modality)
    return version


def export(version: Version, folder: Path, format: str = "chsims", **wanted: bool) -> Path:
    made, job = request_export(version=version, format=format, include_media=False, **wanted)
    assert finish_here(job).state == "succeeded", job.error
    made.refresh_from_db()
    path = folder / file_name(made)
    with local(made.file) as stored:
        path.write_bytes(stored.read_bytes())
    return path


def unpack(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    return folder / "mydata"


def snippets() -> list[str]:
    return re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_documented_reading_of_files_runs_without_django(number: int, version: Version, tmp_path: Path) -> None:
    export(version, tmp_path)
    code = f"{snippets()[number]}\nimport sys\nassert 'django' not in sys.modules"
    environment = {"PYTHONPATH": str(ROOT), "PATH": "", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", "-c", code],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_the_documented_reading_of_an_installation_runs(version: Version) -> None:
    names: dict = {}
    exec(snippets()[3], names)  # our own documentation
    assert names["version"].sha256 == version.sha256
    assert len(snippets()) == 4


@pytest.mark.parametrize("format", ["chsims", "parquet", "huggingface", "csv"])
def test_every_format_reads_as_the_same_version(format: str, version: Version, tmp_path: Path) -> None:
    read = read_version(export(version, tmp_path, format))
    assert (read.name, read.number, read.sha256) == ("mydata", "1.0.0", version.sha256)
    assert len(read.clips) == version.rows.count()
    assert len(read.annotations) == 28 * 4 * 3
    assert set(read.features) == (set(EXTRACTORS) if format == "chsims" else set())


def test_its_tables_are_those_of_the_parquet_files(version: Version, tmp_path: Path) -> None:
    path = export(version, tmp_path, "parquet")
    read = read_version(path)
    with zipfile.ZipFile(path) as archive:
        for name, table in (("clips", read.clips), ("annotations", read.annotations)):
            stored = pd.read_parquet(io.BytesIO(archive.read(f"mydata/{name}.parquet")))
            pd.testing.assert_frame_equal(table, stored)


@pytest.mark.parametrize("unpacked", [False, True], ids=["zip", "folder"])
def test_features_of_an_export_are_those_of_the_installation(unpacked: bool, version: Version, tmp_path: Path) -> None:
    path = export(version, tmp_path)
    read = read_version(unpack(path, tmp_path / "out") if unpacked else path)
    here = read_installed("mydata", version.sha256[:8])
    for modality in (Modality.AUDIO, Modality.VISION):
        assert set(read.features[modality]) == set(here.features[modality]) == set(read.clips["id"])
        for clip, frames in here.features[modality].items():
            np.testing.assert_array_equal(read.features[modality][clip], frames)


def test_a_folder_is_read_from_above_too(version: Version, tmp_path: Path) -> None:
    unpack(export(version, tmp_path), tmp_path / "out")
    assert read_version(tmp_path / "out").sha256 == version.sha256


def test_a_manifest_that_was_touched_is_refused(version: Version, tmp_path: Path) -> None:
    folder = unpack(export(version, tmp_path), tmp_path / "out")
    manifest = folder / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace("第0句".encode(), "第1句".encode()))
    with pytest.raises(BadManifest):
        read_version(folder)


def test_what_is_no_export_is_refused_by_name(version: Version, tmp_path: Path) -> None:
    with pytest.raises(NotAnExport, match="neither a zip nor a folder"):
        read_version(tmp_path / "absent.zip")
    with pytest.raises(NotAnExport, match=r"no manifest\.json"):
        read_version(tmp_path)
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(export(version, tmp_path), "mydata/manifest.json")
    with pytest.raises(NotAnExport, match="packed again"):
        read_version(packed)


def test_an_unknown_number_lists_those_there_are(version: Version) -> None:
    with pytest.raises(NotFound, match=r"no version “9” of “mydata” \(versions: 1\.0\.0\)"):
        read_installed("mydata", "9")


def test_a_withdrawn_version_warns_of_it(version: Version, tmp_path: Path) -> None:
    withdraw_version(version=version, reason="wrong videos")
    with pytest.warns(UserWarning, match="WITHDRAWN, do not use this version.*wrong videos"):
        read_version(export(version, tmp_path, "csv", although_withdrawn=True))
    with pytest.warns(UserWarning, match=r"Version 1\.0\.0 was withdrawn: wrong videos"):
        read_installed("mydata", "1.0.0")
