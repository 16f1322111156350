"""The course of a voice's intensity and loudness over time."""

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from annotator.isolation.memory import remembered

Signal = NDArray[np.float64]

SYLLABLE_RATE = 16.0
HOP = 0.01
# Below this level under the loudest moment, an envelope holds room noise rather than rhythm.
FLOOR_DB = 40.0
SONE_EXPONENT = 0.3


@remembered
def intensity_envelope(samples: Signal, rate: int) -> Signal:
    """Root of the power below 16 Hz of change, one value a sample: the rhythm of syllables without the words."""
    lowpass = signal.butter(2, SYLLABLE_RATE, fs=rate, output="sos")
    padding = min(rate // 4, samples.size - 1)
    power = signal.sosfiltfilt(lowpass, samples**2, padlen=padding)
    envelope: Signal = np.sqrt(np.maximum(power, 0.0))
    return envelope


def envelope_in_db(samples: Signal, rate: int) -> Signal:
    """The envelope every 10 ms in dB under its peak, cut off at 40 dB."""
    frames = intensity_envelope(samples, rate)[:: int(rate * HOP)]
    lowest = frames.max(initial=0.0) * 10 ** (-FLOOR_DB / 20)
    decibels: Signal = 20 * np.log10(np.maximum(frames, max(lowest, 1e-12)))
    return decibels


def envelope_peaks(samples: Signal, rate: int) -> Signal:
    """Times in seconds of the envelope's peaks that stand out by 3 dB: about one a syllable."""
    peaks, _ = signal.find_peaks(envelope_in_db(samples, rate), prominence=3.0)
    times: Signal = peaks * HOP
    return times


def peak_f1(kept: Signal, found: Signal, tolerance: float = 0.05) -> float | None:
    """F1 of found peak times against the kept ones, matched one to one within the tolerance; None without any."""
    if kept.size == 0 and found.size == 0:
        return None
    matched, position = 0, 0
    for time in kept:
        while position < found.size and found[position] < time - tolerance:
            position += 1
        if position < found.size and found[position] <= time + tolerance:
            matched += 1
            position += 1
    return 2 * matched / (kept.size + found.size)


def loudness_course(samples: Signal, rate: int) -> Signal:
    """Loudness in sones, up to a factor, every 10 ms over 50 ms: third-octave bands, each with Stevens's exponent."""
    window = int(0.05 * rate)
    hop = int(rate * HOP)
    padded = np.pad(samples, (0, max(0, window - samples.size)))
    _, _, spectrum = signal.stft(padded, rate, nperseg=window, noverlap=window - hop, nfft=1024, padded=False)
    power = np.abs(spectrum) ** 2
    edges = 100.0 * 2 ** (np.arange(0, 19) / 3)  # 100 Hz … 6.4 kHz
    bands = np.searchsorted(np.fft.rfftfreq(1024, 1 / rate), edges)
    per_band = np.add.reduceat(power, bands, axis=0)[:-1]
    course: Signal = (per_band**SONE_EXPONENT).sum(axis=0)
    return course
