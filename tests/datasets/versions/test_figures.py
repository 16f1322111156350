from dataclasses import replace

import pytest

from datasets.manifest import FrozenClip, FrozenScore
from datasets.versions.figure_tables import figure_tables
from datasets.versions.figures import count_words, draw_figures
from datasets.vocabulary import Modality, SentimentClass, Split, sentiment_class

TEXT, AUDIO, MULTIMODAL = Modality.TEXT, Modality.AUDIO, Modality.MULTIMODAL


def clip(number: int, labels: dict[Modality, int], **facts: object) -> FrozenClip:
    given = {"transcript": "你好", "milliseconds": 1500, "scenario": "film", "split": Split.TRAIN, **facts}
    return FrozenClip(video_id="v", clip_id=str(number), media_sha256="", labels=labels, **given)


CLIPS = [
    clip(1, {TEXT: -5, AUDIO: 1, MULTIMODAL: 5}),
    clip(2, {TEXT: 0, AUDIO: 1, MULTIMODAL: 1}, milliseconds=1999),
    clip(3, {TEXT: 2, MULTIMODAL: -1}, scenario="", milliseconds=95_000),
    clip(4, {}, supervised=False, split=None, transcript="没有 label", milliseconds=400),
]


def test_the_published_table_gives_the_published_ratio_of_positive_to_negative() -> None:
    published = {"NEG": 1436, "WNEG": 754, "NEU": 387, "WPOS": 584, "POS": 1242}  # Table 1, summed over its splits
    fifths = {str(sentiment_class(value)): value for value in (-5, -2, 0, 2, 5)}
    rows = [
        clip(number, {MULTIMODAL: fifths[name]})
        for name in SentimentClass
        for number in range(published[name])
    ]  # fmt: skip
    polarity = draw_figures(rows)["polarity"]["multimodal"]
    assert (polarity["positive"], polarity["negative"], polarity["neutral"]) == (1826, 2190, 387)
    assert polarity["ratio"] == pytest.approx(0.8341, abs=0.0005)  # 83.41 % in section 3.2


def test_a_ratio_without_negative_clips_is_none() -> None:
    assert draw_figures(CLIPS[:1])["polarity"]["multimodal"]["ratio"] is None


def test_the_discrepancy_of_every_pair_is_the_mean_of_what_both_have() -> None:
    found = {tuple(each["modalities"]): (each["clips"], each["mean"]) for each in draw_figures(CLIPS)["discrepancies"]}
    assert len(found) == 6
    assert found["text", "multimodal"] == (3, pytest.approx((10 + 1 + 3) / 3 / 5, abs=1e-4))
    assert found["text", "audio"] == (2, pytest.approx((6 + 1) / 2 / 5))
    assert found["text", "vision"] == (0, None)


def test_labels_are_counted_on_eleven_values() -> None:
    grid = draw_figures(CLIPS)["grid"]
    assert grid["multimodal"] == [0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1]
    assert sum(grid["vision"]) == 0


def test_lengths_are_counted_by_the_second_and_the_last_bin_is_open() -> None:
    durations = draw_figures(CLIPS)["durations"]
    assert durations["supervised"] == [0, 2, *[0] * 18, 1]
    assert durations["unsupervised"] == [1, *[0] * 20]


def test_clips_without_a_video_are_in_no_bin_of_lengths() -> None:
    assert sum(draw_figures([clip(1, {TEXT: 0}, milliseconds=0)])["durations"]["supervised"]) == 0


def test_scenarios_tell_clips_time_and_words_and_the_nameless_come_last() -> None:
    first, last = draw_figures(CLIPS)["scenarios"]
    assert (first["scenario"], last["scenario"]) == ("film", "")
    assert first["supervised"] == {"clips": 2, "milliseconds": 3499, "words": 4}
    assert first["unsupervised"] == {"clips": 1, "milliseconds": 400, "words": 3}


@pytest.mark.parametrize(
    ("text", "words"), [("", 0), ("你好，世界", 4), ("don't stop", 3), ("㐀豈", 2), ("OK啊", 2), ("a_b", 1)]
)
def test_a_chinese_character_is_a_word_and_so_is_a_run_of_letters(text: str, words: int) -> None:
    assert count_words(text) == words


def test_clips_that_disagree_most_come_first_and_agreeing_ones_not_at_all() -> None:
    same = clip(9, {TEXT: 1, AUDIO: 1, MULTIMODAL: 1})
    found = draw_figures([*CLIPS, same])["disagreeing"]
    assert [(each["clip"], each["spread"]) for each in found] == [("v$_$1", 2.0), ("v$_$3", 0.6), ("v$_$2", 0.2)]
    assert found[0]["labels"] == {"text": -1.0, "audio": 0.2, "vision": None, "multimodal": 1.0}


def test_agreement_is_told_by_modality_and_not_where_nobody_rated() -> None:
    rated = [
        replace(one, scores={AUDIO: [FrozenScore(f"A{n}", score) for n in range(3)]})
        for one, score in zip(CLIPS, (-3, 0, 3), strict=False)
    ]
    agreement = draw_figures(rated)["agreement"]
    assert agreement["audio"]["alpha"]["value"] == pytest.approx(1)
    assert agreement["text"] is None


def test_no_clip_at_all_has_figures_too() -> None:
    assert draw_figures([])["scenarios"] == []


def test_every_table_has_rows_as_long_as_its_header() -> None:
    tables = dict(figure_tables(draw_figures(CLIPS)))
    assert set(tables) == {
        "table1", "scenarios", "durations", "classes", "grid", "polarity", "discrepancies", "agreement", "disagreeing",
    }  # fmt: skip
    for rows in tables.values():
        assert {len(row) for row in rows} == {len(rows[0])}
