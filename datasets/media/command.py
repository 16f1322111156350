"""Run ffmpeg and ffprobe as children that can read only local media files, within a time limit."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ffmpeg

from config.errors import DomainError
from datasets.media import programs

# Playlists (hls, concat, dash) are left out on purpose: they make ffmpeg open other files.
FORMATS = "mov,matroska,avi,mpegts,mpeg,flv,asf,ogg,wav,flac,mp3,aac"
INPUT_LIMITS = {"protocol_whitelist": "file,pipe", "format_whitelist": FORMATS}
TIME_LIMIT = 1800.0


class MediaError(DomainError):
    """A media file cannot be read, or cannot be made into what was asked."""

    code = "media_error"


# ffmpeg-python has no type stubs: its nodes are Any throughout this package.
def open_media(path: Path, **options: Any) -> Any:
    """An ffmpeg-python input node for a local file; the file: prefix keeps its name from being read as a protocol."""
    return ffmpeg.input(f"file:{path}", **INPUT_LIMITS, **options)


def run_ffmpeg(output: Any, *, reading: Path, sent: bytes | None = None, time_limit: float = TIME_LIMIT) -> bytes:
    """Run an ffmpeg-python output node and return what it wrote to its standard output.

    `reading` is the file named in the error; `sent` feeds an input node that reads "pipe:".
    """
    command = ffmpeg.compile(output, cmd=str(programs.ffmpeg()), overwrite_output=True)
    quiet = ["-hide_banner", "-v", "error", *(["-nostdin"] if sent is None else [])]
    return run_program([command[0], *quiet, *command[1:]], reading=reading, sent=sent, time_limit=time_limit)


def run_program(
    command: Sequence[str], *, reading: Path, sent: bytes | None = None, time_limit: float = TIME_LIMIT
) -> bytes:
    """Run a child without a shell; a failure is a MediaError that ends with the program's last line."""
    stdin = subprocess.DEVNULL if sent is None else None
    try:
        finished = subprocess.run(  # noqa: S603 - no shell, and the arguments are built here
            command, capture_output=True, check=False, timeout=time_limit, input=sent, stdin=stdin
        )
    except subprocess.TimeoutExpired as error:
        raise MediaError(f"{reading.name} took longer than {time_limit:.0f} s to process and was given up.") from error
    if finished.returncode < 0:
        # The static ffprobe that wheels bring dies so on every MPEG transport stream.
        raise MediaError(
            f"{Path(command[0]).name} crashed on {reading.name} (signal {-finished.returncode}): install the ffmpeg "
            "package of your system, or convert the file to MP4."
        )
    if finished.returncode != 0:
        raise MediaError(f"{reading.name} could not be processed: {_last_line(finished.stderr, reading)}")
    return bytes(finished.stdout)


def _last_line(log: bytes, reading: Path) -> str:
    """The program's last word, without the folder that the file lies in."""
    lines = [line.strip() for line in log.decode(errors="replace").splitlines() if line.strip()]
    last = lines[-1] if lines else "the program gave no reason"
    return last.replace(f"file:{reading}", reading.name).replace(str(reading), reading.name).rstrip(".") + "."
