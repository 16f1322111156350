"""Every eGeMAPS descriptor is compared with the clean voice, and none where there is nothing to compare."""

import pytest

from annotator.isolation.descriptors import descriptor_retention
from annotator.isolation.noise import hide_words
from annotator.isolation.parameters import IsolationParameters
from tests.voices import RATE, voice


def test_an_untouched_voice_keeps_all_twenty_five():
    kept = descriptor_retention(voice(1.5), voice(1.5), RATE)
    assert len(kept) == 25
    assert all(value is None or value == pytest.approx(1.0) for value in kept.values())


def test_a_second_tracker_still_finds_the_pitch_and_loudness_of_a_hidden_voice():
    clean = voice(3.0)
    kept = descriptor_retention(clean, hide_words(clean, IsolationParameters(), 7).samples, RATE)
    assert kept["F0semitoneFrom27.5Hz"] > 0.6
    assert kept["Loudness"] > 0.8


def test_a_scrap_is_not_measured():
    assert descriptor_retention(voice(0.5)[:4000], voice(0.5)[:4000], RATE) == {}
