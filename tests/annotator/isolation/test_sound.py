"""Noised sound is written as long as it was and as loud as every other, and never clips."""

import numpy as np
import pyloudnorm
import pytest

from annotator.isolation.sound import PLAYED_RATE, read_voice, write_voice
from tests.voices import RATE, voice


@pytest.mark.parametrize("samples", [1600, 16000, 33333])
def test_the_file_has_the_length_of_the_samples(tmp_path, samples):
    write_voice(voice(2.5)[:samples], RATE, tmp_path / "a.m4a", -23.0)
    assert read_voice(tmp_path / "a.m4a", PLAYED_RATE).size == samples * 3
    assert read_voice(tmp_path / "a.m4a", RATE).size == samples


@pytest.mark.parametrize("gain", [0.05, 1.0, 3.0])
def test_quiet_and_loud_clips_are_played_equally_loud(tmp_path, gain):
    noise = gain * 0.1 * np.random.default_rng(1).standard_normal(RATE * 2)
    assert write_voice(noise, RATE, tmp_path / "a.m4a", -23.0) == ()
    heard = read_voice(tmp_path / "a.m4a", PLAYED_RATE)
    assert pyloudnorm.Meter(PLAYED_RATE).integrated_loudness(heard) == pytest.approx(-23.0, abs=0.3)


def test_peaks_that_would_clip_keep_the_level_lower_and_that_is_noted(tmp_path):
    clicks = np.zeros(RATE)
    clicks[::4000] = 0.5
    notes = write_voice(clicks, RATE, tmp_path / "a.m4a", -10.0)
    assert "instead of -10.0" in str(notes[0])
    assert np.abs(read_voice(tmp_path / "a.m4a", PLAYED_RATE)).max() <= 1.0


def test_sound_in_time_stays_in_time(tmp_path):
    click = np.zeros(RATE)
    click[8000:8016] = 0.5
    write_voice(click, RATE, tmp_path / "a.m4a", -23.0)
    assert np.abs(read_voice(tmp_path / "a.m4a", RATE)).argmax() == pytest.approx(8008, abs=16)
