"""The two video renditions: the silent one with its text masked, and the one with sound; both fit for any browser.

One run of ffmpeg decodes the clip once and writes both, and gives the voice that the noised audio is made from.
"""

from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg

from annotator.isolation.clip_file import ClipFile
from annotator.isolation.masks import Mask, mask_picture
from annotator.isolation.sound import Signal, samples_of, voice_output
from datasets.media.command import MediaError, open_media, run_ffmpeg
from datasets.media.encoding import AAC, ANONYMOUS, H264, H264_COPY
from datasets.media.probe import VideoStream

QUALITY = 21
SECONDS_BETWEEN_KEYFRAMES = Fraction(1, 2)
WHOLE_PICTURE = Mask(())


def write_files(
    clip: ClipFile,
    *,
    silent: Path | None = None,
    mask: Mask = WHOLE_PICTURE,
    web: Path | None = None,
    voice_rate: int | None = None,
) -> Signal | None:
    """Write the silent video, masked, and the video with sound, as wanted; returns the voice at `voice_rate` Hz.

    Raises MediaError when a stream is missing or cannot be decoded.
    """
    # A picture encoded without a mask is the same with sound and without: it is encoded once and then taken over, even
    # where only the silent video is wanted, so that this one is the same file whatever else is made.
    if silent and not mask.boxes and not clip.may_be_copied:
        whole = web or silent.with_name(f"{silent.name}.whole")
        voice = _write(clip, None if web else whole, WHOLE_PICTURE, web, voice_rate)
        run_ffmpeg(_silent_output(open_media(whole)["V:0"], silent, {"format": "mp4", **H264_COPY}), reading=whole)
        if not web:
            whole.unlink()
        return voice
    return _write(clip, silent, mask, web, voice_rate)


def web_size(video: VideoStream, most_height: int) -> tuple[int, int]:
    """Even width and height in square pixels, the shorter side at most `most_height`, never enlarged."""
    width, height = video.shown_size
    scale = min(1.0, most_height / min(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _write(clip: ClipFile, silent: Path | None, mask: Mask, web: Path | None, voice_rate: int | None) -> Signal | None:
    """Write what is wanted in one run of ffmpeg."""
    pictures = _pictures(clip, mask if silent else None, bool(web))
    outputs = []
    if silent:
        outputs.append(_silent_output(pictures[0][0], silent, pictures[0][1]))
    if web:
        picture, options = pictures[-1]
        options = options | {"audio_bitrate": "128k", "ac": 2, "ar": 48000}
        outputs.append(ffmpeg.output(picture, _sound(clip), str(web), **options, **ANONYMOUS, **AAC))
    if voice_rate:
        outputs.append(voice_output(_sound(clip), voice_rate))
    raw = run_ffmpeg(ffmpeg.merge_outputs(*outputs), reading=clip.path)
    return samples_of(raw) if voice_rate else None


def _sound(clip: ClipFile) -> Any:
    if clip.found.audio is None:
        raise MediaError(f"{clip.path.name} has no sound: this stage cannot be labeled without.")
    return open_media(clip.path)["a:0"]


def _silent_output(picture: Any, destination: Path, options: dict[str, Any]) -> Any:
    return ffmpeg.output(picture, str(destination), an=None, **options, **ANONYMOUS)


def _pictures(clip: ClipFile, mask: Mask | None, whole: bool) -> list[tuple[Any, dict[str, Any]]]:
    """The clip's first moving picture, masked where there is a mask, then whole where wanted, each with its options.

    Copied as it is where nothing is masked and it may be; else reduced, once for both.
    """
    video, parameters = clip.found.video, clip.parameters
    masks = [*([mask] if mask else []), *([WHOLE_PICTURE] if whole else [])]
    if masks and video is None:
        raise MediaError(f"{clip.path.name} has no picture.")
    if not masks or video is None:
        return []
    size = web_size(video, parameters.most_height)
    copied = open_media(clip.path)["V:0"], {"format": "mp4", **H264_COPY}
    encoded = [each for each in masks if each.boxes or not clip.may_be_copied]
    reduced = open_media(clip.path)["V:0"].filter("scale", *size, flags="bicubic+accurate_rnd+bitexact")
    reduced = reduced.filter("setsar", 1).filter("format", "yuv420p")
    parts = reduced.filter_multi_output("split") if len(encoded) > 1 else {0: reduced}
    keyframes = max(1, round(video.frame_rate * SECONDS_BETWEEN_KEYFRAMES))
    encoding = {"format": "mp4", "crf": QUALITY, "g": keyframes, **H264}
    masked = {
        each.boxes: (mask_picture(parts[number], each, size, parameters.mask_method), encoding)
        for number, each in enumerate(encoded)
    }
    return [masked.get(each.boxes, copied) for each in masks]
