"""The table of what reaches the browser."""

from annotator.shown import PLAYED, SHOWN, SUFFIX, Medium, plays_file, shows_transcript
from datasets.vocabulary import Modality


def test_every_modality_has_its_row():
    assert set(SHOWN) == set(Modality)


def test_each_stage_shows_what_the_protocol_allows_and_no_more():
    assert SHOWN[Modality.TEXT] == {Medium.TRANSCRIPT}
    assert SHOWN[Modality.AUDIO] == {Medium.NOISED_AUDIO}
    assert SHOWN[Modality.VISION] == {Medium.SILENT_VIDEO}
    assert SHOWN[Modality.MULTIMODAL] == {Medium.VIDEO, Medium.TRANSCRIPT}


def test_the_words_are_shown_in_two_stages():
    assert [modality for modality in Modality if shows_transcript(modality)] == ["text", "multimodal"]


def test_every_stage_that_plays_has_one_kind_of_file():
    assert set(SUFFIX) == {modality for modality in Modality if plays_file(modality)}
    for modality in PLAYED:
        assert len(SHOWN[modality] - {Medium.TRANSCRIPT}) == 1
