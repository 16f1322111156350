"""Sampled pictures are those of their times, whether all frames are decoded or keyframes alone."""

import numpy as np
import pytest

from annotator.isolation import frames
from annotator.isolation.frames import sample_frames
from annotator.isolation.video_file import VideoFile
from tests.videos import make_numbered_video

ENCODING = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


def numbers(sampled):
    """The number that each picture carries, beside its time; pictures of a numbered video are 160 x 64."""
    read = []
    for time, picture in sampled:
        bars = picture.reshape(64, 8, 20, 3)[20:44, :, 6:14].mean(axis=(0, 2, 3)) > 128
        read.append((round(time, 3), int(bars @ (1 << np.arange(8)))))
    return read


@pytest.fixture(scope="module")
def dense(tmp_path_factory):
    """Eight seconds of 25 frames with a keyframe after every twelve, as clips and renditions have them."""
    path = tmp_path_factory.mktemp("dense") / "dense.mp4"
    return VideoFile(make_numbered_video(path, frames=200, rate="25", options=(*ENCODING, "-bf", "2", "-g", "12")))


def test_every_frame_may_be_taken(dense):
    assert numbers(sample_frames(dense, 2.0))[:3] == [(0.0, 0), (0.5, 12), (1.0, 25)]


@pytest.mark.parametrize("offset", [0.0, 0.25])
@pytest.mark.parametrize("rate", [2.0, 0.5])
def test_keyframes_stand_at_their_times_and_no_farther_apart_than_asked(dense, rate, offset):
    read = numbers(sample_frames(dense, rate, offset=offset, keyframes=True))
    assert all(number % 12 == 0 and time == pytest.approx(number / 25, abs=0.002) for time, number in read)
    times = [time for time, _ in read]
    assert times[0] == (0.0 if offset == 0 else 0.48)
    assert max(np.diff([*times, 8.0])) <= 1.05 / rate
    assert len(read) <= 8 * rate * 1.1 + 1


def test_only_keyframes_are_decoded(dense, monkeypatch):
    given = []
    opened = frames.open_media
    monkeypatch.setattr(
        frames, "open_media", lambda *path, **options: given.append(options) or opened(*path, **options)
    )
    list(sample_frames(dense, 2.0, keyframes=True))
    assert [options["skip_frame"] for options in given] == ["nokey"]


def test_a_long_video_is_taken_in_pieces_without_a_gap(dense, monkeypatch):
    whole = numbers(sample_frames(dense, 2.0, keyframes=True))
    monkeypatch.setattr(frames, "PICTURES_AT_ONCE", 3)
    assert numbers(sample_frames(dense, 2.0, keyframes=True)) == whole


@pytest.mark.parametrize("name", ["rare.mp4", "other.avi"])
def test_a_video_whose_keyframes_are_rare_or_unknown_is_decoded_whole(tmp_path, name):
    encoding = (*ENCODING, "-g", "60", "-bf", "0")
    video = VideoFile(make_numbered_video(tmp_path / name, frames=60, rate="25", options=encoding))
    assert numbers(sample_frames(video, 2.0, keyframes=True)) == numbers(sample_frames(video, 2.0))


def test_a_video_whose_decoder_finds_other_keyframes_is_decoded_whole_from_there(dense, monkeypatch):
    monkeypatch.setattr(frames, "PICTURES_AT_ONCE", 4)
    exact, asked = frames._at, []

    def short_of_one(video, stream, moments):
        asked.append(moments)
        return exact(video, stream, moments)[: 3 if len(asked) == 2 else 4]

    monkeypatch.setattr(frames, "_at", short_of_one)
    read = numbers(sample_frames(dense, 2.0, keyframes=True))
    assert [number for _, number in read][:4] == [0, 12, 24, 36]
    assert len(asked) == 2
    assert [number for _, number in read][4:7] == [48, 60, 73]
    assert read[-1][0] >= dense.found.duration - 0.5
