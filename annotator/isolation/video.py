"""The two video renditions: the silent one with its text masked, and the one with sound; both fit for any browser."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg

from annotator.isolation.copying import may_copy_picture
from annotator.isolation.masks import Mask, mask_picture
from annotator.isolation.parameters import IsolationParameters
from datasets.media.command import MediaError, open_media, run_ffmpeg
from datasets.media.encoding import AAC, ANONYMOUS, H264, H264_COPY
from datasets.media.probe import VideoStream, probe

QUALITY = 21
SECONDS_BETWEEN_KEYFRAMES = Fraction(1, 2)


def write_silent_video(clip: Path, destination: Path, mask: Mask, parameters: IsolationParameters) -> None:
    """Write the clip's picture alone, masked: no stream of any other kind is in the file."""
    picture, options = _web_picture(clip, mask, parameters)
    run_ffmpeg(ffmpeg.output(picture, str(destination), an=None, **options, **ANONYMOUS), reading=clip)


def write_web_video(clip: Path, destination: Path, parameters: IsolationParameters) -> None:
    """Write the clip with its sound as H.264 and AAC that starts at once and can be scrubbed."""
    picture, options = _web_picture(clip, Mask(()), parameters)
    sound = open_media(clip)["a:0"]
    options |= {"audio_bitrate": "128k", "ac": 2, "ar": 48000}
    run_ffmpeg(ffmpeg.output(picture, sound, str(destination), **options, **ANONYMOUS, **AAC), reading=clip)


def web_size(video: VideoStream, most_height: int) -> tuple[int, int]:
    """Even width and height in square pixels, the shorter side at most `most_height`, never enlarged."""
    width, height = video.shown_size
    scale = min(1.0, most_height / min(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _web_picture(clip: Path, mask: Mask, parameters: IsolationParameters) -> tuple[Any, dict[str, Any]]:
    """The clip's first moving picture with the options of its encoding: reduced and masked, or copied as it is."""
    video = probe(clip).video
    if video is None:
        raise MediaError(f"{clip.name} has no picture.")
    if not mask.boxes and may_copy_picture(clip, parameters):
        return open_media(clip)["V:0"], {"format": "mp4", **H264_COPY}
    size = web_size(video, parameters.most_height)
    picture = open_media(clip)["V:0"].filter("scale", *size, flags="bicubic+accurate_rnd+bitexact")
    picture = mask_picture(picture.filter("setsar", 1).filter("format", "yuv420p"), mask, size, parameters.mask_method)
    keyframes = max(1, round(video.frame_rate * SECONDS_BETWEEN_KEYFRAMES))
    return picture, {"format": "mp4", "crf": QUALITY, "g": keyframes, **H264}
