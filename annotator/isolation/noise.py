"""Hide the words of a voice and keep its rhythm, loudness and pitch."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, signal

from annotator.isolation.envelope import intensity_envelope
from annotator.isolation.intelligibility import extended_intelligibility
from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.pitch import HOP, PitchTrack, track_pitch

Signal = NDArray[np.float64]

RATE = 16000
# Sound that never rises above this holds no voice to judge; amplified, it could still hold words.
SILENT_BELOW_DBFS = -65.0
SEARCH_STEPS = 4
# AAC adds noise of its own, which may shift the measured intelligibility by this much.
SEARCH_MARGIN = 0.01


@dataclass(frozen=True)
class NoisedVoice:
    """The noised samples at 16 kHz, the level of speech under the noise in dB, and what the audit should note."""

    samples: Signal
    snr: float | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Masker:
    """The two sounds that hide the speech, both as long as it."""

    noise: Signal
    tone: Signal


def hide_words(voice: Signal, parameters: IsolationParameters, seed: int) -> NoisedVoice:
    """Noise a 16 kHz voice, same length and same RMS; the same seed and parameters give the same samples.

    The masker is noise with the voice's own long-term spectrum on its 16 Hz envelope, and a harmonic tone on its
    F0. The speech lies `highest_snr` under the noise alone, or as much deeper as it takes to reach `most_estoi`.
    """
    if np.abs(voice).max(initial=0.0) < 10 ** (SILENT_BELOW_DBFS / 20):
        return NoisedVoice(np.zeros_like(voice), None, ("The clip is silent; so is its rendition.",))
    track = track_pitch(voice, RATE)
    notes = () if track.voiced.any() else ("No voiced frame was found, so no tone was added.",)
    masker = masking_sounds(voice, track, parameters, seed)
    snr, reason = _search(voice, masker, parameters)
    return NoisedVoice(mix(voice, masker, snr), snr, notes + reason)


def masking_sounds(voice: Signal, track: PitchTrack, parameters: IsolationParameters, seed: int) -> Masker:
    """Noise and tone on the voice's envelope, with nothing of the speech in them."""
    # The digest is part of the seed: two renditions with one noise at two levels could be subtracted from each other.
    random = np.random.default_rng([seed, int(parameters.digest[:16], 16)])
    envelope = intensity_envelope(voice, RATE)
    tone = _tone(track, voice.size, parameters.highest_harmonic) * 10 ** (parameters.tone_over_noise / 20)
    return Masker(noise=_speech_shaped_noise(voice, random) * envelope, tone=tone * envelope)


def mix(voice: Signal, masker: Masker, snr: float) -> Signal:
    """Speech `snr` dB over the noise, with the tone, at the RMS of the voice alone."""
    speech = voice * (10 ** (snr / 20) * _rms(masker.noise) / _rms(voice))
    mixture = speech + masker.noise + masker.tone
    scaled: Signal = mixture * (_rms(voice) / _rms(mixture))
    return scaled


def _search(voice: Signal, masker: Masker, parameters: IsolationParameters) -> tuple[float, tuple[str, ...]]:
    """The highest level of speech, within the campaign's bounds, that is unintelligible enough; by bisection."""
    target = parameters.most_estoi - SEARCH_MARGIN

    def measured(snr: float) -> float | None:
        return extended_intelligibility(voice, mix(voice, masker, snr), RATE)

    too_high, low_enough = parameters.highest_snr, parameters.lowest_snr
    first = measured(too_high)
    if first is None:
        return low_enough, ("Too little speech to measure its intelligibility: the deepest level was taken.",)
    if first <= target:
        return too_high, ()
    for _ in range(SEARCH_STEPS):
        middle = (too_high + low_enough) / 2
        if (measured(middle) or 0.0) <= target:
            low_enough = middle
        else:
            too_high = middle
    return low_enough, ()


def _speech_shaped_noise(voice: Signal, random: np.random.Generator) -> Signal:
    """White noise filtered to the voice's long-term spectrum, at an RMS of 1."""
    window = min(512, voice.size)
    frequencies, power = signal.welch(voice, RATE, nperseg=window)
    white = np.fft.rfft(random.standard_normal(voice.size))
    wanted = np.interp(np.fft.rfftfreq(voice.size, 1 / RATE), frequencies, np.sqrt(power))
    noise = np.fft.irfft(white * wanted, voice.size)
    shaped: Signal = noise / max(_rms(noise), 1e-12)
    return shaped


def _tone(track: PitchTrack, size: int, highest: float) -> Signal:
    """Equally strong harmonics of F0 below `highest` Hz, at an RMS of 1 where there is voice and 0 elsewhere."""
    if not track.voiced.any():
        return np.zeros(size)
    # One frame further on either side: the first and last frame of a voice must hear the tone for their whole window.
    sounding = ndimage.binary_dilation(track.voiced)
    times = np.arange(size) / RATE
    centres = np.arange(track.frequency.size) * HOP
    frequency = np.interp(times, centres[track.voiced], track.frequency[track.voiced])
    phase = 2 * np.pi * np.cumsum(frequency) / RATE
    tone, power = np.zeros(size), np.zeros(size)
    for number in range(1, int(highest / frequency.min()) + 1):
        # Faded over a tenth of the limit, so that a harmonic which crosses it does not click; the first always sounds.
        audible = np.clip((highest / (number * frequency) - 1) * 10, float(number == 1), 1.0)
        tone += audible * np.sin(number * phase)
        power += audible**2 / 2
    gate = np.interp(times, centres, sounding.astype(float))
    faded: Signal = tone / np.sqrt(power) * np.clip(gate * 2 - 0.5, 0, 1)
    return faded


def _rms(samples: Signal) -> float:
    return float(np.sqrt(np.mean(samples**2)))
