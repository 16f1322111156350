"""Clips are cut to the exact frame, with their sound in step, and nothing else of the source in them."""

import subprocess
from fractions import Fraction

import pytest

from datasets.media.command import MediaError
from datasets.media.cut import cut_clip, make_thumbnail
from datasets.media.probe import probe
from datasets.media.programs import ffmpeg
from tests.videos import H264, click_times, make_numbered_video, make_video, read_numbers

LONG_GOP = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "250", "-bf", "3")
MPEG4 = ("-c:v", "mpeg4", "-q:v", "2", "-c:a", "pcm_s16le")  # AVI keeps no times: no reordered frames, no MP3


@pytest.mark.parametrize(
    ("suffix", "rate", "start", "end", "expected"),
    [
        ("mp4", "25", 0.0, 2.0, range(50)),
        ("mp4", "25", 1.2, 3.4, range(30, 85)),
        ("mp4", "25", 1.19, 3.41, range(30, 86)),
        ("mkv", "30000/1001", 2.002, 4.004, range(60, 120)),
        ("mp4", "24000/1001", 3.21, 5.0, range(77, 120)),
        ("avi", "25", 4.0, 6.0, range(100, 150)),
    ],
)
def test_a_clip_holds_the_frames_of_its_stretch_and_no_other(tmp_path, suffix, rate, start, end, expected):
    options = MPEG4 if suffix == "avi" else LONG_GOP
    source = make_numbered_video(tmp_path / f"source.{suffix}", frames=150, rate=rate, options=options)
    clip = tmp_path / "clip.mp4"
    stretch = cut_clip(source, clip, start, end)
    assert read_numbers(clip) == list(expected)
    assert abs(probe(clip).duration - (end - start)) <= 1 / Fraction(rate)
    assert stretch.duration == pytest.approx(len(expected) / Fraction(rate))


def test_a_transport_stream_is_cut_exactly_or_refused_in_one_sentence(tmp_path):
    source = make_numbered_video(tmp_path / "source.ts", frames=150, rate="25", options=LONG_GOP)
    try:
        cut_clip(source, tmp_path / "clip.mp4", 1.2, 3.4)
    except MediaError as error:
        assert "crashed on source.ts" in error.message  # noqa: PT017 - which of the two depends on the ffprobe found
    else:
        assert read_numbers(tmp_path / "clip.mp4") == list(range(30, 85))


def test_sound_stays_in_step_with_the_picture(tmp_path):
    source = make_numbered_video(tmp_path / "source.mp4", frames=150, rate="25", options=LONG_GOP)
    cut_clip(source, tmp_path / "clip.mp4", 1.0, 4.0)
    assert click_times(tmp_path / "clip.mp4") == pytest.approx([0.2 + 0.4 * n for n in range(7)], abs=0.01)


def test_no_earlier_frame_is_hidden_in_the_file(tmp_path):
    source = make_numbered_video(tmp_path / "source.mp4", frames=150, rate="25", options=LONG_GOP)
    cut_clip(source, tmp_path / "clip.mp4", 3.0, 4.0)
    shown_all = tmp_path / "all.mkv"
    command = [ffmpeg(), "-v", "error", "-ignore_editlist", "1", "-i", tmp_path / "clip.mp4"]
    subprocess.run([*command, "-an", "-c", "copy", shown_all], check=True)
    assert read_numbers(shown_all) == list(range(75, 100))


def test_sound_that_starts_late_is_preceded_by_silence(tmp_path):
    source = make_numbered_video(tmp_path / "whole.mp4", frames=100, rate="25")
    late = tmp_path / "late.mkv"
    inputs = ["-i", source, "-itsoffset", "1.5", "-i", source]
    subprocess.run([ffmpeg(), "-v", "error", *inputs, "-map", "0:v", "-map", "1:a", "-c", "copy", late], check=True)
    cut_clip(late, tmp_path / "clip.mp4", 0.0, 3.0)
    made = probe(tmp_path / "clip.mp4")
    assert made.audio is not None
    assert made.audio.start == pytest.approx(0.0, abs=0.01)
    assert made.audio.duration == pytest.approx(3.0, abs=0.03)
    assert click_times(tmp_path / "clip.mp4") == pytest.approx([1.5, 1.9, 2.3, 2.7], abs=0.01)


def test_a_clip_before_any_sound_is_silent_and_whole(tmp_path):
    source = make_numbered_video(tmp_path / "whole.mp4", frames=100, rate="25")
    late = tmp_path / "late.mkv"
    inputs = ["-i", source, "-itsoffset", "2", "-i", source]
    subprocess.run([ffmpeg(), "-v", "error", *inputs, "-map", "0:v", "-map", "1:a", "-c", "copy", late], check=True)
    cut_clip(late, tmp_path / "clip.mp4", 0.0, 1.0)
    assert read_numbers(tmp_path / "clip.mp4") == list(range(25))
    assert click_times(tmp_path / "clip.mp4") == []
    assert probe(tmp_path / "clip.mp4").audio.duration == pytest.approx(1.0, abs=0.03)


def test_a_variable_frame_rate_becomes_constant(tmp_path):
    constant = make_numbered_video(tmp_path / "constant.mp4", frames=100, rate="25")
    variable = tmp_path / "variable.mp4"
    dropped = ["-vf", "select='not(between(mod(n,10),4,6))'", "-fps_mode", "vfr"]
    subprocess.run([ffmpeg(), "-v", "error", "-i", constant, *dropped, *H264, variable], check=True)
    assert not probe(variable).video.has_constant_rate
    cut_clip(variable, tmp_path / "clip.mp4", 0.4, 2.4)
    made = probe(tmp_path / "clip.mp4")
    assert made.video.has_constant_rate
    assert made.duration == pytest.approx(2.0, abs=1 / 15)
    shown = read_numbers(tmp_path / "clip.mp4")
    times = [0.4 + i / made.video.frame_rate for i in range(len(shown))]
    assert all(abs(number / 25 - time) <= 0.16 for number, time in zip(shown, times, strict=True))


def test_an_odd_sized_picture_loses_at_most_its_last_line(tmp_path):
    odd = tmp_path / "odd.mkv"
    inputs = ["-f", "lavfi", "-i", "testsrc2=s=161x121:r=25:d=1", "-f", "lavfi", "-i", "sine=d=1"]
    subprocess.run([ffmpeg(), "-v", "error", *inputs, "-c:v", "ffv1", odd], check=True)
    cut_clip(odd, tmp_path / "clip.mp4", 0.0, 1.0)
    made = probe(tmp_path / "clip.mp4").video
    assert (made.width, made.height) == (160, 120)


def test_a_clip_carries_no_tag_chapter_or_further_stream(tmp_path):
    source = make_video(tmp_path / "plain.mp4", seconds=2.0)
    tagged = tmp_path / "tagged.mkv"
    titles = ["-metadata", "title=SECRET", "-metadata:s:a", "title=SECRET"]
    subprocess.run(
        [ffmpeg(), "-v", "error", "-i", source, "-map", "0", "-map", "0:a", "-c", "copy", *titles, tagged], check=True
    )
    cut_clip(tagged, tmp_path / "clip.mp4", 0.0, 1.0)
    made = probe(tmp_path / "clip.mp4")
    assert (made.extra_streams, made.chapters) == ((), 0)
    assert b"SECRET" not in (tmp_path / "clip.mp4").read_bytes()


def test_a_video_without_sound_is_refused(tmp_path):
    with pytest.raises(MediaError, match=r"mute\.mp4 has no sound"):
        cut_clip(make_video(tmp_path / "mute.mp4", tone=None), tmp_path / "clip.mp4", 0.0, 0.5)


def test_a_stretch_beyond_the_end_leaves_no_file(tmp_path):
    source = make_video(tmp_path / "short.mp4")
    with pytest.raises(MediaError, match=r"short\.mp4 gives"):
        cut_clip(source, tmp_path / "clip.mp4", 0.5, 5.0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["short.mp4"]


def test_a_stretch_between_two_frames_is_refused(tmp_path):
    with pytest.raises(MediaError, match="No frame"):
        cut_clip(make_video(tmp_path / "a.mp4"), tmp_path / "clip.mp4", 0.5, 0.5)


def test_a_thumbnail_is_a_small_jpeg(tmp_path):
    make_thumbnail(make_video(tmp_path / "clip.mp4"), tmp_path / "thumbnail.jpg")
    content = (tmp_path / "thumbnail.jpg").read_bytes()
    assert content[:3] == b"\xff\xd8\xff"
    assert b"Lavc" not in content
