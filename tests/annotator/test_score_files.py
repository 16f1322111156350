"""Imports of scores as jobs: sent in, read from storage, cancelled, taken over, and forgotten after a week."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from annotator.errors import FileCutOff, FileTooLarge
from annotator.models import Annotation, Assignment, ScoreFile
from annotator.services import writing_scores
from annotator.services.imports import start_score_import
from annotator.services.score_files import receive_score_file
from annotator.services.states import close_campaign
from datasets import jobs
from datasets.ingest.rejections import report_key
from datasets.ingest.tables import TableError
from datasets.models import Job
from datasets.runner import Work, run_job, work_through
from tests.score_tables import HEADER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tiny_pieces(monkeypatch):
    """Every word of progress is written and a cancel heard with it, and a transaction takes in five rows."""
    monkeypatch.setattr(writing_scores, "ROWS_AT_ONCE", 5)
    monkeypatch.setattr(Work, "progress", lambda work, done, total, doing="": (work.renew(done=done), work.check()))


@pytest.fixture
def table(campaign):
    """24 good scores and a bad one."""
    places = Assignment.objects.select_related("clip__source", "membership__annotator").order_by("pk")
    rows = [
        f"{one.clip.source.video_id},{one.clip.clip_id},{one.modality},{one.membership.annotator.username},2"
        for one in places
    ]
    return "\n".join([HEADER, *rows, "nowhere,1,text,nobody,1"]).encode()


def send(campaign, content, name="scores.csv", announced=None):
    announced = len(content) if announced is None else announced
    return receive_score_file(campaign=campaign, name=name, body=io.BytesIO(content), announced=announced)


def start(campaign, table, **options):
    return start_score_import(campaign=campaign, file=send(campaign, table), **options)


def run(job):
    work_through("media")
    job.refresh_from_db()
    return job


def told(report):
    return tuple(report[name] for name in ("added", "superseded", "unchanged", "rejected_count"))


def test_a_file_that_was_sent_is_imported_by_a_worker_with_its_report(campaign, table):
    job = run(start(campaign, table))
    assert (job.state, told(job.result)) == (Job.State.SUCCEEDED, (24, 0, 0, 1))
    with default_storage.open(report_key(job.pk)) as report:
        head, row = report.read().decode("utf-8-sig").splitlines()
    assert head == "line,subject,code,reason"
    assert row.startswith("26,nowhere$_$1,unknown_clip,There is no clip 1 of the video nowhere")


def test_a_check_comes_first_and_writes_nothing(campaign, table):
    file = send(campaign, table)
    checked = run(start_score_import(campaign=campaign, file=file, dry_run=True))
    assert (told(checked.result), checked.result["dry_run"]) == ((24, 0, 0, 1), True)
    assert not Annotation.objects.exists()
    imported = run(start_score_import(campaign=campaign, file=file, simulated=True))
    assert told(imported.result) == told(checked.result)
    assert set(Annotation.objects.values_list("origin", flat=True)) == {"simulated"}


class Killed(BaseException):
    """The process is gone."""


def at_piece(monkeypatch, number, act):
    """Do something before the n-th piece is written."""
    seen = []
    write = writing_scores.Importing.write

    def look(importing, wanted):
        seen.append(wanted)
        if len(seen) == number:
            act()
        write(importing, wanted)

    monkeypatch.setattr(writing_scores.Importing, "write", look)


def die():
    raise Killed


def test_another_worker_goes_on_where_a_killed_one_stopped(campaign, table, monkeypatch):
    job = start(campaign, table)
    with monkeypatch.context() as patched:
        at_piece(patched, 3, die)
        with pytest.raises(Killed):
            run(job)
    assert Annotation.objects.count() == 10
    # An annotator answers meanwhile: the score that the killed worker wrote is not written over theirs again.
    first = Annotation.objects.earliest("pk")
    later = Annotation.objects.create(
        assignment=first.assignment, score=-3, idempotency_key="mine", supersedes=first, seconds=1, plays=1
    )
    Assignment.objects.filter(pk=first.assignment_id).update(current=later)
    Job.objects.update(lease_until=timezone.now() - timedelta(minutes=1))
    jobs.sweep()
    assert told(run(job).result) == (24, 0, 0, 1)
    assert Annotation.objects.count() == 25
    assert Assignment.objects.get(pk=first.assignment_id).current == later
    assert campaign.project.events.filter(verb="imported annotations").count() == 1


def test_a_cancel_keeps_the_pieces_that_are_in_and_tells_how_many(campaign, table, monkeypatch):
    job = start(campaign, table)
    with monkeypatch.context() as patched:
        at_piece(patched, 2, lambda: Job.objects.update(cancel_requested=True))
        run(job)
    assert (job.state, told(job.result)) == (Job.State.CANCELLED, (10, 0, 0, 0))
    assert Annotation.objects.count() == 10
    again = jobs.retry_job(job=job)
    assert told(run(again).result) == (24, 0, 0, 1)
    assert Annotation.objects.count() == 24


def test_a_campaign_that_is_closed_meanwhile_takes_no_more(campaign, table, monkeypatch):
    job = start(campaign, table)
    at_piece(monkeypatch, 2, lambda: close_campaign(campaign=campaign))
    run(job)
    assert (job.state, Annotation.objects.count()) == (Job.State.FAILED, 10)
    assert "is closed" in job.error


def test_a_worker_that_lost_the_job_writes_nothing(campaign, table, monkeypatch):
    job = start(campaign, table)
    jobs.claim(job.pk, worker="first")
    mine = Job.objects.get(pk=job.pk)
    Job.objects.update(fence=mine.fence + 1)
    run_job(mine)
    assert not Annotation.objects.exists()


@pytest.mark.parametrize("name", ["scores.csv", "../../etc/scores.csv", "C:\\work\\scores.csv", "", "\n", "评" * 90])
def test_whatever_its_name_a_file_is_kept_under_a_name_of_ours(campaign, table, name):
    file = send(campaign, table, name=name)
    assert "/" not in file.name
    assert len(file.name.encode()) <= 100
    assert run(start_score_import(campaign=campaign, file=file)).state == Job.State.SUCCEEDED


def test_a_file_tells_what_it_is(campaign, table):
    plain = send(campaign, table)
    assert (plain.kind, plain.encoding, plain.columns, plain.bytes) == (
        "table", "UTF-8", HEADER.split(","), len(table),
    )  # fmt: skip
    chinese = send(campaign, "视频,片段,评分\n甲,乙,1\n".encode("gb18030"))
    assert (chinese.encoding, chinese.columns) == ("GB18030", ["视频", "片段", "评分"])
    assert send(campaign, b' [{"data": {}}]', name="export.json").kind == "label_studio"


def test_what_does_not_arrive_whole_or_is_no_text_is_not_kept(campaign, table, settings):
    with pytest.raises(FileCutOff, match="send the file again"):
        send(campaign, table, announced=len(table) + 1)
    with pytest.raises(FileCutOff):
        send(campaign, b"")
    with pytest.raises(TableError, match=r"scores\.csv is neither UTF-8"):
        send(campaign, b"\xff\xfe\x00")
    settings.UPLOAD_MEGABYTES = 1
    with pytest.raises(FileTooLarge, match="2 MB, and this server takes 1 MB"):
        send(campaign, b"x" * 2_000_000)
    assert not ScoreFile.objects.exists()


def test_a_file_is_forgotten_after_a_week_unless_a_job_needs_it(campaign, table):
    old, needed = send(campaign, table), send(campaign, table)
    job = start_score_import(campaign=campaign, file=needed)
    ScoreFile.objects.update(sent_at=timezone.now() - timedelta(days=8))
    fresh = send(campaign, table)
    assert set(ScoreFile.objects.all()) == {needed, fresh}
    assert not default_storage.exists(old.file)
    assert run(job).state == Job.State.SUCCEEDED
    send(campaign, table)
    assert needed not in ScoreFile.objects.all()
    again = Job.objects.create(
        **{name: getattr(job, name) for name in ("kind", "title", "queue", "payload", "project")}
    )
    assert "kept for a week" in run(again).error
