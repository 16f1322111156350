"""Spectral subtraction does win words back from steady noise, so its failing on ours means something."""

import numpy as np
import pytest

from annotator.isolation.denoising import denoised
from annotator.isolation.intelligibility import denoised_intelligibility, extended_intelligibility
from annotator.isolation.noise import hide_words
from annotator.isolation.parameters import IsolationParameters
from tests.voices import RATE, voice


def test_steady_noise_over_a_voice_is_reduced():
    clean = voice(2.0)
    noise = np.random.default_rng(1).standard_normal(clean.size) * clean.std()
    steady, _ = denoised(clean + noise, RATE)
    assert np.mean((steady - clean) ** 2) < 0.7 * np.mean(noise**2)
    assert denoised_intelligibility(clean, clean + noise, RATE) >= extended_intelligibility(clean, clean + noise, RATE)


def test_our_noise_keeps_its_words_hidden():
    clean = voice(3.0)
    noised = hide_words(clean, IsolationParameters(), 7).samples
    assert denoised_intelligibility(clean, noised, RATE) <= IsolationParameters().most_denoised_estoi


@pytest.mark.parametrize("size", [1, 40, 511, 513])
def test_any_length_stays(size):
    assert [each.size for each in denoised(voice(1.0)[:size], RATE)] == [size, size]


def test_silence_has_no_intelligibility_to_win_back():
    assert denoised_intelligibility(np.zeros(RATE), np.zeros(RATE), RATE) is None
