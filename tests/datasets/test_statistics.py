from datasets.manifest import FrozenClip, FrozenScore
from datasets.statistics import describe_clips, distances_between
from datasets.vocabulary import Modality, Split


def clip(number: int, split: Split | None, fifths: int, *, video_id: str = "", speaker: str = "") -> FrozenClip:
    return FrozenClip(
        video_id=video_id or f"v{number}",
        clip_id=str(number),
        transcript="话",
        media_sha256="",
        milliseconds=1000 + number,
        speaker=speaker,
        scenario="film" if number % 2 else "",
        split=split,
        labels={Modality.MULTIMODAL: fifths, Modality.TEXT: -fifths},
        scores={Modality.TEXT: [FrozenScore("A1", 0), FrozenScore("A2", 0, simulated=True)]},
    )


CLIPS = [
    clip(1, Split.TRAIN, -5),
    clip(2, Split.TRAIN, -3),
    clip(3, Split.TRAIN, 0),
    clip(4, Split.VALID, 1),
    clip(5, Split.TEST, 5),
    FrozenClip("u", "6", "话", "", 500, supervised=False),
]


def test_table_1_counts_every_class_of_every_split() -> None:
    rows = {row.pop("split"): list(row.values()) for row in describe_clips(CLIPS)["table1"]}
    assert rows == {
        "train": [3, 1, 1, 1, 0, 0],
        "valid": [1, 0, 0, 0, 1, 0],
        "test": [1, 0, 0, 0, 0, 1],
        "all": [5, 1, 1, 1, 1, 1],
        "unsupervised": [1, None, None, None, None, None],
    }


def test_classes_are_counted_by_the_label_of_each_modality() -> None:
    classes = describe_clips(CLIPS)["classes"]
    assert classes["text"]["train"] == {"NEG": 0, "WNEG": 0, "NEU": 1, "WPOS": 1, "POS": 1}
    assert sum(classes["audio"]["train"].values()) == 0


def test_the_class_distance_is_half_the_summed_difference_of_shares() -> None:
    distance = describe_clips(CLIPS)["class_distance"]
    assert distance["test"] == 0.8  # all POS against a fifth of it
    assert distance["train"] == 0.4  # a third of each negative and neutral class against a fifth
    assert describe_clips(CLIPS[:3])["class_distance"]["test"] is None


def test_sources_and_speakers_in_two_splits_are_reported() -> None:
    leaking = [
        clip(1, Split.TEST, 0, video_id="a", speaker="王"),
        clip(2, Split.TRAIN, 0, video_id="a", speaker="李"),
        clip(3, Split.VALID, 0, video_id="b", speaker="王"),
    ]
    assert describe_clips(leaking)["leaks"] == {
        "sources": [{"name": "a", "splits": ["train", "test"]}],
        "speakers": [{"name": "王", "splits": ["valid", "test"]}],
    }
    assert describe_clips(CLIPS)["leaks"] == {"sources": [], "speakers": []}


def test_durations_scenarios_and_scores_are_summed() -> None:
    facts = describe_clips(CLIPS)
    assert facts["milliseconds"]["train"] == 3006
    assert facts["milliseconds"]["unsupervised"] == 500
    assert facts["milliseconds"]["all"] == 5515
    assert (facts["milliseconds"]["shortest"], facts["milliseconds"]["longest"]) == (500, 1005)
    assert facts["scenarios"] == {"film": 3}
    assert (facts["scores"], facts["simulated_scores"]) == (10, 5)
    assert (facts["clips"], facts["supervised"], facts["unsupervised"], facts["sources"]) == (6, 5, 1, 6)


def test_no_clip_at_all_is_described_too() -> None:
    assert describe_clips([])["milliseconds"]["longest"] == 0


def test_two_splits_with_the_same_shares_are_not_apart_and_with_no_class_in_common_wholly() -> None:
    counts = {"train": {"NEG": 4, "POS": 2}, "valid": {"NEG": 2, "POS": 1}, "test": {"NEG": 0, "POS": 3}}
    assert distances_between(counts) == [
        {"splits": ["train", "valid"], "distance": 0.0},
        {"splits": ["train", "test"], "distance": 0.6667},
        {"splits": ["valid", "test"], "distance": 0.6667},
    ]


def test_an_empty_split_is_at_no_distance() -> None:
    counts = {"train": {"NEG": 1}, "valid": {"NEG": 0}, "test": {"NEG": 1}}
    assert [each["distance"] for each in distances_between(counts)] == [None, 0.0, None]
