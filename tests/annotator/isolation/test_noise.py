"""Words are hidden and the voice is kept, for voices, silence, hiss and scraps alike."""

import numpy as np
import pytest

from annotator.isolation.intelligibility import extended_intelligibility, measure_voice
from annotator.isolation.methods.interface import RATE, TOO_SHORT
from annotator.isolation.methods.tone_in_noise import NO_VOICE, masking_sounds, mix
from annotator.isolation.noise import SILENT, chance, hide_words
from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.pitch import track_pitch
from tests.voices import voice

DEFAULTS = IsolationParameters()


@pytest.mark.parametrize("pitch", [100.0, 130.0, 150.0])
def test_a_voice_loses_its_words_and_keeps_its_pitch_and_rhythm(pitch):
    clean = voice(3.0, pitch=pitch)
    figures = measure_voice(clean, hide_words(clean, DEFAULTS, 7).samples, RATE)
    assert figures.estoi <= DEFAULTS.most_estoi
    assert figures.f0_correlation >= 0.95
    assert figures.f0_outliers <= 0.10
    assert figures.voiced_found >= 0.95
    assert figures.envelope_correlation >= 0.80
    assert figures.peak_f1 >= 0.80
    assert figures.loudness_correlation >= 0.70


def test_length_and_level_stay_the_same():
    clean = voice(1.2345)
    noised = hide_words(clean, DEFAULTS, 7).samples
    assert noised.shape == clean.shape
    assert np.sqrt((noised**2).mean()) == pytest.approx(np.sqrt((clean**2).mean()))


def test_one_seed_gives_one_noise_and_another_seed_or_setting_another():
    clean = voice(1.0)
    first = hide_words(clean, DEFAULTS, 7).samples
    assert np.array_equal(first, hide_words(clean, DEFAULTS, 7).samples)
    assert not np.allclose(first, hide_words(clean, DEFAULTS, 8).samples)


def test_the_clean_voice_cannot_be_solved_for_from_two_levels_of_noise():
    """With the same noise at two levels, one weighted difference would be the voice alone."""
    clean, track = voice(2.0), track_pitch(voice(2.0), RATE)
    settings = (DEFAULTS, IsolationParameters(highest_snr=-18.0))
    first, second = (masking_sounds(clean, track, each, chance(each, 7)).noise for each in settings)
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.05


def test_the_speech_lies_as_deep_under_the_noise_as_told():
    clean = voice(2.0)
    masker = masking_sounds(clean, track_pitch(clean, RATE), DEFAULTS, chance(DEFAULTS, 7))
    mixture = mix(clean, masker, -12.0)
    parts = np.stack([clean, masker.noise, masker.tone], axis=1)
    weights = np.linalg.lstsq(parts, mixture, rcond=None)[0]
    speech, noise = weights[0] * clean, weights[1] * masker.noise
    assert 10 * np.log10((speech**2).mean() / (noise**2).mean()) == pytest.approx(-12.0, abs=0.01)


def test_speech_is_lowered_further_until_it_is_unintelligible_enough():
    clean = voice(3.0)
    easy = hide_words(clean, IsolationParameters(highest_snr=0.0, lowest_snr=-24.0), 7)
    assert -24.0 <= easy.snr < 0.0
    assert extended_intelligibility(clean, easy.samples, RATE) <= DEFAULTS.most_estoi


def test_silence_stays_silence_though_it_holds_a_trace_of_speech():
    noised = hide_words(voice(1.0) * 1e-4, DEFAULTS, 7)
    assert not noised.samples.any()
    assert noised.notes == (SILENT,)


def test_hiss_gets_no_tone_and_says_so():
    hiss = np.random.default_rng(3).standard_normal(RATE) * 0.05
    noised = hide_words(hiss, DEFAULTS, 7)
    assert NO_VOICE in noised.notes
    assert np.isfinite(noised.samples).all()


@pytest.mark.parametrize("samples", [40, 400, 2000])
def test_a_scrap_too_short_to_measure_is_hidden_at_the_deepest_level(samples):
    noised = hide_words(voice(1.0)[3000 : 3000 + samples], DEFAULTS, 7)
    assert noised.samples.size == samples
    assert noised.snr == DEFAULTS.lowest_snr
    assert TOO_SHORT in noised.notes
