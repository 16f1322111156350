"""ESTOI is pystoi's to the last digits, for any length and whichever of the two falls silent."""

import numpy as np
import pytest
from pystoi import stoi

from annotator.isolation.estoi import estoi
from annotator.isolation.noise import hide_words
from annotator.isolation.parameters import IsolationParameters
from tests.voices import RATE, voice


@pytest.mark.parametrize("seconds", [0.7, 1.3, 3.0])
def test_the_value_is_the_librarys(seconds):
    clean = voice(seconds)
    noised = hide_words(clean, IsolationParameters(), 7).samples
    assert estoi(clean, noised, RATE) == pytest.approx(stoi(clean, noised, RATE, extended=True), abs=1e-9)


def test_pauses_of_the_clean_voice_are_left_out_as_the_library_does():
    clean = voice(4.0)
    clean[RATE : 2 * RATE] = 0
    noised = clean + np.random.default_rng(1).standard_normal(clean.size) * clean.std()
    assert estoi(clean, noised, RATE) == pytest.approx(stoi(clean, noised, RATE, extended=True), abs=1e-9)


def test_one_clean_voice_is_measured_against_many():
    clean = voice(2.0)
    values = [estoi(clean, clean + level * voice(2.0, seed=2), RATE) for level in (0.0, 0.5, 2.0)]
    assert values[0] == pytest.approx(1.0)
    assert values[0] > values[1] > values[2]


@pytest.mark.parametrize("samples", [0, 40, 300, 4000])
def test_too_little_speech_has_no_value(samples):
    assert estoi(voice(1.0)[:samples], voice(1.0)[:samples], RATE) is None


def test_a_silent_rendition_says_nothing():
    assert estoi(voice(2.0), np.zeros(2 * RATE), RATE) == 0.0
