"""Tables of any length: read in bounded memory, written piece by piece, and refused where that cannot be."""

import tracemalloc

import pytest

from annotator.foreign_scores import layout_of, read_scores
from datasets.ingest import importing, without_videos
from datasets.ingest.chsims_folder import read_chsims_folder
from datasets.jobs import retry_job
from datasets.models import Clip, Job
from datasets.runner import Work, run_job
from datasets.services.imports import start_import_here
from tests.score_tables import HEADER as SCORES
from tests.videos import make_video

LABELS = "video_id,clip_id,text,label,label_T,label_A,label_V,annotation,mode\n"
ROWS = 30_000
FEW_BYTES = 3_000_000


def peak_of(entries) -> tuple[int, int]:
    """How many there are, and the most memory that going through them takes."""
    tracemalloc.start()
    try:
        count = sum(1 for _ in entries)
        return count, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_long_table_of_labels_is_never_in_memory(tmp_path):
    rows = (f"v{row // 30},{row:07d},第{row}句话,0.2,0.2,0.2,0.2,,train\n" for row in range(ROWS))
    (tmp_path / "label.csv").write_text(LABELS + "".join(rows), encoding="utf-8")
    table = read_chsims_folder(tmp_path)
    for _ in range(2):  # read anew each time
        count, peak = peak_of(table.entries())
        assert (count, peak < FEW_BYTES) == (ROWS, True)


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_long_file_of_scores_is_never_in_memory(tmp_path, kind):
    path = tmp_path / f"scores.{kind}"
    if kind == "csv":
        path.write_text("\n".join([SCORES, *(f"v,{row},text,li,1" for row in range(ROWS))]))
    else:
        answer = '"annotations": [{"completed_by": 1, "result": [{"from_name": "text", "value": {"rating": 5}}]}]'
        tasks = (f'{{"data": {{"video_id": "v", "clip_id": "{row}"}}, {answer}}}' for row in range(ROWS))
        path.write_text(f"[{','.join(tasks)}]")
    assert path.stat().st_size > 500_000
    count, peak = peak_of(read_scores(path, layout_of(path)))
    assert (count, peak < FEW_BYTES) == (ROWS, True)


@pytest.fixture
def import_labels(tmp_path, project, monkeypatch):
    """Import a label.csv of these rows without videos, two rows to a piece; returns the finished job."""
    monkeypatch.setattr(without_videos, "ROWS_AT_ONCE", 2)

    def run(*names, atomic=False):
        lines = [f"{video},{clip},好,0.2,,,,,train\n" for video, clip in names]
        (tmp_path / "label.csv").write_text(LABELS + "".join(lines), encoding="utf-8")
        return finished(start_import_here(project=project, folder=tmp_path, manifest=None, atomic=atomic))

    return run


def finished(job: Job) -> Job:
    run_job(job)
    job.refresh_from_db()
    return job


@pytest.mark.django_db
def test_a_clip_that_stands_twice_is_found_across_pieces_and_goes_in_once(import_labels):
    job = import_labels(("a", "1"), ("a", "2"), ("b", "1"), ("a", "1"), ("c", "1"), ("a", "1"))
    assert [(row["line"], row["code"]) for row in job.result["rejected"]] == [(5, "duplicate_id"), (7, "duplicate_id")]
    assert (job.result["clips"], job.result["sources"], Clip.objects.count()) == (4, 3, 4)
    assert list(Clip.objects.order_by("order").values_list("order", flat=True)) == [0, 1, 2, 3]


@pytest.mark.django_db
@pytest.mark.parametrize("atomic", [False, True])
def test_a_table_without_rows_is_one_clear_error(import_labels, atomic):
    assert import_labels(atomic=atomic).error == "Nothing was imported: the table has no rows below its header."


@pytest.mark.django_db
def test_atomic_knows_of_a_clip_that_stands_twice_before_the_first_goes_in(import_labels):
    names = [("a", "1"), ("a", "2"), ("b", "1"), ("a", "1")]
    job = import_labels(*names, atomic=True)
    assert (job.state, job.result["clips"], job.result["rejected_count"]) == (Job.State.FAILED, 0, 1)
    assert "1 of 4 rows are bad, the first in line 5" in job.error
    assert not Clip.objects.exists()
    assert import_labels(*names[:3], atomic=True).result["clips"] == 3
    again = import_labels(*names[:3], ("d", "1"), atomic=True)
    assert (again.state, again.result["rejected_count"], Clip.objects.count()) == (Job.State.FAILED, 3, 3)


@pytest.mark.django_db
@pytest.mark.parametrize("atomic", [False, True])
def test_an_import_that_was_cancelled_is_completed_by_another_try(import_labels, monkeypatch, atomic):
    def cancel(work, done, total, doing=""):
        if done == 4:
            Job.objects.update(cancel_requested=True)
        work.renew(done=done, total=total)
        work.check()

    names = [("a", str(number)) for number in range(9)]
    with monkeypatch.context() as patched:
        patched.setattr(Work, "progress", cancel)
        job = import_labels(*names, atomic=atomic)
    assert (job.state, Clip.objects.count()) == (Job.State.CANCELLED, 4)
    retry_job(job=job)
    Job.objects.update(state=Job.State.RUNNING)
    job = finished(Job.objects.get())
    assert (job.result["clips"], job.result["rejected_count"], Clip.objects.count()) == (9, 0, 9)


@pytest.mark.django_db
def test_more_rows_than_can_be_planned_are_refused(tmp_path, project, monkeypatch):
    monkeypatch.setattr(importing, "MOST_ROWS", 1)
    make_video(tmp_path / "Raw" / "v" / "1.mp4", seconds=0.4)
    (tmp_path / "label.csv").write_text(f"{LABELS}v,1,好,0.2,,,,,train\nv,2,好,0.2,,,,,train\n", encoding="utf-8")
    job = finished(start_import_here(project=project, folder=tmp_path, manifest=None, atomic=False))
    assert job.error == "The table has 2 rows, and videos are cut for 1 at once: split it."
    assert not Clip.objects.exists()
