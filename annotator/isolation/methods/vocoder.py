"""No speech at all: noise in a few bands on the voice's envelope in each, with a tone on its pitch; a stricter mode."""

from itertools import pairwise

import numpy as np
from scipy import signal

from annotator.isolation.envelope import intensity_envelope
from annotator.isolation.methods.interface import RATE, NoisedVoice, Signal, at_level_of, rms
from annotator.isolation.methods.tone_in_noise import NO_VOICE, harmonic_tone, speech_shaped_noise
from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.pitch import track_pitch

LOWEST, HIGHEST = 80.0, 7600.0


def hide(voice: Signal, parameters: IsolationParameters, random: np.random.Generator) -> NoisedVoice:
    """One band keeps rhythm and loudness alone; each further band gives back some of the vowels."""
    track = track_pitch(voice, RATE)
    noise = _banded_noise(voice, parameters.bands, random)
    tone = harmonic_tone(track, voice.size, parameters.highest_harmonic) * intensity_envelope(voice, RATE)
    louder = 10 ** (parameters.tone_over_noise / 20) * rms(noise) / max(rms(tone), 1e-12)
    notes = () if track.voiced.any() else (NO_VOICE,)
    return NoisedVoice(at_level_of(voice, noise + tone * louder), None, notes)


def _banded_noise(voice: Signal, bands: int, random: np.random.Generator) -> Signal:
    noise = speech_shaped_noise(voice, random)
    if bands == 1:
        return noise * intensity_envelope(voice, RATE)
    total = np.zeros_like(voice)
    edges = np.geomspace(LOWEST, HIGHEST, bands + 1)
    for low, high in pairwise(edges):
        passband = signal.butter(3, (low, high), btype="bandpass", fs=RATE, output="sos")
        carrier = signal.sosfilt(passband, noise)
        total += carrier / max(rms(carrier), 1e-12) * intensity_envelope(signal.sosfilt(passband, voice), RATE)
    return total
