"""A made-up voice for tests: syllables of harmonics and formants, so that pitch and rhythm are known."""

import numpy as np
from numpy.typing import NDArray
from scipy import signal

RATE = 16000
FORMANTS = ((700, 1200, 2600), (350, 2200, 3000), (400, 900, 2500), (550, 1800, 2600))


def voice(seconds: float = 3.0, *, pitch: float = 150.0, seed: int = 1) -> NDArray[np.float64]:
    """About four syllables a second at 16 kHz, each with its own vowel, F0 swinging by a fifth around `pitch` Hz."""
    random = np.random.default_rng(seed)
    count = int(seconds * RATE)
    times = np.arange(count) / RATE
    phase = 2 * np.pi * np.cumsum(pitch * 2 ** (0.3 * np.sin(2 * np.pi * 0.6 * times))) / RATE
    source = sum(np.sin(number * phase) / number for number in range(1, 16))
    spoken = np.zeros(count)
    for start in np.arange(0.1, seconds - 0.15, 0.25):
        first, last = int(start * RATE), int((start + random.uniform(0.15, 0.19)) * RATE)
        syllable = source[first:last] * np.sqrt(np.hanning(last - first)) * random.uniform(0.4, 1.0)
        vowel = FORMANTS[random.integers(len(FORMANTS))]
        for formant in vowel:
            syllable = syllable + 2 * signal.lfilter(*signal.iirpeak(formant, 6, fs=RATE), syllable)
        spoken[first:last] += syllable
        hiss = int(0.05 * RATE)
        spoken[first - hiss : first] += 0.15 * random.standard_normal(hiss) * np.hanning(hiss)
    return 0.3 * spoken / np.abs(spoken).max()
