"""Every eGeMAPS descriptor is compared with the clean voice, and none where there is nothing to compare."""

import shutil

import numpy as np
import opensmile
import pytest

from annotator.isolation.descriptors import _configuration, _engine, descriptor_retention
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


def test_half_as_many_values_are_those_of_the_published_set():
    sound = voice(3.0).astype(np.float32)
    level = opensmile.FeatureLevel.LowLevelDescriptors
    published = opensmile.Smile(feature_set=opensmile.FeatureSet.eGeMAPSv02, feature_level=level)
    every, second = (engine.process_signal(sound, RATE) for engine in (published, _engine()))
    assert list(second.columns) == list(every.columns)
    assert abs(len(second) - len(every) / 2) <= 2
    for name in ("Loudness_sma3", "F0semitoneFrom27.5Hz_sma3nz", "mfcc1_sma3"):
        first, other = every[name].to_numpy()[::2], second[name].to_numpy()
        length = min(len(first), len(other))
        assert np.corrcoef(first[:length], other[:length])[0, 1] > 0.9


def test_a_system_that_tidies_up_temporary_files_is_survived():
    sound = voice(1.0)
    before = descriptor_retention(sound, sound, RATE)
    shutil.rmtree(_configuration().name)
    assert descriptor_retention(sound, sound, RATE) == before
