"""Make tiny real videos for tests: a moving test picture and a tone."""

import subprocess
from fractions import Fraction
from pathlib import Path

import numpy as np

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


def make_numbered_video(path: Path, *, frames: int, rate: str, options: tuple[str, ...] = H264) -> Path:
    """Write frames that carry their number as eight bars, black or white, and sound that clicks with every tenth."""
    numbers = np.arange(frames)[:, None] >> np.arange(8) & 1
    pictures = np.repeat(np.repeat(numbers[:, None, :] * 219 + 16, 20, axis=2), 64, axis=1).astype(np.uint8)
    samples = np.zeros(int(48000 * frames / Fraction(rate)), dtype="<f4")
    for number in range(0, frames, 10):
        first = int(48000 * number / Fraction(rate))
        samples[first : first + 480] = 0.8 * np.sin(2 * np.pi * 1000 * np.arange(480) / 48000)
    sound = path.with_suffix(".f32")
    sound.write_bytes(samples.tobytes())
    picture = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", "160x64", "-r", rate, "-i", "pipe:"]
    heard = ["-f", "f32le", "-ar", "48000", "-ac", "1", "-i", sound]
    command = [ffmpeg(), "-v", "error", "-y", *picture, *heard, *options, path]
    subprocess.run(command, check=True, input=pictures.tobytes())
    return path


def read_numbers(path: Path) -> list[int]:
    """The numbers that the frames of a numbered video carry, in the order that they are shown."""
    command = [ffmpeg(), "-v", "error", "-i", path, "-map", "0:v", "-fps_mode", "passthrough"]
    raw = subprocess.run(
        [*command, "-f", "rawvideo", "-pix_fmt", "gray", "pipe:"], check=True, capture_output=True
    ).stdout
    bars = np.frombuffer(raw, np.uint8).reshape(-1, 64, 8, 20)[:, 20:44, :, 6:14].mean(axis=(1, 3)) > 128
    return [int(number) for number in bars @ (1 << np.arange(8))]


def click_times(path: Path) -> list[float]:
    """When the clicks of a numbered video are heard, in seconds."""
    command = [ffmpeg(), "-v", "error", "-i", path, "-map", "0:a", "-ac", "1", "-ar", "48000", "-f", "f32le", "pipe:"]
    samples = np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout, "<f4")
    loud = np.flatnonzero(np.abs(samples) > 0.3)
    begins = loud[np.flatnonzero(np.diff(loud, prepend=-48000) > 4800)]
    return [float(begin) / 48000 for begin in begins]
