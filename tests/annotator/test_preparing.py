"""Settings of what comes before a stage, rounds of calibration, and distances."""

from datetime import UTC, datetime, timedelta

import pytest

from annotator.errors import BadPreparation
from annotator.preparing import CHECKS, Calibration, Check, Preparation, draw_round, is_fresh, round_distance
from datasets.vocabulary import Modality

AUDIO = {Modality.AUDIO: Calibration(3, 0.5)}
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def test_every_stage_has_its_row_of_checks():
    assert set(CHECKS) == set(Modality)
    assert CHECKS[Modality.AUDIO] == (Check.SOUND,)
    assert CHECKS[Modality.VISION] == (Check.SCREEN,)


def test_without_settings_nothing_but_sound_and_screen_comes_before_a_stage():
    assert Preparation.from_record({}) == Preparation(gap_hours=0, checks=True, calibration={})


def test_settings_survive_being_written_down():
    settings = Preparation(gap_hours=24, checks=False, calibration=AUDIO)
    assert Preparation.from_record(settings.as_record()) == settings


def test_single_settings_change_and_the_others_stay():
    settings = Preparation(gap_hours=24).changed(calibration=AUDIO)
    assert settings.changed(checks=False) == Preparation(24, False, AUDIO)
    assert settings.changed(calibration={Modality.AUDIO: None}) == Preparation(24)
    assert settings.changed(gap_hours=0).gap_hours == 0


@pytest.mark.parametrize("gap", [-1, 24 * 61, float("nan")])
def test_a_gap_is_some_hours(gap):
    with pytest.raises(BadPreparation, match="gap"):
        Preparation().changed(gap_hours=gap)


@pytest.mark.parametrize("wrong", [Calibration(0, 1), Calibration(51, 1), Calibration(3, -0.1), Calibration(3, 7)])
def test_a_calibration_has_clips_and_a_distance_on_the_scale(wrong):
    with pytest.raises(BadPreparation, match="calibration"):
        Preparation().changed(calibration={Modality.TEXT: wrong})


def drawn(pool=range(20), count=5, annotator="A1", modality=Modality.TEXT, number=1):
    return draw_round(pool, count, seed=7, annotator=annotator, modality=modality, number=number)


def test_a_round_is_stable_and_differs_by_annotator_stage_and_number():
    assert drawn() == drawn(pool=list(reversed(range(20))))
    assert len(set(drawn())) == 5
    others = [drawn(annotator="A2"), drawn(modality=Modality.AUDIO), drawn(number=2), drawn()]
    assert len({tuple(order) for order in others}) == 4


def test_a_round_takes_all_there_are_when_they_are_fewer():
    assert sorted(drawn(pool=[4, 2], count=5)) == [2, 4]


def test_distance_is_the_mean_of_absolute_differences():
    assert round_distance([(3, -3)]) == 6
    assert round_distance([(-1, 0), (1, 0), (0, 0), (2, 2)]) == 0.5


def test_a_check_counts_for_half_a_day():
    assert is_fresh(NOW, NOW + timedelta(hours=11, minutes=59))
    assert not is_fresh(NOW, NOW + timedelta(hours=12))
    assert not is_fresh(None, NOW)


def test_clips_that_did_not_play_count_nowhere_and_too_few_others_tell_nothing():
    assert round_distance([(3, 1), (None, 0)]) == 2
    assert round_distance([(3, 1), (None, 0), (None, 3)]) is None
    assert round_distance([(None, 0)]) is None


def test_clips_that_did_not_play_come_again_only_where_too_few_others_are_left():
    rounds = [
        draw_round(range(5), 3, seed=7, annotator="A1", modality=Modality.AUDIO, number=number, broken={0, 1})
        for number in range(1, 20)
    ]
    assert {clip for drawn in rounds for clip in drawn} == {2, 3, 4}
    drawn = draw_round(range(3), 3, seed=7, annotator="A1", modality=Modality.AUDIO, number=1, broken={0})
    assert sorted(drawn) == [0, 1, 2]
