"""A finished run's folder: what is in it, and that another machine comes to the same metrics with it."""

import io
import json
import os
import struct
import subprocess
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml
from django.contrib.auth.models import User
from rest_framework.test import APIClient
from tensorboardX.proto.event_pb2 import Event

from datasets.jobs import claim_next
from datasets.media import storage
from datasets.models import Project
from datasets.runner import finish_here
from datasets.services.exports import request_export
from datasets.services.versions import publish_version
from modeling.errors import RunFailed
from modeling.models import Run
from modeling.runner.execution import execute
from modeling.services.evaluation import evaluate_folder
from tests.factories import fill_project
from tests.modeling.corpora import EXTRACTORS, make_feature_set, make_run

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
FILES = ("params.yaml", "metrics.json", "model.safetensors", "predictions.parquet", "environment.json")


@pytest.fixture
def run(settings: Any, project: Project) -> Run:
    """A finished run on a published version of 28 labelled clips."""
    settings.TRAINING_THREADS = 1
    version = publish_version(project=fill_project(project, sources=7, clips_each=4), seed=1111).version
    for modality in EXTRACTORS:
        make_feature_set(version, modality)
    run = make_run(version, epochs=2)
    execute(run, fence=claim_next(worker="here", within=run.job).fence, parent=os.getppid())
    return Run.objects.get(pk=run.pk)


@pytest.fixture
def folder(run: Run, api: APIClient, researcher: User, tmp_path: Path) -> Path:
    """The run's folder, as somebody downloads and unpacks it."""
    api.force_login(researcher)
    answer = api.get(f"/api/runs/{run.pk}/folder/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        archive.extractall(tmp_path / "carried")
    (carried,) = (tmp_path / "carried").iterdir()
    return carried


@pytest.fixture
def export(run: Run, tmp_path: Path) -> Path:
    made, job = request_export(version=run.version, format="chsims", include_media=False)
    assert finish_here(job).state == "succeeded"
    made.refresh_from_db()
    path = tmp_path / "version.zip"
    with storage.local(made.file) as stored:
        path.write_bytes(stored.read_bytes())
    return path


def events_of(path: Path) -> list[Event]:
    """Events of a TensorBoard file, whose records are a length, its checksum, the event and its checksum."""
    data, place, events = path.read_bytes(), 0, []
    while place < len(data):
        (length,) = struct.unpack_from("<Q", data, place)
        events.append(Event.FromString(data[place + 12 : place + 12 + length]))
        place += 12 + length + 4
    return events


def test_the_folder_says_what_was_trained_with_what(run: Run, folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert {name for name in names if not name.startswith("events.")} == {*FILES, "SHA256SUMS"}
    params = yaml.safe_load((folder / "params.yaml").read_text())
    assert (params["seed"], params["recipe"]) == (run.seed, run.recipe)
    assert params["version_sha256"] == run.version.sha256
    assert params["features_sha256"]["audio"] == run.audio.sha256
    metrics = json.loads((folder / "metrics.json").read_text())
    assert metrics == {"best_epoch": run.best_epoch, **run.metrics}
    environment = json.loads((folder / "environment.json").read_text())
    assert environment["code_revision"] == run.code_revision
    assert environment["packages"]["torch"].startswith("2.")
    assert (environment["precision"], environment["processes"]) == ("float32", 1)
    table = pq.read_table(folder / "predictions.parquet")
    assert table.num_rows == run.predictions.count()


def test_tensorboard_reads_every_curve(run: Run, folder: Path) -> None:
    (path,) = folder.glob("events.out.tfevents.*")
    assert os.uname().nodename not in path.name
    curves: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for event in events_of(path):
        for value in event.summary.value:
            curves[value.tag][event.step] = value.simple_value
    for epoch in run.epochs.all():
        assert curves["loss/validation"][epoch.number] == pytest.approx(epoch.valid_loss)
        assert curves["loss/total"][epoch.number] == pytest.approx(epoch.losses["total"])
        mae = epoch.valid_metrics["multimodal"]["mae"]
        assert curves["validation_multimodal/mae"][epoch.number] == pytest.approx(mae)
    assert {f"loss/{term}" for term in run.epochs.first().losses} <= set(curves)


def test_another_machine_comes_to_the_same_metrics(run: Run, folder: Path, export: Path, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "STORAGE_URL")}
    environment |= {"CUESET_HOME": str(tmp_path / "other home"), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "manage.py", "evaluate", str(folder), "--export", str(export), "--json"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert told["agrees_with_stored"]
    assert told["metrics"]["test"]["multimodal"]["mae"] == pytest.approx(run.metrics["test"]["multimodal"]["mae"])


def test_another_version_is_refused(folder: Path, export: Path) -> None:
    params = yaml.safe_load((folder / "params.yaml").read_text())
    (folder / "params.yaml").write_text(yaml.safe_dump(params | {"version_sha256": "0" * 64}))
    with pytest.raises(RunFailed, match="name an export of its own version"):
        evaluate_folder(folder=folder, export=export)


def test_a_folder_that_is_not_whole_is_one_sentence(folder: Path, export: Path) -> None:
    (folder / "model.safetensors").unlink()
    with pytest.raises(RunFailed, match="not the whole folder of a run"):
        evaluate_folder(folder=folder, export=export)
