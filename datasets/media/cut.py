"""Cut a clip out of a source to the exact frame, and take its thumbnail."""

import math
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg

from datasets.media.command import MediaError, open_media, run_ffmpeg
from datasets.media.encoding import AAC, ANONYMOUS, H264, written_whole
from datasets.media.probe import AudioStream, VideoStream, probe

HIGHEST_FRAME_RATE = 60
# Matroska rounds frame times to milliseconds, so a seek to a frame's exact time may miss it by that much.
EARLY = 0.001
THUMBNAIL_WIDTH = 320


@dataclass(frozen=True)
class Stretch:
    """The frames of a source whose times lie in [start, end), on the source's own grid of frames."""

    start: float
    frames: int
    frame_rate: Fraction

    @property
    def duration(self) -> float:
        """Seconds that the frames are shown."""
        return float(self.frames / self.frame_rate)


def cut_clip(source: Path, destination: Path, start: float, end: float) -> Stretch:
    """Write the stretch [start, end) seconds of a source as H.264 and AAC in MP4, whole or not at all.

    Re-encoded with the seek before the input: a copied stretch carries other frames behind its edit list.
    A variable frame rate becomes constant at the source's average rate, since features and labels are laid on a
    grid of frames. Sound that starts later than the stretch, or ends before it, is filled up with silence.
    """
    found = probe(source)
    if found.video is None:
        raise MediaError(f"{source.name} has no picture: give a video file.")
    if found.audio is None:
        raise MediaError(f"{source.name} has no sound: give a video file with an audio stream.")
    stretch = stretch_of(found.video, start, end)
    if stretch.frames < 1:
        raise MediaError(f"No frame of {source.name} lies between {start:.3f} s and {end:.3f} s: lengthen the clip.")
    with written_whole(destination) as partial:
        run_ffmpeg(_cut(source, partial, stretch, found.audio), reading=source)
        _require_whole(partial, source, stretch)
    return stretch


def stretch_of(video: VideoStream, start: float, end: float) -> Stretch:
    """Snap [start, end) to the frames that it holds; the result differs by less than one frame at either end."""
    rate = min(video.frame_rate, Fraction(HIGHEST_FRAME_RATE))
    first = max(0, math.ceil((start - video.start) * rate - EARLY * rate))
    behind = math.ceil((end - video.start) * rate - EARLY * rate)
    return Stretch(start=video.start + float(first / rate), frames=behind - first, frame_rate=rate)


def make_thumbnail(clip: Path, destination: Path) -> None:
    """Write the clip's middle frame as a JPEG 320 pixels wide, without metadata."""
    found = probe(clip)
    if found.video is None:
        raise MediaError(f"{clip.name} has no picture to take a thumbnail from.")
    picture = open_media(clip, ss=f"{found.duration / 2:.3f}")["V:0"].filter("scale", THUMBNAIL_WIDTH, -2)
    options = {"frames:v": 1, "q:v": 4, "map_metadata": -1, "fflags": "+bitexact", "flags:v": "+bitexact"}
    with written_whole(destination) as partial:
        run_ffmpeg(picture.output(str(partial), format="image2", update=1, vcodec="mjpeg", **options), reading=clip)
        if not partial.exists():
            raise MediaError(f"{clip.name} gives no picture at its middle: the file is damaged.")


def _cut(source: Path, destination: Path, stretch: Stretch, audio: AudioStream) -> Any:  # Any: an ffmpeg-python node
    opened = open_media(source, ss=f"{max(0.0, stretch.start - EARLY):.6f}")
    picture = (
        opened["V:0"]
        .filter("fps", fps=str(stretch.frame_rate), start_time=0)
        .filter("crop", "trunc(iw/2)*2", "trunc(ih/2)*2")  # 4:2:0 pictures have even sides
    )
    sound = (
        opened["a:0"]
        .filter("aresample", min(audio.rate, 48000), **{"async": 1, "first_pts": 0})
        .filter("apad", whole_dur=f"{stretch.duration:.6f}")
        .filter("atrim", end=f"{stretch.duration:.6f}")
    )
    return ffmpeg.output(
        picture,
        sound,
        str(destination),
        format="mp4",
        crf=17,
        audio_bitrate="192k",
        ac=min(audio.channels, 2),
        # Short enough to scrub, so that a rendition can take the picture as it is.
        g=max(1, round(stretch.frame_rate / 2)),
        **{"frames:v": stretch.frames},
        **ANONYMOUS,
        **H264,
        **AAC,
    )


def _require_whole(clip: Path, source: Path, stretch: Stretch) -> None:
    """A source that is damaged, or shorter than it says, gives fewer frames than were asked for."""
    try:
        made = probe(clip).video
    except MediaError:  # not one frame was left to write, so there is no stream
        made = None
    frames = made.frames or 0 if made else 0
    if abs(frames - stretch.frames) > 1:
        raise MediaError(
            f"{source.name} gives {frames} of the {stretch.frames} frames from {stretch.start:.3f} s on: "
            "it is damaged or ends earlier than it says."
        )
