"""Make the files of a clip: the clip itself, cut or taken as it is, and its thumbnail."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import ffmpeg
from django.core.files.storage import default_storage

from datasets.ingest.rows import BadRow, ClipRow
from datasets.ingest.sources import InspectedVideo
from datasets.media import storage
from datasets.media.command import MediaError, open_media, run_ffmpeg
from datasets.media.cut import cut_clip, make_thumbnail
from datasets.media.probe import probe


@dataclass(frozen=True)
class StoredClip:
    """A clip's finished files by storage key, and what its video holds (width and height as shown)."""

    file: str
    thumbnail: str
    sha256: str
    seconds: float
    width: int
    height: int
    frame_rate: float

    def discard(self) -> None:
        """Delete the files of a clip that gets no row."""
        default_storage.delete(self.file)
        default_storage.delete(self.thumbnail)


def make_clip(row: ClipRow, video: InspectedVideo) -> StoredClip:
    """Cut or take the row's clip and store it, complete; raises BadRow when the video proves damaged."""
    with storage.workspace() as folder:
        clip, thumbnail = folder / "clip.mp4", folder / "clip.jpg"
        try:
            if row.start is None or row.end is None:
                take_clip(video, clip)
            else:
                cut_clip(video.path, clip, row.start, row.end)
            if row.sha256 and storage.sha256_of(clip) != row.sha256:
                raise BadRow("wrong_digest", "the video is not the one whose SHA-256 the manifest names")
            make_thumbnail(clip, thumbnail)
            return keep_clip(clip, thumbnail)
        except MediaError as error:
            raise BadRow("damaged_video", error.message) from error


def take_clip(video: InspectedVideo, destination: Path) -> None:
    """Write a video that is a clip already: H.264 in MP4 as it is, anything else encoded anew."""
    if not (video.is_mp4 and video.picture.codec == "h264"):
        cut_clip(video.path, destination, 0.0, video.end)
        return
    require_undamaged(video.path)
    shutil.copyfile(video.path, destination)


def require_undamaged(path: Path) -> None:
    """Decode the whole file; raises MediaError at the first fault, where a plain decoder would carry on."""
    nowhere = ffmpeg.output(open_media(path), "-", format="null").global_args("-xerror")
    run_ffmpeg(nowhere, reading=path)


def keep_clip(clip: Path, thumbnail: Path) -> StoredClip:
    """Move finished files into storage; raises MediaError when the clip cannot be read back."""
    found = probe(clip)
    if found.video is None:
        raise MediaError(f"{clip.name} has no picture after it was made: the video is damaged.")
    # A new key every time: a worker that lost its job must not touch the files of the one that took over.
    key = uuid4()
    width, height = found.video.shown_size
    return StoredClip(
        sha256=storage.sha256_of(clip),
        seconds=found.video.duration or found.duration,
        width=width,
        height=height,
        frame_rate=float(found.video.frame_rate),
        file=storage.keep(clip, f"clips/{key}.mp4"),
        thumbnail=storage.keep(thumbnail, f"thumbnails/{key}.jpg"),
    )
