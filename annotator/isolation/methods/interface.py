"""What a method of hiding words takes and gives, and the search for the level that hides enough."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotator.isolation.intelligibility import extended_intelligibility
from annotator.isolation.parameters import IsolationParameters
from config.sentences import Sentence, sentence

Signal = NDArray[np.float64]

RATE = 16000
SEARCH_STEPS = 4
# AAC adds noise of its own, which may shift the measured intelligibility by this much.
SEARCH_MARGIN = 0.01
TOO_SHORT = sentence(
    "speech_too_short", "Too little speech to measure its intelligibility: the deepest level was taken."
)


@dataclass(frozen=True)
class NoisedVoice:
    """The noised samples at 16 kHz, the level of speech under the noise in dB, and what the audit should note."""

    samples: Signal
    snr: float | None
    notes: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Method:
    """A function that hides the words of a 16 kHz voice; `has_tone` where another level of the tone may be tried."""

    hide: Callable[[Signal, IsolationParameters, np.random.Generator], NoisedVoice]
    has_tone: bool = False


def search_level(voice: Signal, mix: Callable[[float], Signal], parameters: IsolationParameters) -> NoisedVoice:
    """The mix at the highest SNR, within the campaign's bounds, that is unintelligible enough; by bisection."""
    target = parameters.most_estoi - SEARCH_MARGIN
    too_high, low_enough = parameters.highest_snr, parameters.lowest_snr
    first = extended_intelligibility(voice, mix(too_high), RATE)
    if first is None:
        return NoisedVoice(mix(low_enough), low_enough, (TOO_SHORT,))
    if first <= target:
        return NoisedVoice(mix(too_high), too_high)
    for _ in range(SEARCH_STEPS):
        middle = (too_high + low_enough) / 2
        if (extended_intelligibility(voice, mix(middle), RATE) or 0.0) <= target:
            low_enough = middle
        else:
            too_high = middle
    return NoisedVoice(mix(low_enough), low_enough)


def at_level_of(voice: Signal, samples: Signal) -> Signal:
    """The samples scaled to the RMS of the voice."""
    scaled: Signal = samples * (rms(voice) / max(rms(samples), 1e-12))
    return scaled


def rms(samples: Signal) -> float:
    """Root of the mean square."""
    return float(np.sqrt(np.mean(samples**2)))
