"""Figures tell an untouched voice from a hidden one, and are missing where nothing can be measured."""

import numpy as np
import pytest

from annotator.isolation.intelligibility import correlation, extended_intelligibility, measure_voice
from tests.voices import RATE, voice


def test_an_untouched_voice_has_perfect_figures():
    figures = measure_voice(voice(2.0), voice(2.0), RATE)
    assert figures.estoi == pytest.approx(1.0, abs=0.01)
    assert (figures.voiced_found, figures.f0_outliers) == (1.0, 0.0)
    assert figures.f0_correlation == pytest.approx(1.0)
    assert figures.peak_f1 == 1.0


def test_white_noise_at_an_equal_level_loses_the_pitch_before_the_words():
    clean = voice(2.0)
    noised = clean + np.random.default_rng(1).standard_normal(clean.size) * clean.std()
    figures = measure_voice(clean, noised, RATE)
    assert figures.estoi > 0.25
    assert figures.voiced_found < 0.95


def test_frames_an_octave_off_are_left_out_and_counted():
    clean = voice(2.0, pitch=140.0)
    figures = measure_voice(clean, voice(2.0, pitch=280.0), RATE)
    assert figures.f0_outliers > 0.9


def test_a_silent_or_short_clip_has_no_intelligibility():
    assert extended_intelligibility(np.zeros(RATE), np.zeros(RATE), RATE) is None
    assert extended_intelligibility(voice(1.0)[:2000], voice(1.0)[:2000], RATE) is None


def test_a_constant_series_has_no_correlation():
    assert correlation(np.ones(10), np.arange(10.0)) is None
