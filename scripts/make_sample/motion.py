"""How a face moves through a film: expression and pose for every frame, from planted values and the voice's energy."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from .features import Expression
from .voice import FRAMES_PER_SECOND

Track = NDArray[np.float64]

SETTLE_FRAMES = 2.2  # how softly one clip's expression passes into the next


@dataclass(frozen=True)
class Pose:
    """Where the head is: turns in pixels of parallax, tilt in degrees, shift in pixels of the doubled picture."""

    yaw: float
    pitch: float
    tilt: float
    shift: tuple[float, float]
    jaw: float


@dataclass(frozen=True)
class Shown:
    """The stretch of frames over which a face shows one sentiment (-3..3)."""

    first_frame: int
    end_frame: int
    sentiment: int


def sentiment_track(shown: Sequence[Shown], frames: int) -> Track:
    """-1..1 for each frame; changes happen in the pauses between clips."""
    track = np.zeros(frames)
    bounds = [
        0,
        *((left.end_frame + right.first_frame) // 2 for left, right in itertools.pairwise(shown)),
        frames,
    ]
    for stretch, first, end in zip(shown, bounds, bounds[1:], strict=False):
        track[first:end] = stretch.sentiment / 3
    smoothed: Track = gaussian_filter1d(track, SETTLE_FRAMES)
    return smoothed


def wander(frames: int, chance: np.random.Generator, softness: float) -> Track:
    """Smooth random motion with unit variance."""
    noise = gaussian_filter1d(chance.standard_normal(frames + 200), softness)[100:-100]
    steady: Track = noise / (noise.std() + 1e-9)
    return steady


def blink_track(frames: int, chance: np.random.Generator) -> Track:
    """1 open, 0 shut: a blink every two to five seconds."""
    lids = np.ones(frames)
    frame = int(chance.integers(20, 60))
    while frame < frames - 5:
        lids[frame : frame + 5] = (0.55, 0.05, 0.0, 0.4, 0.8)
        frame += int(chance.integers(50, 120))
    return lids


def animate(shown: Sequence[Shown], energy: Track, chance: np.random.Generator) -> list[tuple[Expression, Pose]]:
    """Expression and pose of every frame (25 a second); liveliness of the head grows with sentiment."""
    frames = len(energy)
    mood = sentiment_track(shown, frames)
    mouth = np.clip(gaussian_filter1d(energy, 0.8), 0, 1) ** 1.2
    lids = blink_track(frames, chance)
    lively = 0.45 + 0.4 * (mood + 1)  # 0.45 for the saddest .. 1.25 for the happiest
    time = np.arange(frames) / FRAMES_PER_SECOND
    nod = np.sin(2 * np.pi * 1.1 * time + wander(frames, chance, 30)) * gaussian_filter1d(energy, 6) * lively
    yaw = (wander(frames, chance, 16) * 5 + wander(frames, chance, 45) * 6) * lively
    pitch = wander(frames, chance, 22) * 3 + nod * 6 - 5 * mood + 2
    tilt = wander(frames, chance, 26) * 1.5 * lively - 1.2 + 2.6 * mood
    sway, bob = wander(frames, chance, 35) * 6, wander(frames, chance, 28) * 2 + nod * 5 - 4 * mood
    flash = gaussian_filter1d(energy, 3) * 0.25
    gaze = wander(frames, chance, 9) * 0.35
    return [
        (
            Expression(
                smile=float(mood[i]),
                mouth_open=float(mouth[i] * (0.8 + 0.15 * mood[i])),
                eyelids=float(lids[i] * (1.0 + 0.16 * mood[i])),
                brow_raise=float(0.15 + 0.6 * mood[i] + flash[i]),
                brow_frown=float(np.clip(-mood[i], -0.4, 1) * 0.85),
                gaze=(float(gaze[i]), float(-0.02 * pitch[i])),
            ),
            Pose(float(yaw[i]), float(pitch[i]), float(tilt[i]), (float(sway[i]), float(bob[i])), float(mouth[i] * 9)),
        )
        for i in range(frames)
    ]
