"""What others publish, from its import to an epoch of training: other widths, scales, classes and missing labels."""

import json
import os
import pickle
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command

from datasets.jobs import claim_next
from datasets.models import Clip, Label, Version
from modeling.models import Run
from modeling.runner.execution import execute
from modeling.services.runs import RunSettings, launch_run
from tests.modeling.corpora import TINY

pytestmark = pytest.mark.django_db
SPLITS = {"train": 16, "valid": 6, "test": 6}
# As MMSA-FET writes them with OpenFace (everything that it tells) and librosa.
WIDE = {"text": 768, "audio": 33, "vision": 709}
CLASSES = {-1: "Negative", 0: "Neutral", 1: "Positive"}
HEADER = "video_id,clip_id,text,label,label_T,label_A,label_V,annotation,mode"


def grid(number: int) -> float:
    """A label of CH-SIMS: the mean of five annotators who give -1, 0 or 1."""
    return (number % 11 - 5) / 5


def whole(number: int) -> float:
    """A label of MOSI."""
    return round(6 * (number % 11) / 10 - 3, 4)


def feature_file(path: Path, *, label: Any, widths: Mapping[str, int], unimodal: bool) -> Path:
    """A pickle as MMSA-FET writes it."""
    chance, content, first = np.random.default_rng(3), {}, 0
    for name, count in SPLITS.items():
        numbers = range(first, first := first + count)
        labels = np.array([label(number) for number in numbers], np.float32)
        content[name] = {
            "id": [f"v{number % 7}$_${number}" for number in numbers],
            "raw_text": [f"sentence {number}" for number in numbers],
            "annotations": [CLASSES[int(np.sign(value))] for value in labels],
            "audio_lengths": [3 + number % 4 for number in numbers],
            "vision_lengths": [2 + number % 3 for number in numbers],
            "regression_labels": labels,
            **{
                modality: chance.normal(size=(count, 8, width)).astype(np.float32) for modality, width in widths.items()
            },
            **({f"regression_labels_{letter}": labels for letter in "TAV"} if unimodal else {}),
        }
    path.write_bytes(pickle.dumps(content))
    return path


def answer(*arguments: str) -> dict[str, Any]:
    """The JSON that a command prints."""
    out = StringIO()
    call_command(*arguments, "--json", stdout=out)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


@pytest.mark.parametrize(
    ("label", "scale", "widths", "unimodal"),
    [
        pytest.param(grid, "1", WIDE, False, id="other widths, no unimodal labels, three classes"),
        pytest.param(grid, "1", {"text": 8, "audio": 5, "vision": 3}, True, id="CH-SIMS v1"),
        pytest.param(whole, "3", {"text": 300, "audio": 74, "vision": 35}, False, id="MOSI, MOSEI"),
    ],
)
def test_a_published_feature_file_is_trained_on(tmp_path, label, scale, widths, unimodal) -> None:
    path = feature_file(tmp_path / "unaligned.pkl", label=label, widths=widths, unimodal=unimodal)
    brought = answer("import_features", str(path), "--project", "published", "--scale", scale)
    assert (brought["clips"], brought["rejected"], brought["widths"]) == (28, [], dict(widths))
    assert Label.objects.count() == 28 * (4 if unimodal else 1)
    trained(Version.objects.get(pk=brought["version"]), text="imported", audio="imported", vision="imported")


def trained(version: Version, **chosen: Any) -> None:
    """One epoch, as its training process does it, and a score of the test split at its end."""
    run = launch_run(version=version, chosen=RunSettings(epochs=1, overrides=TINY, **chosen))
    job = claim_next(worker="test", within=run.job)
    assert job is not None
    execute(run, fence=job.fence, parent=os.getppid())
    run = Run.objects.get(pk=run.pk)
    assert run.epochs.count() == 1
    assert run.metrics is not None
    assert np.isfinite(run.metrics["test"]["multimodal"]["mae"])


def test_a_folder_with_multimodal_labels_alone_is_trained_on_by_its_words(tmp_path) -> None:
    modes = [name for name, count in SPLITS.items() for _ in range(count)]
    rows = [
        f"v{number % 7},{number},sentence {number},{label},,,,{CLASSES[int(np.sign(label))]},{mode}"
        for number, mode in enumerate(modes)
        for label in [whole(number)]
    ]
    (tmp_path / "label.csv").write_text("\n".join([HEADER, *rows]))
    brought = answer("import_chsims", str(tmp_path), "--project", "mosei", "--scale", "3")
    assert (brought["clips"], brought["labels"], brought["rejected"]) == (28, 28, [])
    assert not Clip.objects.filter(supervised=False).exists()
    version = answer("publish_version", "--project", "mosei", "--seed", "1111")
    answer("extract_features", version["version"], "--text", "lsa", "--wait")
    trained(Version.objects.get(pk=version["version"]), model="text", supervision="multimodal")
