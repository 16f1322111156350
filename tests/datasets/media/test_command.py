"""Children run within limits, and their failures are one sentence."""

import pytest

from datasets.media.command import MediaError, open_media, run_ffmpeg, run_program
from tests.videos import make_video


def test_a_child_that_takes_too_long_is_ended(tmp_path):
    with pytest.raises(MediaError, match="longer than 0 s"):
        run_program(["sleep", "5"], reading=tmp_path / "clip.mp4", time_limit=0.2)


def test_an_error_ends_with_the_programs_last_line_and_without_its_folder(tmp_path):
    (tmp_path / "broken.mp4").write_bytes(b"\0" * 1000)
    output = open_media(tmp_path / "broken.mp4").output("pipe:", format="null")
    with pytest.raises(MediaError) as caught:
        run_ffmpeg(output, reading=tmp_path / "broken.mp4")
    assert caught.value.message.startswith("broken.mp4 could not be processed: ")
    assert str(tmp_path) not in caught.value.message
    assert "\n" not in caught.value.message


def test_a_child_that_crashes_is_told_from_a_bad_file(tmp_path):
    with pytest.raises(MediaError, match=r"sh crashed on clip\.mp4 \(signal 11\)"):
        run_program(["sh", "-c", "kill -SEGV $$"], reading=tmp_path / "clip.mp4")


def test_only_files_may_be_read(tmp_path):
    clip = make_video(tmp_path / "a.mp4")
    output = open_media(clip).output("http://127.0.0.1:9/x", format="mpegts")
    with pytest.raises(MediaError):
        run_ffmpeg(output, reading=clip)
