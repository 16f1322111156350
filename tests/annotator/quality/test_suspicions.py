"""What is noticed in answers, and what is not."""

import numpy as np
import pytest

from annotator.quality.answers import Answer, arrange
from annotator.quality.suspicions import LIMITS, Pattern, suspicions

CLIPS = 60
NAMES = [f"A{number}" for number in range(1, 8)]


def people(**odd):
    """Seven annotators near the truth, of whom A1 answers as told."""
    chance = np.random.default_rng(1)
    truth = chance.integers(-2, 3, CLIPS)
    answers = []
    for name in NAMES:
        for clip in range(CLIPS):
            score, seconds = int(np.clip(truth[clip] + chance.integers(-1, 2), -3, 3)), 5.0
            if name == "A1":
                score, seconds = odd.get("score", lambda _, usual: usual)(clip, score), odd.get("seconds", 5.0)
            answers.append(Answer(name, clip, score, order=clip, seconds=seconds, clip_seconds=odd.get("lasts", 3.0)))
    return arrange(answers, NAMES)


def patterns(stage):
    return {(each.annotator, each.pattern) for each in suspicions(stage)}


def test_honest_annotators_are_not_suspected():
    assert patterns(people()) == set()


def test_all_the_same_key_is_noticed_with_its_share():
    found = suspicions(people(score=lambda clip, usual: 0))
    same = next(each for each in found if each.pattern == Pattern.SAME_KEY)
    assert (same.annotator, same.figure, same.limit, same.answers) == ("A1", 1.0, LIMITS[Pattern.SAME_KEY], CLIPS)


def test_a_long_run_of_one_key_is_noticed_among_varied_answers():
    assert ("A1", Pattern.LONG_RUN) in patterns(people(score=lambda clip, usual: 2 if clip < 20 else usual))


def test_answers_faster_than_the_clip_are_noticed():
    assert patterns(people(seconds=2.5)) == {("A1", Pattern.FASTER_THAN_CLIP)}


def test_nothing_is_faster_than_a_text():
    assert patterns(people(seconds=2.5, lasts=None)) == set()


def test_an_annotator_who_presses_the_opposite_key_is_noticed():
    assert ("A1", Pattern.AGAINST_THE_REST) in patterns(people(score=lambda clip, usual: -usual))


@pytest.mark.parametrize("sign", [1, -1])
def test_drift_either_way_is_noticed(sign):
    wander = people(score=lambda clip, usual: int(np.clip(usual + sign * (3 * clip // CLIPS - 1), -3, 3)))
    assert ("A1", Pattern.DRIFT) in patterns(wander)


def test_few_answers_are_not_judged():
    answers = [Answer(name, clip, 0, order=clip, seconds=0.1, clip_seconds=3.0) for name in NAMES for clip in range(19)]
    assert suspicions(arrange(answers, NAMES)) == []


def test_every_pattern_has_a_limit():
    assert set(LIMITS) == set(Pattern)


def test_who_needs_a_third_of_the_others_time_is_noticed_even_where_nothing_plays():
    assert patterns(people(seconds=1.0, lasts=None)) == {("A1", Pattern.MUCH_FASTER)}
    assert patterns(people(seconds=2.5, lasts=None)) == set()


def test_the_same_key_pressed_before_the_clip_can_have_ended_is_both_noticed():
    found = patterns(people(score=lambda clip, usual: 0, seconds=1.0))
    assert {("A1", Pattern.SAME_KEY), ("A1", Pattern.FASTER_THAN_CLIP), ("A1", Pattern.MUCH_FASTER)} <= found
