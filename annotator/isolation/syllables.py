"""Ask a recognizer of syllables how many it knows again: a measure of hidden words that owes nothing to ESTOI.

The recognizer knows more than any annotator: its templates are the very syllables of the clean clip, cut at the
same times. It compares the course of the spectrum's shape (cepstra 1 to 12, without loudness), each syllable stretched
to one length and each coefficient centred over the clip. Beside its rate stand chance and what it makes of rhythm and
pitch alone, which the audio stage must keep.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft, signal

from annotator.isolation.envelope import HOP, envelope_in_db, envelope_peaks

Signal = NDArray[np.float64]

FEWEST_SYLLABLES = 4
# A syllable reaches this far to either side of its loudest moment, at most half way to the next.
REACH = 0.12
STEPS = 8
MEL_BANDS = 24
CEPSTRA = 12
WINDOW = 0.025
FLOOR = 1e-4


@dataclass(frozen=True)
class Identified:
    """Share of a clip's syllables that were taken for the right one of the `count` syllables of the clip."""

    rate: float
    rhythm_alone: float
    chance: float
    count: int


def identify_syllables(clean: Signal, noised: Signal, rhythm: Signal, rate: int) -> Identified | None:
    """How many syllables are known again in the noised voice and in its rhythm alone; None under four of them."""
    stretches = _stretches(clean, rate)
    if len(stretches) < FEWEST_SYLLABLES:
        return None
    templates = _courses(clean, rate, stretches)
    shares = [float(np.mean(_nearest(_courses(each, rate, stretches), templates))) for each in (noised, rhythm)]
    return Identified(rate=shares[0], rhythm_alone=shares[1], chance=1 / len(stretches), count=len(stretches))


def cepstra(samples: Signal, rate: int) -> Signal:
    """Mel-frequency cepstra 1 to 12 every 10 ms (Davis and Mermelstein 1980), (frames, 12), centred over the clip."""
    window, hop = int(WINDOW * rate), int(HOP * rate)
    padded = np.pad(samples, (0, max(0, window - samples.size)))
    _, _, spectrum = signal.stft(padded, rate, nperseg=window, noverlap=window - hop, nfft=512)
    energy = _mel_filters(rate) @ np.abs(spectrum) ** 2
    # Added in proportion to the whole, so that silence has a spectrum and loudness changes nothing.
    audible = energy + FLOOR * energy.mean() + 1e-30
    courses = fft.dct(np.log(audible), axis=0, norm="ortho")[1 : CEPSTRA + 1].T
    spread = courses.std(axis=0)
    centred: Signal = (courses - courses.mean(axis=0)) / np.where(spread > 1e-9, spread, 1.0)
    return centred


def _stretches(clean: Signal, rate: int) -> list[tuple[float, float]]:
    """First and last moment of each syllable of the clean voice, in frames of 10 ms."""
    peaks = envelope_peaks(clean, rate) / HOP
    last = len(envelope_in_db(clean, rate)) - 1.0
    between = (peaks[1:] + peaks[:-1]) / 2
    begins = np.maximum(np.concatenate([[0.0], between]), peaks - REACH / HOP)
    ends = np.minimum(np.concatenate([between, [last]]), peaks + REACH / HOP)
    return list(zip(begins.tolist(), ends.tolist(), strict=True)) if peaks.size else []


def _courses(samples: Signal, rate: int, stretches: list[tuple[float, float]]) -> Signal:
    """Every syllable's cepstra at eight evenly spaced moments, (syllables, 8 · 12), each of length one."""
    courses = cepstra(samples, rate)
    moments = np.stack([np.linspace(begin, end, STEPS) for begin, end in stretches])
    picked = [np.interp(moments, np.arange(len(courses)), column) for column in courses.T]
    flat = np.stack(picked, axis=-1).reshape(len(stretches), -1)
    unit: Signal = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
    return unit


def _nearest(heard: Signal, templates: Signal) -> NDArray[np.bool_]:
    """Whether the template most like each syllable is its own."""
    right: NDArray[np.bool_] = (heard @ templates.T).argmax(axis=1) == np.arange(len(heard))
    return right


def _mel_filters(rate: int) -> Signal:
    """Triangles that stand evenly on the mel scale from 80 Hz to half the rate, (24, 257)."""
    highest = 2595 * np.log10(1 + rate / 2 / 700)
    edges = 700 * (10 ** (np.linspace(2595 * np.log10(1 + 80 / 700), highest, MEL_BANDS + 2) / 2595) - 1)
    frequencies = np.fft.rfftfreq(512, 1 / rate)
    rising = (frequencies - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - frequencies) / (edges[2:] - edges[1:-1])[:, None]
    return np.maximum(0.0, np.minimum(rising, falling))
