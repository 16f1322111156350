"""One source video: its speech laid out in time, every frame drawn, and both encoded."""

import subprocess
import tempfile
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path

import cv2
import numpy as np
from imageio_ffmpeg import get_ffmpeg_exe
from numpy.typing import NDArray

from .backdrop import paint_backdrop
from .body import paint_body
from .features import paint_features
from .motion import Pose, Shown, animate
from .paint import Canvas
from .plan import PlannedClip
from .portrait import HEAD_ORIGIN, depth_of_head, paint_head
from .speakers import Film, speaker_of
from .subtitles import draw_subtitle
from .voice import FRAMES_PER_SECOND, RATE, Sound, energy_by_frame, speak

WIDTH, HEIGHT = 640, 360
CENTRE = (640.0, 336.0)  # between the eyes at rest, in the doubled picture
LEAD, TAIL, PAUSE = 0.14, 0.2, 0.32  # seconds in a clip before and after its words, and between two clips
SHORTEST, LONGEST = 2.0, 5.0
ROOM_NOISE = 0.0004


@dataclass(frozen=True)
class TimedClip:
    """A planned clip at its place in the film, in frames."""

    clip: PlannedClip
    first_frame: int
    end_frame: int


def make_film(film: Film, clips: Sequence[PlannedClip], path: Path, seed: int) -> list[TimedClip]:
    """Speak, draw and encode one film; returns where its clips lie."""
    chance = np.random.default_rng([seed, int(film.video_id[-4:])])
    sound, timed = lay_out_speech(film, clips, chance)
    frames = len(sound) * FRAMES_PER_SECOND // RATE
    encode(draw_frames(film, timed, sound, frames, chance), sound, path)
    return timed


def lay_out_speech(
    film: Film, clips: Sequence[PlannedClip], chance: np.random.Generator
) -> tuple[Sound, list[TimedClip]]:
    """The film's sound, and its clips with pauses between them so that none is cut through a word."""
    voice = speaker_of(film).voice
    parts, timed, now = [], [], 10
    for clip in clips:
        words = speak(
            clip.transcript, voice, clip.audio, shortest=SHORTEST - LEAD - 0.1, longest=LONGEST - LEAD - TAIL - 0.1
        )
        onset = now / FRAMES_PER_SECOND + LEAD
        length = max(ceil((LEAD + words.seconds + TAIL) * FRAMES_PER_SECOND), int(SHORTEST * FRAMES_PER_SECOND))
        parts.append((onset, words.sound))
        timed.append(TimedClip(clip, now, now + length))
        now += length + ceil(PAUSE * FRAMES_PER_SECOND)
    sound = (chance.standard_normal((now + 5) * RATE // FRAMES_PER_SECOND) * ROOM_NOISE).astype(np.float32)
    for onset, words_sound in parts:
        start = floor(onset * RATE)
        sound[start : start + len(words_sound)] += words_sound
    return sound, timed


def draw_frames(
    film: Film, timed: Sequence[TimedClip], sound: Sound, frames: int, chance: np.random.Generator
) -> Iterator[NDArray[np.uint8]]:
    """RGB frames (360, 640, 3) from first to last."""
    look = speaker_of(film).look
    backdrop = paint_backdrop(film.scenario, 2 * WIDTH, 2 * HEIGHT, chance)
    head, body = paint_head(look), paint_body(look, 2 * WIDTH, 2 * HEIGHT, CENTRE)
    depth = depth_of_head()
    shown = [Shown(clip.first_frame, clip.end_frame, clip.clip.vision) for clip in timed]
    lines = subtitle_frames(film, timed)
    for number, (expression, pose) in enumerate(animate(shown, energy_by_frame(sound, frames), chance)):
        picture = backdrop.copy()
        move = np.array([[1, 0, pose.shift[0] * 0.35], [0, 1, abs(pose.shift[1]) * 0.3]], np.float32)
        swayed = cv2.warpAffine(body.pixels, move, (2 * WIDTH, 2 * HEIGHT), borderMode=cv2.BORDER_REPLICATE)
        overlay(picture, swayed.astype(np.uint8))
        overlay(picture, place_head(paint_features(head, look, expression), pose, depth))
        small = cv2.resize(picture, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA).astype(np.uint8)
        if number in lines:
            overlay_straight(small, lines[number])
        yield small


def place_head(head: Canvas, pose: Pose, depth: tuple[NDArray[np.float32], NDArray[np.float32]]) -> NDArray[np.uint8]:
    """The head turned by shifting its pixels by their depth, then tilted around the neck and put into the picture."""
    height, width = head.pixels.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    bulge, jaw = depth
    turned = cv2.remap(head.pixels, x - pose.yaw * bulge, y - pose.pitch * bulge - pose.jaw * jaw, cv2.INTER_LINEAR)
    neck = (HEAD_ORIGIN[0], HEAD_ORIGIN[1] + 250)
    tilt = cv2.getRotationMatrix2D(neck, pose.tilt, 1.0)
    tilt[:, 2] += np.array(CENTRE) - np.array(HEAD_ORIGIN) + np.array(pose.shift)
    return cv2.warpAffine(turned, tilt, (2 * WIDTH, 2 * HEIGHT)).astype(np.uint8)


def overlay(picture: NDArray[np.uint8], layer: NDArray[np.uint8]) -> None:
    """Put a premultiplied RGBA layer of the same size over the picture, in place."""
    rest = cv2.cvtColor(255 - layer[..., 3], cv2.COLOR_GRAY2RGB)
    picture[:] = cv2.add(cv2.multiply(picture, rest, scale=1 / 255), layer[..., :3])


def overlay_straight(picture: NDArray[np.uint8], layer: NDArray[np.uint8]) -> None:
    """Put an RGBA layer with straight alpha over the picture, in place."""
    cover = layer[..., 3:].astype(np.float32) / 255
    picture[:] = (picture * (1 - cover) + layer[..., :3] * cover + 0.5).astype(np.uint8)


def subtitle_frames(film: Film, timed: Sequence[TimedClip]) -> dict[int, NDArray[np.uint8]]:
    """The subtitle picture of each frame that has one."""
    if film.subtitles is None:
        return {}
    pictures = {clip.first_frame: draw_subtitle(clip.clip.transcript, film.subtitles, WIDTH, HEIGHT) for clip in timed}
    return {frame: pictures[clip.first_frame] for clip in timed for frame in range(clip.first_frame, clip.end_frame)}


def encode(frames: Iterator[NDArray[np.uint8]], sound: Sound, path: Path) -> None:
    """H.264 and AAC in a fast-start MP4 without metadata."""
    with tempfile.TemporaryDirectory() as folder:
        track = Path(folder) / "sound.wav"
        write_wave(track, sound)
        command = [
            get_ffmpeg_exe(), "-y", "-loglevel", "error",
            "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FRAMES_PER_SECOND), "-i", "-",
            "-i", str(track), "-map", "0:v", "-map", "1:a", "-map_metadata", "-1", "-fflags", "+bitexact",
            "-c:v", "libx264", "-preset", "slow", "-tune", "animation", "-crf", "26", "-threads", "1", "-g", "125",
            "-pix_fmt", "yuv420p", "-flags:v", "+bitexact",
            "-c:a", "aac", "-b:a", "44k", "-ac", "1", "-flags:a", "+bitexact", "-movflags", "+faststart", str(path),
        ]  # fmt: skip
        with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
            assert encoder.stdin is not None
            for frame in frames:
                encoder.stdin.write(frame.tobytes())
            encoder.stdin.close()
            if encoder.wait() != 0:
                raise RuntimeError(f"ffmpeg could not encode {path.name}: its message is above.")


def write_wave(path: Path, sound: Sound) -> None:
    """16-bit mono."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype(np.int16).tobytes())
