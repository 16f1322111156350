"""The recognizer knows clean syllables again, fewer of them the deeper the words are hidden, and none but by chance."""

import numpy as np
import pytest

from annotator.isolation.methods import vocoder
from annotator.isolation.noise import chance, hide_words
from annotator.isolation.parameters import MODES, IsolationParameters
from annotator.isolation.syllables import cepstra, identify_syllables
from tests.voices import RATE, voice

CLEAN = voice(6.0)
RHYTHM = vocoder.hide(CLEAN, IsolationParameters(), chance(IsolationParameters(), 3)).samples


def identified(noised):
    return identify_syllables(CLEAN, noised, RHYTHM, RATE)


def test_an_untouched_voice_is_known_again_whole():
    found = identified(CLEAN)
    assert found.rate == 1.0
    assert found.count >= 15
    assert found.chance == 1 / found.count


def test_loudness_alone_changes_nothing():
    assert identified(CLEAN * 0.1) == identified(CLEAN)


def test_noise_without_any_speech_is_known_about_as_often_as_chance():
    hiss = np.random.default_rng(1).standard_normal(CLEAN.size)
    assert identified(hiss).rate <= 4 * identified(hiss).chance


def test_hiding_the_words_costs_the_recognizer_most_of_its_syllables():
    default, stricter, spoken = (
        identified(hide_words(CLEAN, MODES["default"], 7).samples),
        identified(hide_words(CLEAN, MODES["stricter"], 7).samples),
        identified(CLEAN + np.random.default_rng(2).standard_normal(CLEAN.size) * CLEAN.std() * 0.3),
    )
    assert spoken.rate > default.rate >= stricter.rate
    assert default.rhythm_alone < spoken.rate


def test_too_few_syllables_are_not_judged():
    assert identify_syllables(CLEAN[: RATE // 4], CLEAN[: RATE // 4], CLEAN[: RATE // 4], RATE) is None
    assert identify_syllables(np.zeros(RATE), np.zeros(RATE), np.zeros(RATE), RATE) is None


def test_cepstra_do_not_depend_on_loudness():
    assert cepstra(CLEAN * 0.5, RATE) == pytest.approx(cepstra(CLEAN, RATE), abs=1e-6)
    assert cepstra(CLEAN, RATE).shape[1] == 12
