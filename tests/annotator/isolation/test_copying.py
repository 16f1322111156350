"""A picture is copied only when every frame in its file is shown and any browser can play it."""

import subprocess

import pytest

from annotator.isolation.copying import may_copy_picture
from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.rendition import make_rendition
from annotator.isolation.video_file import VideoFile
from datasets.media.cut import cut_clip
from datasets.media.probe import probe
from datasets.media.programs import ffmpeg
from datasets.vocabulary import Modality
from tests.videos import make_numbered_video, make_video, read_numbers

DEFAULTS = IsolationParameters()


def copied(path):
    return may_copy_picture(VideoFile(path), DEFAULTS)


def test_a_clip_that_was_cut_here_is_copied_bit_by_bit_and_not_a_frame_more(tmp_path):
    source = make_numbered_video(tmp_path / "source.mp4", frames=100, rate="25")
    clip = tmp_path / "clip.mp4"
    cut_clip(source, clip, 1.0, 3.0)
    assert copied(clip)
    for modality in (Modality.VISION, Modality.MULTIMODAL):
        made = tmp_path / f"{modality}.mp4"
        make_rendition(clip, made, modality, DEFAULTS, "", 7, text_regions=lambda clip: [])
        assert read_numbers(made) == list(range(25, 75))
        assert picture_of(made) == picture_of(clip)


def picture_of(path):
    """Checksum of every frame, decoded."""
    command = [ffmpeg(), "-v", "error", "-i", path, "-map", "0:v", "-f", "framemd5", "-"]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return [line.split(",")[-1] for line in lines if not line.startswith("#")]


def test_a_clip_that_was_cut_by_copying_is_encoded_anew_without_its_hidden_frames(tmp_path):
    long_gop = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "20")
    source = make_numbered_video(tmp_path / "source.mp4", frames=60, rate="25", options=long_gop)
    clip = tmp_path / "clip.mp4"
    piece = ["-ss", "1.2", "-i", source, "-t", "0.8", "-c", "copy", clip]
    subprocess.run([ffmpeg(), "-v", "error", *piece], check=True)
    assert not copied(clip)
    made = tmp_path / "made.mp4"
    make_rendition(clip, made, Modality.VISION, DEFAULTS, "", 7, text_regions=lambda clip: [])
    held = subprocess.run(
        [ffmpeg(), "-v", "error", "-ignore_editlist", "1", "-i", made, "-map", "0:v", "-f", "framemd5", "-"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    frames = [line for line in held.stdout.splitlines() if not line.startswith("#")]
    assert len(frames) == len(read_numbers(made))


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("other codec.mp4", ("-c:v", "mpeg4")),
        ("other colours.mp4", ("-c:v", "libx264", "-pix_fmt", "yuv444p", "-g", "10")),
        ("rarely whole.mp4", ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "250")),
        ("too large.mp4", ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "10", "-s", "1280x800")),
        ("other container.mkv", ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "10")),
    ],
)
def test_a_picture_that_is_not_fit_for_the_web_is_encoded_anew(tmp_path, name, options):
    clip = make_video(tmp_path / name, seconds=2.0, options=options)
    assert not copied(clip)
    made = tmp_path / "made.mp4"
    make_rendition(clip, made, Modality.MULTIMODAL, DEFAULTS, "", 7)
    assert (probe(made).video.codec, probe(made).audio.codec) == ("h264", "aac")
    assert copied(made)


def test_a_turned_picture_and_one_of_oblong_pixels_are_encoded_anew(tmp_path):
    clip = make_video(tmp_path / "clip.mp4")
    assert copied(clip)
    turned = tmp_path / "turned.mp4"
    command = [ffmpeg(), "-v", "error", "-display_rotation", "90", "-i", clip, "-c", "copy", turned]
    subprocess.run(command, check=True)
    assert not copied(turned)
    oblong = make_video(tmp_path / "oblong.mp4", options=("-c:v", "libx264", "-pix_fmt", "yuv420p", "-vf", "setsar=2"))
    assert not copied(oblong)
