"""Settings shared by every file that the product encodes: nothing in it but picture and sound."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# No tags, chapters, subtitles or data pass from file to file, and no signature or date of the encoder is added.
ANONYMOUS: dict[str, Any] = {
    "map_metadata": -1,
    "map_chapters": -1,
    "sn": None,
    "dn": None,
    "fflags": "+bitexact",
    "movflags": "+faststart",
    "empty_hdlr_name": 1,
}
# x264's result depends on its number of threads, so that number is fixed: a file made again is the same on any machine.
# Captions travel inside the picture: a53cc keeps x264 from writing them, the filter drops what else (type 6 is SEI).
H264: dict[str, Any] = {
    "vcodec": "libx264",
    "pix_fmt": "yuv420p",
    "preset": "veryfast",
    "threads:v": 2,
    "a53cc": 0,
    "flags:v": "+bitexact",
    "bsf:v": "filter_units=remove_types=6",
}
# A picture that goes from file to file as it is, without what travels inside it.
H264_COPY: dict[str, Any] = {"vcodec": "copy", "bsf:v": H264["bsf:v"]}
AAC: dict[str, Any] = {"acodec": "aac", "flags:a": "+bitexact"}


@contextmanager
def written_whole(destination: Path) -> Iterator[Path]:
    """A name beside the destination to write to, moved there when the block ends well and deleted when it does not."""
    partial = destination.with_name(f".{destination.name}.{os.getpid()}.partial")
    try:
        yield partial
        partial.replace(destination)
    finally:
        partial.unlink(missing_ok=True)
