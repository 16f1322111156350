"""Ways to hide the words of a voice: one file each, one interface, one table."""

from collections.abc import Mapping

from annotator.isolation.methods import additive_noise, low_pass, time_shuffle, tone_in_noise, vocoder
from annotator.isolation.methods.interface import Method

METHODS: Mapping[str, Method] = {
    "tone_in_noise": Method(tone_in_noise.hide, has_tone=True),
    "vocoder": Method(vocoder.hide, has_tone=True),
    "additive_noise": Method(additive_noise.hide),
    "low_pass": Method(low_pass.hide),
    "time_shuffle": Method(time_shuffle.hide),
}
