"""Import of real footage, where the folder of real clips is at hand."""

import shutil

import pytest

from datasets.media.probe import probe
from datasets.media.storage import local
from datasets.models import Clip, Job
from datasets.runner import run_job
from datasets.services.imports import start_import_here

pytestmark = pytest.mark.django_db
HEADER = "video,start,end,transcript\n"


def import_video(video, project, folder, *rows):
    shutil.copyfile(video, folder / video.name)
    (folder / "clips.csv").write_text(HEADER + "".join(f"{video.name},{row}\n" for row in rows), encoding="utf-8")
    job = start_import_here(project=project, folder=folder, manifest=folder / "clips.csv", atomic=True)
    run_job(job)
    job.refresh_from_db()
    assert job.state == Job.State.SUCCEEDED, job.error
    return list(Clip.objects.order_by("order"))


def test_twenty_seconds_are_cut_into_five_clips_without_a_frame_lost_or_shown_twice(shared_media, project, tmp_path):
    video = shared_media / "one_speaker_20s.mp4"
    rows = ("0,4,一", "4,8,二", "8,12,三", "12,16,四", "16,19.68,五")
    frames = []
    for clip in import_video(video, project, tmp_path, *rows):
        with local(clip.file) as path:
            frames.append(probe(path).video.frames)
    assert len(frames) == 5
    assert sum(frames) == probe(video).video.frames


def test_mp3_inside_mp4_becomes_aac(shared_media, project, tmp_path):
    (clip,) = import_video(shared_media / "one_face_2s.mp4", project, tmp_path, "0.1,1.9,好")
    with local(clip.file) as path:
        found = probe(path)
    assert (found.video.frames, found.audio.codec) == (54, "aac")
