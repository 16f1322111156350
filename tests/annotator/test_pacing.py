"""Pace, breaks and sessions, from times of answers."""

from datetime import UTC, datetime, timedelta

import pytest

from annotator.pacing import Answered, clips_an_hour, last_session, work_since_break

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def answers(*minutes: float, seconds: float = 30) -> list[Answered]:
    """Answers that came so many minutes before noon, newest first."""
    return [Answered(NOON - timedelta(minutes=each), seconds) for each in sorted(minutes)]


def test_pace_is_clips_for_an_hour_of_work_whatever_the_pauses_between():
    assert clips_an_hour(answers(0, 1, 2, 50, 600, seconds=12)) == 300


def test_pace_is_of_the_recent_answers_alone():
    slow_before = answers(*range(60), seconds=10) + answers(*range(60, 90), seconds=600)
    assert clips_an_hour(slow_before) == 360


@pytest.mark.parametrize("few", [[], answers(0, 1, 2, 3), answers(0, 1, 2, 3, 4, seconds=0)])
def test_too_few_answers_tell_no_pace(few):
    assert clips_an_hour(few) is None


def test_work_adds_up_without_idle_time_until_a_pause_of_five_minutes():
    busy = answers(*range(10), seconds=50)
    before_the_break = answers(*range(15, 40), seconds=50)
    assert work_since_break(busy + before_the_break, NOON) == timedelta(seconds=500)


def test_four_minutes_away_are_no_break():
    assert work_since_break(answers(0, 4), NOON + timedelta(minutes=4)) == timedelta(seconds=60)


def test_who_rests_now_has_worked_nothing_since():
    assert work_since_break(answers(0, 1, 2), NOON + timedelta(minutes=5)) == timedelta()
    assert work_since_break([], NOON) == timedelta()


def test_a_clip_that_took_long_is_work_and_no_pause():
    assert work_since_break([Answered(NOON, 600), *answers(10)], NOON) == timedelta(seconds=630)


def test_answers_kept_offline_that_arrive_together_count_as_work():
    together = [Answered(NOON, 40)] * 30
    assert work_since_break(together, NOON) == timedelta(minutes=20)
    assert clips_an_hour(together) == 90


def test_a_session_lasts_from_its_first_clip_to_its_last_answer_over_short_pauses():
    session = last_session(answers(0, 1, 20, 45) + answers(80, 81))
    assert session is not None
    assert (session.began, session.ended) == (NOON - timedelta(minutes=45, seconds=30), NOON)
    assert session.answers == 4


def test_who_never_answered_had_no_session():
    assert last_session([]) is None
