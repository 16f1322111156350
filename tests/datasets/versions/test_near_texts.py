import pytest

from datasets.manifest import FrozenClip
from datasets.versions.near_texts import near_texts
from datasets.vocabulary import Split


def clip(number: int, transcript: str, split: Split | None) -> FrozenClip:
    return FrozenClip(f"v{number}", "1", transcript, "", 1000, split=split)


def found(*clips: FrozenClip) -> list[tuple[str, str, float]]:
    return [(pair.first[:2], pair.second[:2], pair.likeness) for pair in near_texts(clips, most=9).pairs]


def test_the_same_words_in_two_splits_are_found_whatever_their_punctuation() -> None:
    one, other = clip(1, "今天天气真好啊！", Split.TRAIN), clip(2, "今天， 天气真好啊", Split.TEST)
    assert found(one, other) == [("v1", "v2", 1.0)]
    assert near_texts([other, one], most=9).pairs[0].splits == (Split.TRAIN, Split.TEST)


def test_one_changed_character_in_a_long_text_is_still_near() -> None:
    text = "我从来没有想过有一天会在这里遇见你们所有的人"
    ((_, _, likeness),) = found(clip(1, text, Split.VALID), clip(2, text.replace("有一天", "有那天"), Split.TEST))
    assert 0.8 <= likeness < 1


@pytest.mark.parametrize(
    ("text", "split"),
    [("完全不同的另外一句话", Split.TEST), ("今天天气真好啊", Split.TRAIN), ("今天天气真好啊", None)],
    ids=["other words", "the same split", "no split"],
)
def test_other_words_and_copies_within_a_split_are_no_leak(text: str, split: Split | None) -> None:
    assert found(clip(1, "今天天气真好啊", Split.TRAIN), clip(2, text, split)) == []


def test_short_answers_are_alike_without_being_copies() -> None:
    assert found(clip(1, "真的吗", Split.TRAIN), clip(2, "真的吗？", Split.TEST)) == []


def test_no_clip_at_all_has_no_copies() -> None:
    assert found() == []


def test_pairs_of_all_three_splits_are_found_the_likest_first() -> None:
    text = "我从来没有想过有一天会在这里遇见你们所有的人"
    near = text.replace("有一天", "有那天")
    pairs = found(clip(1, text, Split.TRAIN), clip(2, near, Split.VALID), clip(3, text, Split.TEST))
    assert [pair[:2] for pair in pairs] == [("v1", "v3"), ("v1", "v2"), ("v2", "v3")]
