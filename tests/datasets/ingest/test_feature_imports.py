"""Published feature pickles come in as a version whose feature sets are ready to train on."""

import json
import os
import pickle
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from datasets.features import open_ragged
from datasets.formats.unpickling import BadPickle
from datasets.media.storage import local
from datasets.models import Clip, Job, Label, Project, Version
from datasets.runner import finish_here, run_job
from datasets.services.imports import start_feature_import, start_here
from modeling.models import FeatureSet

pytestmark = pytest.mark.django_db
STEPS = {"text": 6, "audio": 9, "vision": 4}
WIDTHS = {"text": 8, "audio": 5, "vision": 3}


def split(*numbers: int, widths: dict[str, int] = WIDTHS, label: float | None = None, **changed: object) -> dict:
    """A split of clips whose features all hold the clip's number plus one; labels rise by fifths."""
    count = len(numbers)
    content: dict = {
        "id": [f"v{number % 4}$_${number:04d}" for number in numbers],
        "raw_text": [f"第{number}句" for number in numbers],
        "annotations": ["Neutral"] * count,
        "audio_lengths": np.array([number % 5 + 1 for number in numbers]),
        "vision_lengths": [number % 3 + 1 for number in numbers],
    }
    for name, steps in STEPS.items():
        rows = [np.full((steps, widths[name]), number + 1.0) for number in numbers]
        content[name] = np.array(rows, np.float64).reshape(count, steps, widths[name])
    for suffix in ("", "_T", "_A", "_V"):
        values = [(number % 11 - 5) / 5 if label is None else label for number in numbers]
        content[f"regression_labels{suffix}"] = np.array(values, np.float32)
    return content | changed


def nested(depth: int) -> list:
    """Lists in lists: few bytes, and more elements than any memory holds."""
    found: list = [0.2]
    for _ in range(depth):
        found = [found, found]
    return found


def published(**changed: object) -> dict:
    return {"train": split(*range(6)), "valid": split(6, 7), "test": split(8, 9)} | changed


def write(path: Path, content: object, protocol: int = 4) -> Path:
    path.write_bytes(pickle.dumps(content, protocol))
    return path


def bring(project: Project, *files: Path, **options: object) -> Job:
    job = start_here(start_feature_import, project=project, files=list(files), **options)
    run_job(job)
    return finish_here(job)


def stored(version: Version, modality: str):
    return open_ragged_of(FeatureSet.objects.get(version=version, modality=modality))


def open_ragged_of(feature_set: FeatureSet):
    with local(feature_set.file) as path:
        return open_ragged(path)


def test_a_published_file_becomes_a_version_with_its_labels_splits_and_features(project, tmp_path):
    job = bring(project, write(tmp_path / "s.pkl", published()))
    assert job.state == Job.State.SUCCEEDED, job.error
    version = Version.objects.get(pk=job.result["version"])
    rows = {row.clip.clip_id: row for row in version.rows.select_related("clip__source")}
    assert {name: row.split for name, row in rows.items()} == {
        f"{number:04d}": "train" if number < 6 else "valid" if number < 8 else "test" for number in range(10)
    }
    assert (rows["0003"].multimodal, rows["0003"].audio, rows["0003"].transcript) == (-2, -2, "第3句")
    audio = stored(version, "audio")
    assert (audio.dim, audio.extractor) == (5, "imported")
    assert audio.clips == [str(row.clip) for row in version.rows.select_related("clip__source").order_by("order")]
    frames = audio.clip(audio.rows["v3$_$0007"])
    assert (frames.shape, set(frames.ravel())) == ((3, 5), {8.0})
    assert stored(version, "vision").clip(0).dtype == np.float32


def test_unsupervised_clips_come_from_their_own_file_and_from_the_mixture(project, tmp_path):
    mixed = split(0, 1, 2, 3, 4, 5, 20, 21)
    mixed["mask"] = np.array([1] * 6 + [0] * 2)
    job = bring(
        project,
        write(tmp_path / "mix.pkl", published(train_mix=mixed)),
        unsupervised=[write(tmp_path / "u.pkl", {"train": split(30, 31)})],
    )
    assert job.result["rejected"] == []
    unsupervised = Clip.objects.filter(supervised=False)
    assert sorted(unsupervised.values_list("clip_id", flat=True)) == ["0020", "0021", "0030", "0031"]
    assert not Label.objects.filter(clip__in=unsupervised).exists()
    assert not unsupervised.exclude(given_split="").exists()


def test_other_widths_and_missing_unimodal_labels_are_taken_as_they_are(project, tmp_path):
    wide = {"text": 768, "audio": 33, "vision": 709}
    content = {name: split(*numbers, widths=wide) for name, numbers in
               {"train": range(6), "valid": (6, 7), "test": (8, 9)}.items()}  # fmt: skip
    for part in content.values():
        for key in ("regression_labels_T", "regression_labels_A", "regression_labels_V", "annotations"):
            del part[key]
    job = bring(project, write(tmp_path / "fet.pkl", content))
    assert job.result["widths"] == wide
    assert set(Label.objects.values_list("modality", flat=True)) == {"multimodal"}


def test_labels_of_mosi_are_brought_onto_the_grid(project, tmp_path):
    content = {name: split(*numbers, label=value) for name, numbers, value in
               (("train", range(6), 2.4), ("valid", (6, 7), -3.0), ("test", (8, 9), 1 / 3))}  # fmt: skip
    bring(project, write(tmp_path / "mosi.pkl", content), scale=3)
    found = Label.objects.filter(modality="multimodal").values_list("clip__given_split", "fifths")
    assert set(found) == {("train", 4), ("valid", -5), ("test", 1)}


def test_values_that_are_not_finite_are_0_and_counted(project, tmp_path):
    content = published()
    content["train"]["audio"][1, 0, :] = [np.nan, np.inf, -np.inf, 1, 2]
    job = bring(project, write(tmp_path / "s.pkl", content))
    assert {kept["modality"]: kept["repaired"] for kept in job.result["features"]} == {
        "text": 0, "audio": 3, "vision": 0,
    }  # fmt: skip
    audio = stored(Version.objects.get(), "audio")
    np.testing.assert_array_equal(audio.clip(audio.rows["v1$_$0001"])[0], [0, 0, 0, 1, 2])


def test_labels_that_are_no_finite_numbers_are_missing_or_rows_that_stay_out(project, tmp_path):
    content = published()
    content["train"]["regression_labels"][:2] = [np.inf, -np.inf]
    content["train"]["regression_labels_A"][2] = np.nan
    job = bring(project, write(tmp_path / "s.pkl", content))
    assert [(row["line"], row["code"]) for row in job.result["rejected"]] == [
        (1, "label_off_grid"),
        (2, "label_off_grid"),
    ]
    assert set(Label.objects.filter(clip__clip_id="0002").values_list("modality", flat=True)) == {
        "multimodal", "text", "vision",
    }  # fmt: skip


def test_labels_off_the_grid_doubled_ids_and_bad_ids_are_rows_that_stay_out(project, tmp_path):
    content = published()
    content["train"]["regression_labels"][0] = 0.3
    content["valid"]["id"][0] = content["train"]["id"][1]
    content["test"]["id"][0] = "no separator"
    job = bring(project, write(tmp_path / "s.pkl", content))
    assert [(row["line"], row["code"]) for row in job.result["rejected"]] == [
        (1, "label_off_grid"), (7, "duplicate_id"), (9, "bad_id"),
    ]  # fmt: skip
    assert (job.result["clips"], Clip.objects.count()) == (7, 7)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"audio": np.zeros((3, 9, 5))}, r"audio is of shape \(3, 9, 5\); 6 ids need \(6, steps, width\)"),
        ({"raw_text": ["a"]}, "raw_text has 1 rows for 6 ids"),
        ({"regression_labels": np.zeros(2)}, "regression_labels has 2 rows for 6 ids"),
        ({"vision": [[1.0]]}, "vision is not an array of numbers"),
        ({"id": [1, 2, 3, 4, 5, 6]}, "id is not a list of texts"),
        ({"text_bert": np.zeros((6, 2, 6))}, "text_bert is not of shape"),
        ({"text_bert": np.zeros((6, 3))}, "text_bert is not of shape"),
        ({"text_bert": np.full((6, 3, 6), "a")}, "text_bert is not of shape"),
        ({"audio_lengths": [1, 2, float("nan"), 3, 1, 2]}, "audio_lengths holds a value that is no number of frames"),
        ({"vision_lengths": np.array([1, 2, -3, 3, 1, 2])}, "vision_lengths holds a value that is no number of frames"),
        ({"regression_labels": nested(60)}, "regression_labels is not a row of numbers"),
    ],
)
def test_what_does_not_fit_is_one_clear_error(project, tmp_path, changed, words):
    job = bring(project, write(tmp_path / "s.pkl", published(train=split(*range(6), **changed))))
    assert job.state == Job.State.FAILED
    with pytest.raises(BadPickle, match=f"s.pkl, train:? .*{words}"):
        raise BadPickle(job.error)
    assert not Clip.objects.exists()


def test_a_pickle_that_runs_something_starts_no_import(project, tmp_path):
    class Evil:
        def __reduce__(self):
            return os.system, (f"touch {tmp_path / 'was-run'}",)

    path = write(tmp_path / "evil.pkl", published(train=Evil()))
    with pytest.raises(CommandError, match=r"evil\.pkl asks for posix\.system"):
        call_command("import_features", path, project=project.name)
    assert not (tmp_path / "was-run").exists()
    assert not Job.objects.exists()


def test_a_job_begun_anew_doubles_nothing(project, tmp_path):
    job = bring(project, write(tmp_path / "s.pkl", published()))
    first = job.result
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED, result=None)
    job = finish_here(job)
    assert job.result == first
    assert (Clip.objects.count(), Version.objects.count(), FeatureSet.objects.count()) == (10, 1, 3)


def test_the_command_prints_the_version_that_training_takes(tmp_path, capsys, db):
    write(tmp_path / "s.pkl", published())
    call_command("import_features", tmp_path / "s.pkl", project="published", as_json=True)
    result = json.loads(capsys.readouterr().out)
    version = Version.objects.get(pk=result["version"])
    assert (version.project.name, version.sha256) == ("published", result["sha256"])
    call_command("import_features", write(tmp_path / "other.pkl", published()), project="again")
    assert f"Published as version 1.0.0: {Version.objects.get(project__name='again').pk}" in capsys.readouterr().out
