"""The tracker finds the F0 that a sound was made with."""

import numpy as np
import pytest

from annotator.isolation.pitch import HOP, track_pitch
from tests.voices import RATE, voice


def harmonics(frequency, count=8):
    phase = 2 * np.pi * np.cumsum(frequency) / RATE
    return 0.1 * sum(np.sin(number * phase) for number in range(1, count + 1))


@pytest.mark.parametrize("frequency", [90.0, 150.0, 240.0, 400.0])
def test_a_steady_voice_is_found_within_one_percent(frequency):
    track = track_pitch(harmonics(np.full(RATE, frequency)), RATE)
    inner = track.frequency[5:-5]
    assert (np.abs(inner / frequency - 1) < 0.01).all()


def test_a_gliding_voice_is_followed_without_leaps():
    course = np.linspace(120, 300, 2 * RATE)
    track = track_pitch(harmonics(course), RATE)
    centres = (np.arange(track.frequency.size)[5:-5] * HOP * RATE).astype(int)
    assert (np.abs(track.frequency[5:-5] / course[centres] - 1) < 0.03).all()


def test_noise_and_silence_have_no_voice():
    assert track_pitch(np.random.default_rng(1).standard_normal(RATE) * 0.1, RATE).voiced.mean() < 0.05
    assert not track_pitch(np.zeros(RATE), RATE).voiced.any()


def test_pauses_between_syllables_are_unvoiced():
    voiced = track_pitch(voice(3.0), RATE).voiced
    assert 0.4 < voiced.mean() < 0.85


def test_a_sound_shorter_than_a_window_has_one_frame_a_hop():
    assert track_pitch(np.ones(200) * 0.1, RATE).frequency.size == 2
