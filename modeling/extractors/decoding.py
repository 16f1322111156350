"""Sound and pictures of a clip as arrays, decoded by ffmpeg."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import IO

import ffmpeg
import numpy as np
import numpy.typing as npt

from datasets.media.command import TIME_LIMIT, MediaError, open_media, run_ffmpeg
from datasets.media.probe import probe
from datasets.media.programs import ffmpeg as ffmpeg_program

Picture = npt.NDArray[np.uint8]


def decode_sound(media: Path, *, rate: int) -> npt.NDArray[np.float32]:
    """All sound of a clip (samples,), mixed to one channel within -1 … 1; MediaError when it has none."""
    if probe(media).audio is None:
        raise MediaError(f"{media.name} has no sound.")
    output = ffmpeg.output(open_media(media)["a:0"], "pipe:", format="f32le", acodec="pcm_f32le", ac=1, ar=rate)
    return np.frombuffer(run_ffmpeg(output, reading=media), np.float32)


def decode_pictures(media: Path, *, rate: int, longest_side: int) -> Iterator[Picture]:
    """Pictures (height, width, 3) in RGB, `rate` a second, reduced to at most `longest_side` pixels; one in memory."""
    width, height = picture_size(media, longest_side=longest_side)
    shown = open_media(media)["V:0"].filter("fps", fps=rate).filter("scale", width, height).filter("setsar", "1")
    output = ffmpeg.output(shown, "pipe:", format="rawvideo", vcodec="rawvideo", pix_fmt="rgb24")
    program, *arguments = ffmpeg.compile(output, cmd=str(ffmpeg_program()))
    command = [program, "-hide_banner", "-v", "error", "-nostdin", *arguments]
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=silent, stdout=subprocess.PIPE, stderr=silent) as child:  # noqa: S603
        stream: IO[bytes] = child.stdout  # type: ignore[assignment]  # a pipe, as asked for
        watchdog = Timer(TIME_LIMIT, child.kill)
        watchdog.start()
        try:
            while len(pixels := stream.read(width * height * 3)) == width * height * 3:
                yield np.frombuffer(pixels, np.uint8).reshape(height, width, 3)
            if child.wait() != 0:
                raise MediaError(f"{media.name} could not be decoded to its end.")
        finally:
            watchdog.cancel()
            child.kill()


def picture_size(media: Path, *, longest_side: int) -> tuple[int, int]:
    """Even width and height of the pictures that decode_pictures gives; MediaError when the clip has none."""
    video = probe(media).video
    if video is None:
        raise MediaError(f"{media.name} has no picture.")
    width, height = video.shown_size
    shrink = min(1.0, longest_side / max(width, height))
    return max(2, round(width * shrink / 2) * 2), max(2, round(height * shrink / 2) * 2)
