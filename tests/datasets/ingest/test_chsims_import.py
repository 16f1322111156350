"""Import of a CH-SIMS folder from end to end, on tiny real clips."""

import pytest

from datasets.media.probe import probe
from datasets.media.storage import local, sha256_of
from datasets.models import Clip, Job, Label, Source
from datasets.runner import run_job
from datasets.services.imports import start_import_here
from tests.videos import damage, make_video

pytestmark = pytest.mark.django_db
HEADER = "video_id,clip_id,text,label,label_T,label_A,label_V,annotation,mode\n"


@pytest.fixture
def import_folder(tmp_path, project):
    """Import the folder with these rows in its label.csv; returns the finished job."""

    def run(*rows, encoding="utf-8-sig"):
        (tmp_path / "label.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding=encoding)
        job = start_import_here(project=project, folder=tmp_path, manifest=None, atomic=False)
        run_job(job)
        job.refresh_from_db()
        return job

    return run


def test_clips_come_in_as_they_are_with_ids_labels_and_splits(import_folder, tmp_path):
    clip = make_video(tmp_path / "Raw" / "video_0001" / "0001.mp4", seconds=0.6)
    make_video(tmp_path / "Raw" / "video_0001" / "0002.mp4", seconds=0.6, tone=300)
    job = import_folder("video_0001,0001,我很好,-0.6,1.0,,-0.2,Negative,valid", "video_0001,0002,你好,,,,,,")
    assert (job.result["clips"], job.result["sources"], job.result["labels"]) == (2, 1, 3), job.error
    labelled, unlabelled = Clip.objects.order_by("order")
    assert (labelled.clip_id, labelled.given_split, labelled.supervised) == ("0001", "valid", True)
    assert (unlabelled.given_split, unlabelled.supervised) == ("", False)
    assert (labelled.start, labelled.end, labelled.seconds) == (None, None, pytest.approx(0.6))
    assert labelled.sha256 == sha256_of(clip)
    with local(labelled.file) as stored:
        assert sha256_of(stored) == labelled.sha256
    assert dict(Label.objects.values_list("modality", "fifths")) == {"multimodal": -3, "text": 5, "vision": -1}
    assert set(Label.objects.values_list("clip", "origin")) == {(labelled.pk, "import")}
    assert list(Label.objects.values_list("scores", flat=True)) == [[], [], []]
    assert (Source.objects.get().video_id, Source.objects.get().file) == ("video_0001", "")


def test_a_clip_that_browsers_cannot_play_is_encoded_anew(import_folder, tmp_path):
    make_video(tmp_path / "Raw" / "v" / "0001.mp4", seconds=0.6, options=("-c:v", "mpeg4"))
    import_folder("v,0001,好,0.2,,,,Positive,train")
    with local(Clip.objects.get().file) as stored:
        found = probe(stored)
    assert (found.video.codec, found.video.frames) == ("h264", 15)


def test_clips_without_file_damaged_or_with_labels_off_the_grid_stay_out(import_folder, tmp_path):
    make_video(tmp_path / "Raw" / "v" / "0001.mp4", seconds=0.6)
    damage(make_video(tmp_path / "Raw" / "v" / "0003.mp4", seconds=2))
    job = import_folder(
        "v,0001,好,0.2,,,,Positive,train",
        "v,0002,好,0.2,,,,Positive,train",
        "v,0003,好,0.2,,,,Positive,train",
        "v,0001,好,0.3,,,,Positive,train",
        "v,0001,好,0.4,,,,Positive,train",
    )
    assert [(row["line"], row["code"]) for row in job.result["rejected"]] == [
        (3, "no_such_file"),
        (4, "damaged_video"),
        (5, "label_off_grid"),
        (6, "duplicate_id"),
    ]
    assert Label.objects.get().fifths == 1


def test_importing_again_doubles_nothing(import_folder, tmp_path):
    make_video(tmp_path / "Raw" / "v" / "0001.mp4", seconds=0.6)
    import_folder("v,0001,好,0.2,,,,Positive,train")
    again = import_folder("v,0001,好,-0.2,,,,Negative,train")
    assert again.state == Job.State.FAILED
    assert (Clip.objects.count(), Label.objects.get().fifths) == (1, 1)


def test_a_folder_without_videos_gives_clips_with_labels_and_splits(import_folder, tmp_path):
    job = import_folder("v,0001,我很好,-0.6,1.0,,-0.2,Negative,valid", "v,0002,你好,,,,,,", "v,0001,又,0.2,,,,,train")
    assert (job.result["clips"], job.result["labels"]) == (2, 3), job.error
    assert [(row["line"], row["code"]) for row in job.result["rejected"]] == [(4, "duplicate_id")]
    labelled, unlabelled = Clip.objects.order_by("order")
    assert (labelled.file, labelled.seconds, labelled.given_split) == ("", 0, "valid")
    assert (unlabelled.supervised, unlabelled.order) == (False, 1)


def test_the_three_points_and_five_annotators_of_the_first_ch_sims_lie_on_the_same_grid(import_folder, tmp_path):
    values = ("-1.0", "-0.8", "-0.6", "-0.4", "-0.2", "0.0", "0.2", "0.4", "0.6", "0.8", "1.0")
    job = import_folder(*(f"v,{n:04d},好,{value},,,,SNEG,train" for n, value in enumerate(values)))
    assert job.result["rejected"] == []
    assert list(Label.objects.order_by("clip__order").values_list("fifths", flat=True)) == list(range(-5, 6))


def test_labels_of_mosei_lie_within_3_and_are_rounded_to_fifths(tmp_path, project):
    (tmp_path / "label.csv").write_text(
        "video_id,clip_id,text,label,annotation,mode\nv,1,a,-3.0,,train\nv,2,b,0.3333,,valid\nv,3,c,3.5,,test\n"
    )
    job = start_import_here(project=project, folder=tmp_path, manifest=None, atomic=False, scale=3)
    run_job(job)
    job.refresh_from_db()
    assert [(row["line"], row["code"]) for row in job.result["rejected"]] == [(4, "label_off_grid")]
    assert list(Label.objects.order_by("clip__order").values_list("fifths", flat=True)) == [-5, 1]


@pytest.mark.parametrize(("encoding", "name"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")])
def test_a_table_as_spreadsheets_save_it_comes_in_and_its_encoding_is_told(import_folder, encoding, name):
    job = import_folder("v,0001,我很高兴，真的,0.2,,,,Positive,train", encoding=encoding)
    assert Clip.objects.get().transcript == "我很高兴，真的"
    assert job.result["encoding"] == name
