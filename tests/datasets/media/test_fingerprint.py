from pathlib import Path

import numpy as np
import pytest

from datasets.media.command import MediaError
from datasets.media.fingerprint import SIDE, fingerprint, frame_bits

SAMPLE = Path(__file__).resolve().parents[3] / "sample" / "videos"


def picture(seed: int) -> np.ndarray:
    """A smooth picture of a few waves."""
    chance = np.random.default_rng(seed)
    y, x = np.mgrid[0:SIDE, 0:SIDE] / SIDE
    waves = sum(chance.normal() * np.cos(np.pi * (i * x + j * y)) for i in range(6) for j in range(6))
    return np.interp(waves, (waves.min(), waves.max()), (40, 200)).astype(np.uint8)


def apart(one: bytes, other: bytes) -> int:
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


@pytest.mark.parametrize("seed", range(5))
def test_brightness_contrast_and_noise_hardly_change_a_frame_and_another_picture_does(seed: int) -> None:
    frame = picture(seed)
    noise = np.random.default_rng(seed).integers(-4, 5, frame.shape)
    changed = np.clip(frame * 0.9 + 20 + noise, 0, 255).astype(np.uint8)
    assert apart(frame_bits(frame), frame_bits(changed)) <= 6
    assert apart(frame_bits(frame), frame_bits(picture(seed + 100))) > 12


def test_a_video_has_three_times_64_bits_the_same_every_time() -> None:
    first, second = (SAMPLE / f"video_000{number}.mp4" for number in (1, 2))
    assert len(fingerprint(first)) == 48
    assert fingerprint(first) == fingerprint(first) != fingerprint(second)


def test_a_file_that_is_no_video_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lies.mp4").write_bytes(b"no video")
    with pytest.raises(MediaError, match=r"lies\.mp4"):
        fingerprint(tmp_path / "lies.mp4")
