"""Pictures sampled from a video at a low rate and a reduced size, for reading text and finding faces."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.isolation.packets import SAME_TIME
from annotator.isolation.video_file import VideoFile
from datasets.media.command import MediaError, open_media, run_ffmpeg
from datasets.media.probe import VideoStream

Picture = NDArray[np.uint8]
Sampled = tuple[float, Picture]  # with its time in seconds

LONGEST_SIDE = 736
SECONDS_AT_ONCE = 20.0
PICTURES_AT_ONCE = 40
# 30000/1001 frames a second make half a second of frames a little longer than half a second.
ROUNDED = 1.05
ROUNDING = 1e-6


def sample_frames(video: VideoFile, rate: float, *, offset: float = 0.0, keyframes: bool = False) -> Iterator[Sampled]:
    """Times and BGR pictures (height, width, 3), every 1/rate seconds from `offset` on, no side over 736 pixels.

    With `keyframes` those are taken where they stand densely enough, from the first one after the offset and at most
    1/rate seconds apart: only they are decoded.
    """
    stream = video.found.video
    if stream is None:
        raise MediaError(f"{video.path.name} has no picture.")
    end = stream.duration or video.found.duration
    start = min(offset, end / 2)
    for moments in keyframe_moments(video, rate, start) if keyframes else ():
        pictures = _at(video.path, stream, moments)
        if len(pictures) != len(moments):  # a decoder may take other frames for whole ones than the file does
            start = moments[0]
            break
        yield from zip(moments, pictures, strict=True)
        start = end
    while start < end:
        # In pieces, so that an hour of video does not have to fit into memory.
        length = min(SECONDS_AT_ONCE, end - start)
        opened = open_media(video.path, threads=1, ss=f"{start:.6f}", t=f"{length:.6f}")["V:0"]
        piece = _decoded(video.path, stream, opened.filter("fps", fps=rate, start_time=0, round="up"))
        # The last frames of a piece are rounded up to the first picture of the next one.
        within = piece[: math.ceil(length * rate - ROUNDING)]
        yield from ((start + i / rate, picture) for i, picture in enumerate(within))
        start += SECONDS_AT_ONCE


def keyframe_moments(video: VideoFile, rate: float, start: float) -> list[list[float]]:
    """Times of keyframes from `start` on, at most 1/rate seconds apart, in pieces; none where they stand too rarely."""
    if not {"mp4", "matroska"} & set(video.found.container.split(",")):
        return []
    packets, farthest = video.packets, ROUNDED / rate
    if not packets.all_shown or packets.longest_gap > farthest:
        return []
    chosen: list[float] = []
    following = [time for time in packets.keyframes if time >= start] or packets.keyframes[-1:]
    for time, later in pairwise([*following, max(packets.times)]):
        if not chosen or later - chosen[-1] > farthest:
            chosen.append(time)
    return [chosen[i : i + PICTURES_AT_ONCE] for i in range(0, len(chosen), PICTURES_AT_ONCE)]


def reduced_size(size: tuple[int, int]) -> tuple[int, int]:
    """Width and height scaled down, never up, to at most 736 pixels."""
    scale = min(1.0, LONGEST_SIDE / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _at(video: Path, stream: VideoStream, moments: Sequence[float]) -> NDArray[np.uint8]:
    """The keyframes that are shown at these moments, nothing else being decoded."""
    begin = max(0.0, moments[0] - SAME_TIME)
    length = moments[-1] - begin + 2 * SAME_TIME
    opened = open_media(video, skip_frame="nokey", threads=1, ss=f"{begin:.6f}", t=f"{length:.6f}")["V:0"]
    wanted = "+".join(f"lt(abs(t-{moment - begin:.6f}),{SAME_TIME})" for moment in moments)
    # Numbered anew, so that none is repeated or left out for the sake of a constant rate.
    return _decoded(video, stream, opened.filter("select", wanted).filter("setpts", "N/(25*TB)"), r=25)


def _decoded(video: Path, stream: VideoStream, picture: Any, **options: Any) -> NDArray[np.uint8]:
    """Pictures of an ffmpeg-python node, reduced, (pictures, height, width, 3)."""
    width, height = reduced_size(stream.shown_size)
    output = picture.filter("scale", width, height).output(
        "pipe:", format="rawvideo", vcodec="rawvideo", pix_fmt="bgr24", **options
    )
    return np.frombuffer(run_ffmpeg(output, reading=video), dtype=np.uint8).reshape(-1, height, width, 3)
