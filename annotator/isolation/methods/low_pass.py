"""Speech below a cutoff alone: keeps pitch and rhythm well, and leaves more of the words than noise does."""

import numpy as np
from scipy import signal

from annotator.isolation.methods.interface import RATE, NoisedVoice, Signal, at_level_of
from annotator.isolation.parameters import IsolationParameters

ORDER = 8


def hide(voice: Signal, parameters: IsolationParameters, random: np.random.Generator) -> NoisedVoice:
    """The voice below `cutoff` Hz; nothing is left to chance, so `random` is not used."""
    lowpass = signal.butter(ORDER, parameters.cutoff, fs=RATE, output="sos")
    return NoisedVoice(
        at_level_of(voice, signal.sosfiltfilt(lowpass, voice, padlen=min(RATE // 4, voice.size - 1))), None
    )
