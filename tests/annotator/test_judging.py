"""When a clip counts as perceived, and the reasons for which it may not be judged."""

import pytest

from annotator.judging import LONGEST_READING, REASONS, Reason, reading_seconds, was_perceived
from datasets.vocabulary import Modality

CLIP = {"transcript": "今天天气真好", "clip_seconds": 5.0}


@pytest.mark.parametrize("modality", [Modality.AUDIO, Modality.VISION, Modality.MULTIMODAL])
def test_what_plays_must_have_played_for_its_length(modality):
    assert was_perceived(modality, (5.0, 1), **CLIP)
    assert not was_perceived(modality, (4.0, 1), **CLIP)
    assert not was_perceived(modality, (60.0, 0), **CLIP)


def test_words_need_no_play_but_the_time_to_read_them():
    assert was_perceived(Modality.TEXT, (0.7, 0), **CLIP)
    assert not was_perceived(Modality.TEXT, (0.3, 0), **CLIP)


def test_what_was_not_measured_was_not_perceived():
    assert not was_perceived(Modality.TEXT, (None, None), **CLIP)


def test_longer_words_are_shown_longer_up_to_an_end():
    assert reading_seconds("好") < reading_seconds("好好好") < reading_seconds("好" * 500) == LONGEST_READING


def test_every_modality_has_its_reasons_and_a_broken_clip_can_be_told_in_all():
    assert set(REASONS) == set(Modality)
    assert all(Reason.TECHNICAL in reasons for reasons in REASONS.values())
