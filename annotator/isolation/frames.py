"""Pictures sampled from a video at a low rate and a reduced size, for reading text and finding faces."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from datasets.media.command import MediaError, open_media, run_ffmpeg
from datasets.media.probe import Probe, probe

Picture = NDArray[np.uint8]

LONGEST_SIDE = 736
SECONDS_AT_ONCE = 20.0


def sample_frames(
    video: Path, rate: float, *, offset: float = 0.0, found: Probe | None = None
) -> Iterator[tuple[float, Picture]]:
    """Times and BGR pictures (height, width, 3), every 1/rate seconds from `offset` on, no side over 736 pixels.

    `found` is what the video holds, where that is known.
    """
    found = found or probe(video)
    if found.video is None:
        raise MediaError(f"{video.name} has no picture.")
    width, height = reduced_size(found.video.shown_size)
    end = found.video.duration or found.duration
    start = min(offset, end / 2)
    while start < end:
        # In pieces, so that an hour of video does not have to fit into memory.
        length = min(SECONDS_AT_ONCE, end - start)
        pictures = (
            open_media(video, ss=f"{start:.6f}", t=f"{length:.6f}")["V:0"]
            .filter("fps", fps=rate, start_time=0, round="up")
            .filter("scale", width, height)
            .output("pipe:", format="rawvideo", vcodec="rawvideo", pix_fmt="bgr24")
        )
        piece = np.frombuffer(run_ffmpeg(pictures, reading=video), dtype=np.uint8).reshape(-1, height, width, 3)
        yield from ((start + i / rate, picture) for i, picture in enumerate(piece))
        start += SECONDS_AT_ONCE


def reduced_size(size: tuple[int, int]) -> tuple[int, int]:
    """Width and height scaled down, never up, to at most 736 pixels."""
    scale = min(1.0, LONGEST_SIDE / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
