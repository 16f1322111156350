"""A voice's fundamental frequency over time, by normalized autocorrelation and the smoothest path.

Written here rather than taken from a library: Praat's tracker is under the GPL, openSMILE's excludes commercial use.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from annotator.isolation.memory import remembered

Signal = NDArray[np.float64]

HOP = 0.01
WINDOW = 0.05
LOWEST, HIGHEST = 65.0, 500.0
CANDIDATES = 6
VOICED_FROM = 0.45
SILENT_BELOW = 0.01
OCTAVE_COST = 0.03
JUMP_COST = 0.35
VOICING_COST = 0.14
FEWEST_FRAMES = 3


@dataclass(frozen=True)
class PitchTrack:
    """Fundamental frequency in Hz every 10 ms, 0 where there is no voice; frame i is centred on i · 10 ms."""

    frequency: Signal

    @property
    def voiced(self) -> NDArray[np.bool_]:
        """Which frames are voiced."""
        found: NDArray[np.bool_] = self.frequency > 0
        return found


@remembered
def track_pitch(samples: Signal, rate: int) -> PitchTrack:
    """Track F0 between 65 and 500 Hz (Boersma 1993: the window's autocorrelation divided out of the frame's)."""
    frames = _frames(samples - samples.mean(), rate)
    frequency, strength = _candidates(frames, rate)
    peak = np.abs(frames).max(axis=1)
    silence = np.clip(1 - peak / max(np.abs(samples).max() * SILENT_BELOW * 4, 1e-9), 0, 1)
    unvoiced = VOICED_FROM + silence
    path = _smoothest(frequency, strength, unvoiced)
    # A scrap of a few frames is a coincidence of noise rather than a voice.
    lasting = ndimage.binary_opening(path > 0, np.ones(FEWEST_FRAMES))
    return PitchTrack(np.where(lasting, path, 0.0))


def _frames(samples: Signal, rate: int) -> Signal:
    """Frames centred every 10 ms, (frames, samples in a window)."""
    window, hop = int(WINDOW * rate), int(HOP * rate)
    padded = np.pad(samples, (window // 2, window // 2 + hop))
    count = samples.size // hop + 1
    view = np.lib.stride_tricks.sliding_window_view(padded, window)[::hop][:count]
    return np.asarray(view, dtype=np.float64)


def _autocorrelation(frames: Signal) -> Signal:
    size = 2 ** int(np.ceil(np.log2(2 * frames.shape[-1])))
    power = np.abs(np.fft.rfft(frames, size)) ** 2
    correlation: Signal = np.fft.irfft(power, size)[..., : frames.shape[-1]]
    return correlation


def _candidates(frames: Signal, rate: int) -> tuple[Signal, Signal]:
    """The strongest peaks of each frame as (frequency in Hz, strength up to 1), both (frames, CANDIDATES)."""
    window = np.hanning(frames.shape[1])
    correlation = _autocorrelation((frames - frames.mean(axis=1, keepdims=True)) * window)
    own = _autocorrelation(window)
    normalized = correlation / np.maximum(correlation[:, :1], 1e-12) / (own / own[0] + 1e-6)
    shortest, longest = int(rate / HIGHEST), int(rate / LOWEST) + 1
    before, here, after = (normalized[:, shortest + k : longest + k] for k in (-1, 0, 1))
    is_peak = (here >= before) & (here > after) & (here > 0)
    curve = before - 2 * here + after
    shift = np.where(is_peak, (before - after) / (2 * np.where(curve == 0, 1, curve)), 0)
    lag = np.arange(shortest, longest) + np.clip(shift, -1, 1)
    height = np.where(is_peak, here - (before - after) * shift / 4, 0)
    frequency = rate / lag
    # A high peak is preferred to its multiples at longer lags, which are equally strong in a periodic sound.
    strength = np.where(is_peak, np.minimum(height, 1.0) + OCTAVE_COST * np.log2(frequency / LOWEST), 0)
    best = np.argsort(-strength, axis=1)[:, :CANDIDATES]
    return np.take_along_axis(frequency, best, 1), np.take_along_axis(strength, best, 1)


def _smoothest(frequency: Signal, strength: Signal, unvoiced: Signal) -> Signal:
    """Viterbi's path through the candidates and "no voice", which is the last state of each frame."""
    states = np.concatenate([np.log2(frequency), np.zeros((len(frequency), 1))], axis=1)
    reward = np.concatenate([np.where(strength > 0, strength, -1.0), unvoiced[:, None]], axis=1)
    total, back = reward[0], np.zeros(states.shape, dtype=np.int64)
    voiceless = np.arange(states.shape[1]) == states.shape[1] - 1
    changes_voicing = voiceless[:, None] != voiceless[None, :]
    stays_unvoiced = voiceless[:, None] & voiceless[None, :]
    for i in range(1, len(states)):
        jump = JUMP_COST * np.abs(states[i - 1][:, None] - states[i][None, :])
        cost = np.where(changes_voicing, VOICING_COST, np.where(stays_unvoiced, 0.0, jump))
        arrivals = total[:, None] - cost
        back[i] = arrivals.argmax(axis=0)
        total = arrivals.max(axis=0) + reward[i]
    path = np.empty(len(states), dtype=np.int64)
    path[-1] = int(total.argmax())
    for i in range(len(states) - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    chosen: Signal = np.where(path < frequency.shape[1], 2 ** states[np.arange(len(states)), path], 0.0)
    return chosen
