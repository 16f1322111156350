"""What a media file holds, as ffprobe reads it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from datasets.media import programs
from datasets.media.command import INPUT_LIMITS, MediaError, run_program

PROBE_SECONDS = 60.0
# Two rates that differ by less than this share are one constant rate, rounded differently.
SAME_RATE = 0.005


@dataclass(frozen=True)
class VideoStream:
    """The first moving picture; width and height in pixels as stored, before `rotation` degrees.

    `has_constant_rate` is what the container tells: Matroska often states the encoder's rate for a varying one.
    """

    codec: str
    width: int
    height: int
    pixel_aspect: Fraction
    rotation: int
    frame_rate: Fraction
    has_constant_rate: bool
    frames: int | None
    start: float
    duration: float | None

    @property
    def shown_size(self) -> tuple[int, int]:
        """Width and height in square pixels as a player shows them."""
        width, height = round(self.width * self.pixel_aspect), self.height
        return (height, width) if self.rotation % 180 else (width, height)


@dataclass(frozen=True)
class AudioStream:
    """The first sound; `start` in seconds after the container's start, rate in Hz."""

    codec: str
    rate: int
    channels: int
    start: float
    duration: float | None


@dataclass(frozen=True)
class Probe:
    """A file's streams and everything in it that is neither picture nor sound.

    `extra_streams` names every further stream (subtitle, data, cover art, second audio) as kind:codec;
    `tags` are (owner, name, value), the owner being "container" or the stream's kind.
    """

    container: str
    duration: float
    video: VideoStream | None
    audio: AudioStream | None
    extra_streams: tuple[str, ...]
    tags: tuple[tuple[str, str, str], ...]
    chapters: int


def probe(path: Path) -> Probe:
    """Read a file's streams; raises MediaError when it is missing, damaged or not a media file of a known kind."""
    if not path.is_file():
        raise MediaError(f"{path.name} does not exist: check the path.")
    found = _ask(path)
    container = found.get("format", {})
    streams = found.get("streams", [])
    video = next((stream for stream in streams if _is_moving_picture(stream)), None)
    audio = next((stream for stream in streams if stream.get("codec_type") == "audio"), None)
    if video is None and audio is None:
        raise MediaError(f"{path.name} holds neither picture nor sound: give a video file.")
    beginning = _seconds(container.get("start_time")) or 0.0
    return Probe(
        container=str(container.get("format_name", "")),
        duration=_seconds(container.get("duration")) or 0.0,
        video=_video_stream(video, beginning) if video else None,
        audio=_audio_stream(audio, beginning) if audio else None,
        extra_streams=tuple(_name(stream) for stream in streams if stream is not video and stream is not audio),
        tags=tuple(_tags("container", container)) + tuple(tag for s in streams for tag in _tags(_kind(s), s)),
        chapters=len(found.get("chapters", [])),
    )


def _ask(path: Path) -> dict[str, Any]:  # Any: JSON as ffprobe writes it
    limits = [word for name, value in INPUT_LIMITS.items() for word in (f"-{name}", value)]
    show = ["-show_format", "-show_streams", "-show_chapters", "-of", "json"]
    command = [str(programs.ffprobe()), "-v", "error", *limits, *show, "-i", f"file:{path}"]
    answer: dict[str, Any] = json.loads(run_program(command, reading=path, time_limit=PROBE_SECONDS))
    return answer


def _kind(stream: Mapping[str, Any]) -> str:
    return str(stream.get("codec_type", "unknown"))


def _name(stream: Mapping[str, Any]) -> str:
    kind = "picture" if stream.get("disposition", {}).get("attached_pic") else _kind(stream)
    return f"{kind}:{stream.get('codec_name', 'unknown')}"


def _is_moving_picture(stream: Mapping[str, Any]) -> bool:
    return _name(stream).startswith("video:") and stream.get("width", 0) > 0


def _tags(owner: str, holder: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    return [(owner, name, str(value)) for name, value in holder.get("tags", {}).items()]


def _video_stream(stream: Mapping[str, Any], beginning: float) -> VideoStream:
    average, declared = _ratio(stream.get("avg_frame_rate")), _ratio(stream.get("r_frame_rate"))
    frames = stream.get("nb_frames")
    return VideoStream(
        codec=str(stream.get("codec_name", "unknown")),
        width=int(stream["width"]),
        height=int(stream["height"]),
        pixel_aspect=_ratio(stream.get("sample_aspect_ratio", "1:1").replace(":", "/")) or Fraction(1),
        rotation=_rotation(stream),
        frame_rate=average or declared or Fraction(25),
        has_constant_rate=bool(average and declared and abs(average / declared - 1) < SAME_RATE),
        frames=int(frames) if frames else None,
        start=(_seconds(stream.get("start_time")) or beginning) - beginning,
        duration=_seconds(stream.get("duration")),
    )


def _audio_stream(stream: Mapping[str, Any], beginning: float) -> AudioStream:
    return AudioStream(
        codec=str(stream.get("codec_name", "unknown")),
        rate=int(stream.get("sample_rate") or 0),
        channels=int(stream.get("channels") or 0),
        start=(_seconds(stream.get("start_time")) or beginning) - beginning,
        duration=_seconds(stream.get("duration")),
    )


def _rotation(stream: Mapping[str, Any]) -> int:
    """Degrees clockwise, one of 0, 90, 180, 270."""
    turns = [side["rotation"] for side in stream.get("side_data_list", []) if "rotation" in side]
    return -round(turns[0]) % 360 if turns else 0


def _seconds(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def _ratio(text: str | None) -> Fraction | None:
    """A positive ratio written as "30000/1001"; ffprobe writes 0/0 or N/A for an unknown one."""
    try:
        ratio = Fraction(text or "")
    except (ValueError, ZeroDivisionError):
        return None
    return ratio if ratio > 0 else None
