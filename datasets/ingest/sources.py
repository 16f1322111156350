"""Find a video in the imported folder and look into it before anything is made from it."""

import os
from dataclasses import dataclass
from pathlib import Path

from datasets.ingest.rows import BadRow, ClipRow
from datasets.media.command import MediaError
from datasets.media.cut import stretch_of
from datasets.media.probe import Probe, VideoStream, probe
from datasets.media.storage import sha256_of

# How files of the usual containers begin: one that begins so and cannot be read is damaged, any other is no video.
SIGNATURES = ((4, b"ftyp"), (4, b"moov"), (4, b"mdat"), (0, b"\x1aE\xdf\xa3"), (0, b"RIFF"), (0, b"FLV"))


@dataclass(frozen=True)
class InspectedVideo:
    """A readable video with picture and sound; `end` is the second after the first at which its picture ends."""

    path: Path
    sha256: str
    picture: VideoStream
    end: float
    is_mp4: bool


def find_video(folder: Path, name: str) -> Path:
    """The file of this relative name; raises BadRow when it is missing or lies outside the folder, links followed."""
    path = folder / name
    try:
        is_inside, is_file = path.resolve().is_relative_to(folder.resolve()), path.is_file()
    except (OSError, RuntimeError) as error:  # a name too long for the file system, links in a circle
        raise BadRow("no_such_file", f"“{name}” cannot be a file", found=name) from error
    if not is_inside:
        raise BadRow("outside_folder", f"“{name}” leads out of the imported folder: copy the file into it", found=name)
    if not is_file:
        raise BadRow("no_such_file", f"there is no file “{name}” in the imported folder", found=name)
    if not os.access(path, os.R_OK):
        reason = f"“{name}” may not be read by the account that imports: change its permissions"
        raise BadRow("unreadable_file", reason, found=name)
    return path


def inspect_video(path: Path) -> InspectedVideo:
    """Probe and hash a file; raises BadRow when no clip can come from it."""
    found = _probe(path)
    if found.video is None:
        raise BadRow("not_a_video", f"{path.name} has no picture", found=path.name)
    if found.audio is None:
        raise BadRow("no_audio", f"{path.name} has no audio stream", found=path.name)
    end = found.video.start + found.video.duration if found.video.duration else found.duration
    return InspectedVideo(
        path=path,
        sha256=sha256_of(path),
        picture=found.video,
        end=end,
        is_mp4="mp4" in found.container.split(","),
    )


def require_stretch(row: ClipRow, video: InspectedVideo) -> None:
    """The row's stretch must lie within the video, give or take half a frame, and hold a frame; raises BadRow."""
    if row.start is None or row.end is None:
        return
    half_a_frame = float(1 / video.picture.frame_rate) / 2
    if row.end > video.end + half_a_frame:
        reason = f"the end ({row.end:.3f} s) is beyond the video's end ({video.end:.3f} s)"
        raise BadRow("beyond_end", reason, end=round(row.end, 3), video_end=round(video.end, 3))
    if stretch_of(video.picture, row.start, row.end).frames < 1:
        reason = f"no frame lies between {row.start:.3f} s and {row.end:.3f} s"
        raise BadRow("too_short", reason, start=round(row.start, 3), end=round(row.end, 3))


def _probe(path: Path) -> Probe:
    try:
        return probe(path)
    except MediaError as error:
        if _begins_like_a_video(path):
            reason = f"{path.name} is damaged: {error.message}"
            raise BadRow("damaged_video", reason, found=path.name) from error
        raise BadRow("not_a_video", f"{path.name} is not a video file", found=path.name) from error


def _begins_like_a_video(path: Path) -> bool:
    with path.open("rb") as file:
        beginning = file.read(12)
    return any(beginning[offset : offset + len(mark)] == mark for offset, mark in SIGNATURES)
