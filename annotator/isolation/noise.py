"""Hide the words of a voice by the campaign's method, and answer for a clip that holds no voice."""

import numpy as np

from annotator.isolation.methods import METHODS
from annotator.isolation.methods.interface import NoisedVoice, Signal
from annotator.isolation.parameters import IsolationParameters
from config.sentences import sentence

# Sound that never rises above this holds no voice to judge; amplified, it could still hold words.
SILENT_BELOW_DBFS = -65.0
SILENT = sentence("clip_silent", "The clip is silent; so is its rendition.")


def hide_words(voice: Signal, parameters: IsolationParameters, seed: int) -> NoisedVoice:
    """Noise a 16 kHz voice, same length and same RMS; the same seed and parameters give the same samples."""
    if np.abs(voice).max(initial=0.0) < 10 ** (SILENT_BELOW_DBFS / 20):
        return NoisedVoice(np.zeros_like(voice), None, (SILENT,))
    return METHODS[parameters.audio_method].hide(voice, parameters, chance(parameters, seed))


def chance(parameters: IsolationParameters, seed: int) -> np.random.Generator:
    """The one stream of noise for a clip; the digest is part of it.

    Two renditions with one noise at two levels could be subtracted from each other, and leave the voice alone.
    """
    return np.random.default_rng([seed, int(parameters.digest[:16], 16)])
