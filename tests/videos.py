"""Make tiny real videos for tests: a moving test picture and a tone."""

import subprocess
from pathlib import Path

from datasets.media.programs import ffmpeg

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "10")


def make_video(path: Path, *, seconds: float = 1.0, tone: int | None = 440, options: tuple[str, ...] = H264) -> Path:
    """Write 160x120 pixels at 25 frames a second; `tone` in Hz, None for no audio stream. Another tone, other bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    inputs = ["-f", "lavfi", "-i", f"testsrc2=size=160x120:rate=25:duration={seconds}"]
    if tone is not None:
        inputs += ["-f", "lavfi", "-i", f"sine=frequency={tone}:duration={seconds}"]
    subprocess.run([ffmpeg(), "-v", "error", "-y", *inputs, *options, path], check=True)
    return path


def damage(path: Path) -> Path:
    """Cut off the second half of a video, its index kept at the front, as a broken download leaves it."""
    whole = path.with_name("whole-" + path.name)
    path.rename(whole)
    subprocess.run(
        [ffmpeg(), "-v", "error", "-y", "-i", whole, "-c", "copy", "-movflags", "+faststart", path], check=True
    )
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    whole.unlink()
    return path
