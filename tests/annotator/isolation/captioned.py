"""Make videos with text drawn into the picture, for tests."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from datasets.media.programs import ffmpeg

SIZE = (320, 180)
RATE = 10


def make_captioned_video(path: Path, captions: Sequence[tuple[float, float, str]], seconds: float = 4.0) -> Path:
    """Write a softly changing picture with white, black-edged captions, (start, end, text), at its lower edge."""
    width, height = SIZE
    pictures = []
    for number in range(int(seconds * RATE)):
        shade = np.linspace(40 + number, 120, width)[None, :] + np.linspace(0, 60, height)[:, None]
        picture = np.repeat(shade[:, :, None], 3, axis=2).astype(np.uint8)
        for start, end, text in captions:
            if start <= number / RATE < end:
                for colour, thickness in (((0, 0, 0), 5), ((255, 255, 255), 2)):
                    cv2.putText(picture, text, (40, 160), cv2.FONT_HERSHEY_SIMPLEX, 1.0, colour, thickness)
        pictures.append(picture)
    picture_input = ["-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{width}x{height}", "-r", str(RATE), "-i", "pipe:"]
    sound = ["-f", "lavfi", "-i", f"sine=220:d={seconds}"]
    encoding = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "15", "-pix_fmt", "yuv420p"]
    command = [ffmpeg(), "-v", "error", "-y", *picture_input, *sound, *encoding, path]
    subprocess.run(command, check=True, input=np.stack(pictures).tobytes())
    return path
