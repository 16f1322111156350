"""Plain white noise over the speech: known from other studies, and measured to lose the pitch before the words."""

import numpy as np

from annotator.isolation.methods.interface import NoisedVoice, Signal, at_level_of, rms, search_level
from annotator.isolation.parameters import IsolationParameters


def hide(voice: Signal, parameters: IsolationParameters, random: np.random.Generator) -> NoisedVoice:
    """Speech at `highest_snr` over the noise, or as much lower as it takes to reach `most_estoi`."""
    noise = random.standard_normal(voice.size) * rms(voice)

    def mix(snr: float) -> Signal:
        return at_level_of(voice, voice * 10 ** (snr / 20) + noise)

    return search_level(voice, mix, parameters)
