"""Imports from end to end, on tiny real videos: what goes in, what stays out, and what a crash leaves."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from config.errors import Conflict
from datasets.ingest import importing
from datasets.ingest.manifest import read_manifest
from datasets.ingest.planning import plan_clips
from datasets.ingest.report import Report
from datasets.ingest.rows import BadRow
from datasets.ingest.sources import inspect_video
from datasets.jobs import cancel_job, claim, retry_job
from datasets.media.probe import probe
from datasets.media.storage import local, sha256_of
from datasets.models import Clip, Event, Job, Source
from datasets.runner import Work, run_job
from datasets.services.imports import start_import, start_import_here
from tests.videos import H264, damage, make_video

pytestmark = pytest.mark.django_db
HEADER = "video,start,end,transcript,speaker,scenario,supervised\n"


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    """A video of two seconds, made once."""
    return make_video(tmp_path_factory.mktemp("talk") / "talk.mp4", seconds=2)


@pytest.fixture
def folder(tmp_path, talk):
    """A folder to import from, with talk.mp4 in it."""
    shutil.copyfile(talk, tmp_path / "talk.mp4")
    return tmp_path


@pytest.fixture
def import_rows(folder, project):
    """Import a manifest with these rows in this process; returns the finished job."""

    def run(*rows, atomic=False):
        manifest = folder / "clips.csv"
        manifest.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        job = start_import_here(project=project, folder=folder, manifest=manifest, atomic=atomic)
        run_job(job)
        job.refresh_from_db()
        return job

    return run


def codes(job):
    return [(row["line"], row["code"]) for row in job.result["rejected"]]


def stored_files():
    """All but tables of rejected rows."""
    files = (path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    return sorted(str(path) for path in files if path.parent.name != "reports")


def test_clips_are_cut_to_the_frame_and_stored_with_all_that_is_known(import_rows, project, talk):
    job = import_rows("talk.mp4,0.2,1.2,我很高兴,李,家,1", "talk.mp4,0:01.2,2,你好,王,街,0")
    assert job.state == Job.State.SUCCEEDED, job.error
    assert job.result == {
        "job": str(job.pk), "project": project.name, "clips": 2, "sources": 1, "labels": 0,
        "rejected_count": 0, "rejected": [], "ignored_columns": [], "encoding": "UTF-8",
    }  # fmt: skip
    first, second = Clip.objects.order_by("order")
    assert (first.clip_id, first.transcript, first.speaker, first.scenario) == ("0001", "我很高兴", "李", "家")
    assert (first.supervised, second.supervised) == (True, False)
    assert (first.start, first.end, first.width, first.height, first.frame_rate) == (0.2, 1.2, 160, 120, 25.0)
    assert (first.seconds, second.seconds) == (pytest.approx(1.0), pytest.approx(0.8))
    source = Source.objects.get()
    assert (source.video_id, source.sha256, source.seconds) == ("talk", sha256_of(talk), pytest.approx(2.0))
    with local(first.file) as clip, local(first.thumbnail) as thumbnail, local(source.file) as video:
        assert probe(clip).video.frames == 25
        assert sha256_of(clip) == first.sha256
        assert thumbnail.read_bytes().startswith(b"\xff\xd8\xff")
        assert sha256_of(video) == source.sha256


def test_stored_files_have_names_that_tell_nothing(import_rows):
    before = set(stored_files())
    import_rows("talk.mp4,0,1,好,,,1")
    new = set(stored_files()) - before
    assert len(new) == 3
    assert not any("talk" in name or "0001" in Path(name).name.split("-") for name in new)


def test_every_kind_of_bad_row_is_named_and_the_good_one_goes_in(import_rows, folder, tmp_path_factory):
    make_video(folder / "silent.mp4", seconds=0.4, tone=None)
    (folder / "notes.mp4").write_text("GOOD MORNING")
    (folder / "broken.mp4").write_bytes((folder / "talk.mp4").read_bytes()[:2000])
    outside = tmp_path_factory.mktemp("outside") / "secret.mp4"
    shutil.copyfile(folder / "talk.mp4", outside)
    (folder / "link.mp4").symlink_to(outside)
    job = import_rows(
        "none.mp4,0,1,好,,,1",
        "talk.mp4,1,0.5,好,,,1",
        "talk.mp4,1,2.1,好,,,1",
        "talk.mp4,0,1,,,,1",
        "talk.mp4,0,1,好,,,1",
        "notes.mp4,0,1,好,,,1",
        "silent.mp4,0,0.2,好,,,1",
        "broken.mp4,0,1,好,,,1",
        "link.mp4,0,1,好,,,1",
        "talk.mp4,1,1.0001,好,,,1",
        "talk.mp4,x,1,好,,,1",
    )
    assert job.state == Job.State.SUCCEEDED, job.error
    assert codes(job) == [
        (2, "no_such_file"),
        (3, "end_before_start"),
        (4, "beyond_end"),
        (5, "empty_transcript"),
        (7, "not_a_video"),
        (8, "no_audio"),
        (9, "damaged_video"),
        (10, "outside_folder"),
        (11, "too_short"),
        (12, "bad_time"),
    ]
    assert Clip.objects.get().clip_id == "0004"


def test_half_a_frame_beyond_the_end_is_tolerated(import_rows):
    assert import_rows("talk.mp4,1,2.019,好,,,1").result["clips"] == 1


def test_a_damaged_video_gives_the_clips_before_its_damage(import_rows, folder):
    damage(make_video(folder / "cut.mp4", seconds=2, tone=300))
    job = import_rows("cut.mp4,0,0.4,好,,,1", "cut.mp4,1.5,2,好,,,1")
    assert job.result["clips"] == 1
    assert codes(job) == [(3, "damaged_video")]
    assert job.result["rejected"][0]["reason"].startswith("cut.mp4 gives ")


def test_importing_again_doubles_nothing(import_rows):
    rows = ("talk.mp4,0,1,好,,,1", "talk.mp4,1,2,好,,,1")
    import_rows(*rows)
    files = stored_files()
    again = import_rows(*rows)
    assert again.state == Job.State.FAILED
    assert codes(again) == [(2, "duplicate_id"), (3, "duplicate_id")]
    assert (Clip.objects.count(), Source.objects.count()) == (2, 1)
    assert stored_files() == files


def test_more_clips_of_a_known_video_join_its_source(import_rows, folder):
    import_rows("talk.mp4,0,1,好,,,1")
    shutil.copyfile(folder / "talk.mp4", folder / "copy.mp4")
    job = import_rows("talk.mp4,0,1,好,,,1", "copy.mp4,0,1,好,,,1", "copy.mp4,1,2,好,,,1")
    assert codes(job) == [(2, "duplicate_id"), (3, "duplicate_id")]
    assert [clip.order for clip in Source.objects.get().clips.order_by("order")] == [0, 1]


def test_copies_of_one_video_in_one_manifest_are_stored_once(import_rows, folder):
    shutil.copyfile(folder / "talk.mp4", folder / "copy.mp4")
    before = len(stored_files())
    job = import_rows("talk.mp4,0,1,好,,,1", "copy.mp4,1,2,好,,,1", "copy.mp4,1,2,好,,,1")
    assert (job.result["clips"], job.result["sources"], codes(job)) == (2, 1, [(3, "duplicate_id")])
    assert len(stored_files()) - before == 5


def test_another_video_under_a_taken_name_is_rejected(import_rows, folder):
    import_rows("talk.mp4,0,1,好,,,1")
    make_video(folder / "talk.mp4", seconds=0.4, tone=990)
    assert codes(import_rows("talk.mp4,0,0.4,好,,,1")) == [(2, "video_id_taken")]


def test_atomic_lets_nothing_in_when_one_row_is_bad(import_rows):
    before = stored_files()
    job = import_rows("talk.mp4,0,1,好,,,1", "none.mp4,0,1,好,,,1", atomic=True)
    assert job.state == Job.State.FAILED
    assert job.error.startswith("Nothing was imported: 1 of 2 rows are bad, the first in line 3 (none.mp4)")
    assert job.result["clips"] == 0
    assert not Clip.objects.exists()
    assert stored_files() == before


def test_atomic_leaves_no_file_when_a_row_proves_bad_late(import_rows, folder):
    damage(make_video(folder / "cut.mp4", seconds=2, tone=300))
    before = stored_files()
    job = import_rows("talk.mp4,0,1,好,,,1", "cut.mp4,1.5,2,好,,,1", atomic=True)
    assert codes(job) == [(3, "damaged_video")]
    assert not Clip.objects.exists()
    assert stored_files() == before


def test_atomic_lets_everything_in_when_all_rows_are_good(import_rows):
    assert import_rows("talk.mp4,0,1,好,,,1", "talk.mp4,1,2,好,,,1", atomic=True).result["clips"] == 2


def test_a_table_without_rows_is_an_error(import_rows):
    job = import_rows()
    assert (job.state, job.error) == (
        Job.State.FAILED,
        "Nothing was imported: the table has no rows below its header.",
    )


def test_an_import_is_recorded(import_rows, project):
    import_rows("talk.mp4,0,1,好,,,1", "none.mp4,0,1,好,,,1")
    event = Event.objects.get(project=project, verb="imported clips")
    assert event.details == {"clips": 1, "rejected": 1}


def test_a_job_begun_anew_keeps_what_it_made_and_makes_the_rest(import_rows, folder):
    make_video(folder / "late.mp4", seconds=0.4, tone=700)
    job = import_rows("talk.mp4,0,1,好,,,1", "late.mp4,0,0.4,好,,,1")
    first, second = Clip.objects.order_by("order")
    # As a worker leaves it that was killed between the two videos.
    second.delete()
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED, result=None)
    assert claim(job.pk, worker="another")
    job.refresh_from_db()
    run_job(job)
    job.refresh_from_db()
    assert (job.result["clips"], job.result["rejected"]) == (2, [])
    assert Clip.objects.get(pk=first.pk).file == first.file
    assert Clip.objects.count() == 2


def test_a_cancelled_import_leaves_no_row_and_no_file(folder, project):
    (folder / "clips.csv").write_text(HEADER + "talk.mp4,0,1,好,,,1\ntalk.mp4,1,2,好,,,1\n", encoding="utf-8")
    job = start_import(project=project, folder=folder, manifest=folder / "clips.csv", atomic=False)
    assert claim(job.pk, worker="test")
    job.refresh_from_db()
    cancel_job(job=job)
    before = stored_files()
    run_job(job)
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    assert not Clip.objects.exists()
    assert stored_files() == before
    assert retry_job(job=job).state == Job.State.QUEUED


def test_a_worker_that_lost_its_job_writes_no_rows_and_leaves_no_files(folder, project):
    (folder / "clips.csv").write_text(HEADER + "talk.mp4,0,1,好,,,1\n", encoding="utf-8")
    job = start_import_here(project=project, folder=folder, manifest=folder / "clips.csv", atomic=False)
    Job.objects.filter(pk=job.pk).update(fence=job.fence + 1)
    before = stored_files()
    run_job(job)
    assert not Clip.objects.exists()
    assert not Source.objects.exists()
    assert stored_files() == before


def test_of_two_imports_of_the_same_rows_at_once_one_is_told_and_nothing_doubles(folder, project):
    manifest = folder / "clips.csv"
    manifest.write_text(HEADER + "talk.mp4,0,1,好,,,1\n", encoding="utf-8")
    table = read_manifest(manifest)
    works = []
    for _ in range(2):
        work = Work(start_import_here(project=project, folder=folder, manifest=manifest, atomic=False))
        planned, rejected = plan_clips(work.job, table, folder, say=lambda doing: None)
        works.append((work, planned, Report(work.job, table, rejected), importing.Steps(work, table)))
    importing.make_and_record(*works[0], atomic=False)
    files = stored_files()
    with pytest.raises(Conflict, match="Another import"):
        importing.make_and_record(*works[1], atomic=False)
    assert (Clip.objects.count(), Source.objects.count()) == (1, 1)
    assert stored_files() == files


def test_a_video_that_changes_meanwhile_is_refused(folder):
    inspected = inspect_video(folder / "talk.mp4")
    with (folder / "talk.mp4").open("ab") as file:
        file.write(b"more")
    with pytest.raises(BadRow) as bad, importing.steady_copy(inspected):
        pass
    assert bad.value.code == "file_changed"
    (folder / "talk.mp4").unlink()
    with pytest.raises(BadRow, match="was removed"), importing.steady_copy(inspected):
        pass


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\ntalk.mp4\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile talk.mp4\n",
        "file:talk.mp4",
        "<html><script>alert(1)</script></html>",
        "",
    ],
)
def test_a_file_that_only_points_at_a_video_is_not_one(import_rows, folder, text):
    (folder / "lies.mp4").write_text(text)
    assert codes(import_rows("lies.mp4,0,1,好,,,1")) == [(2, "not_a_video")]


def test_names_that_the_file_system_cannot_hold_are_rows_without_file(import_rows, folder):
    (folder / "circle.mp4").symlink_to("circle.mp4")
    job = import_rows(f"a.{'x' * 300},0,1,好,,,1", "circle.mp4,0,1,好,,,1")
    assert codes(job) == [(2, "no_such_file"), (3, "no_such_file")]


class TestOddMedia:
    """What people really have on their disks."""

    def test_mp3_in_mp4(self, import_rows, folder):
        make_video(folder / "a.mp4", options=(*H264, "-c:a", "libmp3lame"))
        self.comes_in_whole(import_rows)

    def test_another_codec_in_quicktime(self, import_rows, folder):
        make_video(folder / "a.mov", options=("-c:v", "mpeg4"))
        assert import_rows("a.mov,0,0.8,好,,,1").result["clips"] == 1
        with local(Clip.objects.get().file) as clip:
            assert probe(clip).video.codec == "h264"

    def test_a_variable_frame_rate(self, import_rows, folder):
        drop = ("-vf", "select='not(between(n,5,9))'", "-fps_mode", "vfr")
        make_video(folder / "a.mp4", options=(*H264, *drop))
        self.comes_in_whole(import_rows)

    def test_audio_that_starts_late(self, import_rows, folder):
        make_video(folder / "a.mp4", options=(*H264, "-af", "asetpts=PTS+0.5/TB"))
        self.comes_in_whole(import_rows)

    def comes_in_whole(self, import_rows):
        job = import_rows("a.mp4,0,0.4,好,,,1", "a.mp4,0.4,0.8,好,,,1")
        assert job.result["clips"] == 2, job.result
        for clip in Clip.objects.all():
            assert abs(clip.seconds - 0.4) <= 2 / clip.frame_rate
            with local(clip.file) as path:
                found = probe(path)
                assert (found.video.codec, found.audio.codec) == ("h264", "aac")
                assert found.audio.duration == pytest.approx(found.video.duration, abs=0.05)
