"""Isolation parameters are one value: equal settings, equal digest."""

import pytest

from annotator.isolation.parameters import IsolationParameters


def test_equal_settings_have_one_digest_and_any_change_another():
    assert IsolationParameters().digest == IsolationParameters().digest
    assert IsolationParameters(highest_snr=-18.0).digest != IsolationParameters().digest


def test_settings_survive_being_kept():
    strict = IsolationParameters(highest_snr=-18.0, mask_method="fill")
    assert IsolationParameters.from_record(strict.as_record()) == strict


def test_an_unknown_setting_is_refused():
    with pytest.raises(ValueError, match="volume"):
        IsolationParameters.from_record({"volume": 11})
