"""The envelope follows syllables; its peaks and the loudness are compared over time."""

import numpy as np
import pytest

from annotator.isolation.envelope import envelope_in_db, envelope_peaks, intensity_envelope, loudness_course, peak_f1

RATE = 16000


def swelling(rate_of_change, seconds=2.0):
    times = np.arange(int(seconds * RATE)) / RATE
    return np.sin(2 * np.pi * 200 * times) * (1 + 0.9 * np.sin(2 * np.pi * rate_of_change * times))


def test_slow_change_is_kept_and_fast_change_is_smoothed_away():
    slow, fast = intensity_envelope(swelling(4), RATE), intensity_envelope(swelling(60), RATE)
    middle = slice(RATE // 2, -RATE // 2)
    assert slow[middle].std() / slow[middle].mean() > 0.4
    assert fast[middle].std() / fast[middle].mean() < 0.05


def test_there_is_one_peak_a_swell():
    peaks = envelope_peaks(swelling(4), RATE)
    assert peaks == pytest.approx(1 / 16 + np.arange(8) / 4, abs=0.03)


def test_the_envelope_in_db_ends_forty_db_under_its_peak():
    decibels = envelope_in_db(np.concatenate([swelling(4), np.zeros(RATE)]), RATE)
    assert decibels.max() - decibels.min() == pytest.approx(40.0)


@pytest.mark.parametrize(
    ("kept", "found", "expected"),
    [
        ([1.0, 2.0], [1.04, 1.97], 1.0),
        ([1.0, 2.0], [1.0], 2 / 3),
        ([1.0, 2.0], [1.06, 2.06], 0.0),
        ([1.0], [0.98, 1.02], 2 / 3),
        ([], [], None),
    ],
)
def test_peaks_match_one_to_one_within_fifty_milliseconds(kept, found, expected):
    assert peak_f1(np.array(kept), np.array(found)) == pytest.approx(expected)


def test_loudness_grows_less_than_intensity():
    quiet, loud = loudness_course(0.1 * swelling(4), RATE), loudness_course(swelling(4), RATE)
    assert np.median(loud / quiet) == pytest.approx(100**0.3, rel=0.01)
