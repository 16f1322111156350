"""Speech under noise of its own spectrum and envelope, with a tone on its pitch: the measured best, and the default."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage, signal

from annotator.isolation.envelope import intensity_envelope
from annotator.isolation.memory import remembered
from annotator.isolation.methods.interface import RATE, NoisedVoice, Signal, at_level_of, rms, search_level
from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.pitch import HOP, PitchTrack, track_pitch
from config.sentences import sentence

NO_VOICE = sentence("no_voice", "No voiced frame was found, so no tone was added.")


@dataclass(frozen=True)
class Masker:
    """The two sounds that hide the speech, both as long as it."""

    noise: Signal
    tone: Signal


def hide(voice: Signal, parameters: IsolationParameters, random: np.random.Generator) -> NoisedVoice:
    """Speech `highest_snr` under the noise alone, or as much deeper as it takes to reach `most_estoi`."""
    track = track_pitch(voice, RATE)
    masker = masking_sounds(voice, track, parameters, random)
    found = search_level(voice, lambda snr: mix(voice, masker, snr), parameters)
    notes = () if track.voiced.any() else (NO_VOICE,)
    return NoisedVoice(found.samples, found.snr, notes + found.notes)


def masking_sounds(
    voice: Signal, track: PitchTrack, parameters: IsolationParameters, random: np.random.Generator
) -> Masker:
    """Noise and tone on the voice's 16 Hz envelope, with nothing of the speech in them."""
    envelope = intensity_envelope(voice, RATE)
    tone = harmonic_tone(track, voice.size, parameters.highest_harmonic) * 10 ** (parameters.tone_over_noise / 20)
    return Masker(noise=speech_shaped_noise(voice, random) * envelope, tone=tone * envelope)


def mix(voice: Signal, masker: Masker, snr: float) -> Signal:
    """Speech `snr` dB over the noise, with the tone, at the RMS of the voice alone."""
    speech = voice * (10 ** (snr / 20) * rms(masker.noise) / rms(voice))
    return at_level_of(voice, speech + masker.noise + masker.tone)


def speech_shaped_noise(voice: Signal, random: np.random.Generator) -> Signal:
    """White noise filtered to the voice's long-term spectrum, at an RMS of 1."""
    frequencies, power = long_term_spectrum(voice, RATE)
    white = np.fft.rfft(random.standard_normal(voice.size))
    wanted = np.interp(np.fft.rfftfreq(voice.size, 1 / RATE), frequencies, np.sqrt(power))
    noise = np.fft.irfft(white * wanted, voice.size)
    shaped: Signal = noise / max(rms(noise), 1e-12)
    return shaped


@remembered
def long_term_spectrum(voice: Signal, rate: int) -> tuple[Signal, Signal]:
    """Frequencies in Hz, and the power of the whole voice at each."""
    frequencies, power = signal.welch(voice, rate, nperseg=min(512, voice.size))
    return frequencies, power


def harmonic_tone(track: PitchTrack, size: int, highest: float) -> Signal:
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
