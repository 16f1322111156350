"""Try to win the words back as somebody with a common tool would: by spectral subtraction (Boll 1979)."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import signal

Signal = NDArray[np.float64]

WINDOW = 0.032
OVERSUBTRACTION = 2.0
FLOOR = 0.05
QUIETEST_SHARE = 0.1


def denoised(samples: Signal, rate: int) -> Iterator[Signal]:
    """Two attempts, as long as the samples: noise taken for steady, and noise taken to follow the loudness."""
    size = min(int(WINDOW * rate), samples.size)
    settings = {"fs": rate, "nperseg": size, "noverlap": size * 3 // 4}
    _, _, spectrum = signal.stft(samples, **settings)
    power = np.abs(spectrum) ** 2
    energy = power.sum(axis=0)
    quiet = power[:, energy <= np.quantile(energy, QUIETEST_SHARE)]
    steady = quiet.mean(axis=1, keepdims=True)
    shape = power.mean(axis=1, keepdims=True)
    following = shape / max(float(shape.sum()), 1e-20) * energy
    for noise in (steady, following):
        gain = np.sqrt(np.maximum(1 - OVERSUBTRACTION * noise / np.maximum(power, 1e-20), FLOOR**2))
        _, cleaned = signal.istft(spectrum * gain, **settings)
        yield np.pad(cleaned, (0, max(0, samples.size - cleaned.size)))[: samples.size]
