from datasets.manifest import FrozenClip
from datasets.versions.near_media import near_media
from datasets.vocabulary import Split

PRINT = "0123456789abcdef" * 3
NEAR = "0123456789abcdee" * 3  # one bit in each frame
FAR = "fedcba9876543210" * 3


def clip(number: int, split: Split | None, milliseconds: int = 3000) -> FrozenClip:
    return FrozenClip(f"v{number}", "1", "", "", milliseconds, split=split)


def found(clips: list[FrozenClip], *prints: str) -> list[tuple[str, str, float]]:
    fingerprints = {each.name: digits for each, digits in zip(clips, prints, strict=True)}
    return [(pair.first[:2], pair.second[:2], pair.likeness) for pair in near_media(clips, fingerprints, most=9).pairs]


def test_videos_that_look_the_same_in_two_splits_are_found() -> None:
    clips = [clip(1, Split.TRAIN), clip(2, Split.TEST), clip(3, Split.VALID)]
    assert found(clips, PRINT, PRINT, NEAR) == [("v1", "v2", 1.0), ("v1", "v3", 0.984), ("v3", "v2", 0.984)]


def test_other_pictures_and_copies_within_a_split_are_no_leak() -> None:
    assert found([clip(1, Split.TRAIN), clip(2, Split.TEST)], PRINT, FAR) == []
    assert found([clip(1, Split.TRAIN), clip(2, Split.TRAIN)], PRINT, PRINT) == []


def test_pictures_of_another_length_are_another_video() -> None:
    assert found([clip(1, Split.TRAIN), clip(2, Split.TEST, 4000)], PRINT, PRINT) == []


def test_clips_without_a_fingerprint_are_not_compared() -> None:
    assert found([clip(1, Split.TRAIN), clip(2, Split.TEST)], PRINT, "") == []
