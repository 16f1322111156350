"""The speech cut into short pieces in another order: words are broken up, and so is the rhythm."""

import numpy as np

from annotator.isolation.methods.interface import RATE, NoisedVoice, Signal, at_level_of
from annotator.isolation.parameters import IsolationParameters

FADE = 0.005


def hide(voice: Signal, parameters: IsolationParameters, random: np.random.Generator) -> NoisedVoice:
    """Pieces of `piece` seconds, shuffled; what is left at the end stays there. Each fades for 5 ms on both sides."""
    length = max(2, int(parameters.piece * RATE))
    count = voice.size // length
    pieces = voice[: count * length].reshape(count, length) * _fades(length)
    shuffled = np.concatenate([*pieces[random.permutation(count)], voice[count * length :]])
    return NoisedVoice(at_level_of(voice, shuffled), None)


def _fades(length: int) -> Signal:
    ramp = min(int(FADE * RATE), length // 2)
    window = np.ones(length)
    window[:ramp] = np.arange(ramp) / ramp
    window[length - ramp :] = window[:ramp][::-1]
    return window
