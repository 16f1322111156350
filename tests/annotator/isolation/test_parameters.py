"""Isolation parameters are one value: equal settings, equal digest."""

import pytest

from annotator.isolation.methods import METHODS
from annotator.isolation.parameters import (
    ADDED,
    AUDIO_METHODS,
    MODES,
    BadParameters,
    IsolationParameters,
    chosen_parameters,
)


def test_equal_settings_have_one_digest_and_any_change_another():
    assert IsolationParameters().digest == IsolationParameters().digest
    assert IsolationParameters(highest_snr=-18.0).digest != IsolationParameters().digest


def test_settings_survive_being_kept():
    strict = IsolationParameters(highest_snr=-18.0, mask_method="fill")
    assert IsolationParameters.from_record(strict.as_record()) == strict


def test_an_unknown_setting_is_refused():
    with pytest.raises(BadParameters, match="volume"):
        IsolationParameters.from_record({"volume": 11})


@pytest.mark.parametrize(
    "settings",
    [
        {"audio_method": "mute"}, {"mask_method": "sticker"}, {"highest_snr": "loud"}, {"most_height": 480.5},
        {"bands": True}, {"piece": 0}, {"highest_snr": -30.0}, {"cutoff": 1e6},
    ],
)  # fmt: skip
def test_a_setting_that_no_rendition_can_be_made_with_is_refused(settings):
    with pytest.raises(BadParameters):
        chosen_parameters("default", settings)


def test_a_mode_is_chosen_by_name_and_single_settings_changed():
    assert chosen_parameters("stricter", {}).highest_snr == -18.0
    assert chosen_parameters("low_pass", {"cutoff": 300}) == IsolationParameters(audio_method="low_pass", cutoff=300.0)
    with pytest.raises(BadParameters, match="gentle"):
        chosen_parameters("gentle", {})


def test_modes_differ_and_cover_every_method():
    assert len({mode.digest for mode in MODES.values()}) == len(MODES)
    assert {mode.audio_method for mode in MODES.values()} == set(AUDIO_METHODS) == set(METHODS)


def test_settings_that_came_later_leave_the_digest_of_older_campaigns_alone():
    older = {name: value for name, value in IsolationParameters().as_record().items() if name not in ADDED}
    assert IsolationParameters.from_record(older).digest == IsolationParameters().digest
    assert IsolationParameters(cutoff=300.0).digest != IsolationParameters().digest
