"""The perceptual fingerprint of a video: what it looks like, whatever its size, quality or brightness."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.fft import dctn

from datasets.media.command import MediaError, open_media, run_ffmpeg

SIDE = 32  # pixels that a frame is shrunk to
KEPT = 8  # lowest frequencies kept, in each direction
TIMES = (1 / 6, 1 / 2, 5 / 6)  # of the video's length


def fingerprint(video: Path) -> str:
    """48 hex digits: 64 bits for each of three frames. Raises MediaError when nothing can be decoded."""
    picture = open_media(video)["V:0"].filter("scale", SIDE, SIDE, flags="area").filter("format", "gray")
    raw = run_ffmpeg(picture.output("pipe:", format="rawvideo"), reading=video)
    frames = np.frombuffer(raw, np.uint8).reshape(-1, SIDE, SIDE)
    if not len(frames):
        raise MediaError(f"{video.name} has no frame to compare.")
    return "".join(frame_bits(frames[int(time * len(frames))]).hex() for time in TIMES)


def frame_bits(frame: npt.NDArray[np.uint8]) -> bytes:
    """Eight bytes: which of the lowest frequencies are stronger than their median (a DCT hash).

    The mean brightness, which is the first of them, says nothing about the picture and is left out of the median.
    """
    lowest = dctn(frame.astype(np.float64), norm="ortho")[:KEPT, :KEPT].ravel()
    lowest[0] = 0
    return np.packbits(lowest > np.median(lowest[1:])).tobytes()
