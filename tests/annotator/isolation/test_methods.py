"""Every method keeps length and level, repeats itself to the bit, and answers for scraps, hiss and pure tones."""

import numpy as np
import pytest

from annotator.isolation.intelligibility import extended_intelligibility, measure_voice
from annotator.isolation.methods.interface import RATE
from annotator.isolation.noise import hide_words
from annotator.isolation.parameters import AUDIO_METHODS, MODES, IsolationParameters
from tests.voices import voice

CLEAN = voice(2.0)


def hidden(mode: str, samples=CLEAN):
    return hide_words(samples, MODES[mode], 7)


@pytest.mark.parametrize("mode", MODES)
def test_length_and_level_stay_and_the_same_seed_repeats_to_the_bit(mode):
    noised = hidden(mode).samples
    assert noised.shape == CLEAN.shape
    assert np.sqrt((noised**2).mean()) == pytest.approx(np.sqrt((CLEAN**2).mean()))
    assert np.array_equal(noised, hidden(mode).samples)


@pytest.mark.parametrize("method", AUDIO_METHODS)
@pytest.mark.parametrize(
    "samples",
    [CLEAN[4000:4040], CLEAN[4000:6000], np.random.default_rng(1).standard_normal(8000) * 0.05,
     0.2 * np.sin(np.arange(8000) * 0.3), np.zeros(800)],
    ids=["scrap", "eighth of a second", "hiss", "music", "silence"],
)  # fmt: skip
def test_no_clip_breaks_a_method(method, samples):
    noised = hide_words(samples, IsolationParameters(audio_method=method), 7)
    assert noised.samples.shape == samples.shape
    assert np.isfinite(noised.samples).all()


def test_the_vocoder_holds_no_speech_and_keeps_the_rhythm():
    noised = hidden("vocoder").samples
    assert abs(np.corrcoef(noised, CLEAN)[0, 1]) < 0.2
    figures = measure_voice(CLEAN, noised, RATE)
    assert figures.envelope_correlation > 0.8
    assert figures.raw_f0_correlation > 0.85


def test_more_bands_of_the_vocoder_give_more_words_back():
    few, many = (
        extended_intelligibility(
            CLEAN, hide_words(CLEAN, IsolationParameters(audio_method="vocoder", bands=bands), 7).samples, RATE
        )
        for bands in (1, 16)
    )
    assert many > few + 0.1


def test_plain_noise_loses_the_pitch_that_the_tone_keeps():
    plain, toned = (measure_voice(CLEAN, hidden(mode).samples, RATE) for mode in ("additive_noise", "default"))
    assert plain.voiced_found < 0.9 < toned.voiced_found


def test_the_low_pass_leaves_nothing_above_its_cutoff():
    power = np.abs(np.fft.rfft(hidden("low_pass").samples)) ** 2
    above = np.fft.rfftfreq(CLEAN.size, 1 / RATE) > 800
    assert power[above].sum() < 1e-4 * power.sum()


def test_shuffled_pieces_are_the_same_sound_in_another_order():
    whole = np.arange(1.0, 3200 * 5 + 8)
    shuffled = hide_words(whole / whole.max(), IsolationParameters(audio_method="time_shuffle"), 7).samples
    middles = shuffled[: 3200 * 5].reshape(5, 3200)[:, 1600]
    assert not (np.diff(middles) > 0).all()
    assert sorted(middles.round(6)) == pytest.approx(sorted(middles))
    assert (shuffled[-7:] > middles.max()).all()
