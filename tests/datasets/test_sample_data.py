"""The shipped sample project: its clips, transcripts, planted values and simulated scores keep their promises."""

import csv
import itertools
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

SAMPLE = Path(__file__).parents[2] / "sample"
MODALITIES = ("text", "audio", "vision", "multimodal")
FRAME = Fraction(1, 25)

Row = dict[str, str]


def read_rows(name: str) -> list[Row]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key_of(clip: Row) -> tuple[str, str]:
    return clip["video"].removesuffix(".mp4"), clip["clip_id"]


def grid_steps(scores: list[int]) -> int:
    """The label in fifths, by an own reading of the rule: drop one highest and one lowest, average, round."""
    kept = sorted(scores)[1:-1]
    return round(Fraction(5 * sum(kept), 3 * len(kept)))


def class_of(steps: int) -> str:
    return next(
        name for name, highest in (("NEG", -4), ("WNEG", -1), ("NEU", 0), ("WPOS", 3), ("POS", 5)) if steps <= highest
    )


@pytest.fixture(scope="module")
def clips() -> list[Row]:
    return read_rows("clips.csv")


@pytest.fixture(scope="module")
def supervised(clips: list[Row]) -> list[Row]:
    return [clip for clip in clips if clip["supervised"] == "1"]


@pytest.fixture(scope="module")
def labels() -> dict[str, dict[tuple[str, str], int]]:
    scores: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for row in read_rows("scores.csv"):
        scores[row["modality"], row["video_id"], row["clip_id"]].append(int(row["score"]))
    return {
        modality: {
            (video, clip): grid_steps(given) for (kind, video, clip), given in scores.items() if kind == modality
        }
        for modality in MODALITIES
    }


def test_everything_together_is_at_most_six_megabytes() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file()) <= 6_000_000


def test_twelve_videos_hold_sixty_supervised_and_thirty_unlabelled_clips(clips: list[Row]) -> None:
    assert {path.name for path in (SAMPLE / "videos").iterdir()} == {clip["video"] for clip in clips}
    assert Counter(clip["supervised"] for clip in clips) == {"1": 60, "0": 30}
    supervised_by_video = Counter(clip["video"] for clip in clips if clip["supervised"] == "1")
    assert set(supervised_by_video.values()) == {5}
    assert len(supervised_by_video) == 12


def test_there_are_several_speakers_and_scenarios(clips: list[Row]) -> None:
    assert len({clip["speaker"] for clip in clips}) >= 6
    assert len({clip["scenario"] for clip in clips}) >= 5


def test_clips_last_two_to_five_seconds_and_lie_on_frames(clips: list[Row]) -> None:
    for clip in clips:
        start, end = Fraction(clip["start"]), Fraction(clip["end"])
        assert 2 <= end - start <= 5, clip
        assert (start / FRAME).denominator == 1, clip
        assert (end / FRAME).denominator == 1, clip


def test_clips_of_a_video_are_disjoint_with_a_pause_between(clips: list[Row]) -> None:
    by_video: dict[str, list[Row]] = defaultdict(list)
    for clip in clips:
        by_video[clip["video"]].append(clip)
    for rows in by_video.values():
        assert len({row["clip_id"] for row in rows}) == len(rows)
        pauses = [Fraction(after["start"]) - Fraction(before["end"]) for before, after in itertools.pairwise(rows)]
        assert min(pauses) >= Fraction("0.2")


@pytest.mark.parametrize("path", sorted((SAMPLE / "videos").glob("*.mp4")), ids=lambda path: path.stem)
def test_each_video_is_longer_than_its_last_clip(path: Path, clips: list[Row]) -> None:
    capture = cv2.VideoCapture(str(path))
    width, height, rate, frames = (
        capture.get(what)
        for what in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT, cv2.CAP_PROP_FPS, cv2.CAP_PROP_FRAME_COUNT)
    )
    assert (width, height, rate) == (640, 360, 25)
    assert frames / rate >= max(float(clip["end"]) for clip in clips if clip["video"] == path.name)


def test_transcripts_are_chinese_and_unique(clips: list[Row]) -> None:
    transcripts = [clip["transcript"] for clip in clips]
    assert len(set(transcripts)) == len(transcripts) == 90
    assert all(
        all("\u4e00" <= letter <= "\u9fff" or letter == "，" for letter in text) and len(text) >= 8
        for text in transcripts
    )


def test_only_the_last_annotators_last_six_clips_are_open(supervised: list[Row]) -> None:
    rows = read_rows("scores.csv")
    given = {(row["video_id"], row["clip_id"], row["modality"], row["annotator"]) for row in rows}
    wanted = {
        (*key_of(clip), modality, f"sample_a{number}")
        for clip in supervised
        for modality in MODALITIES
        for number in range(1, 8)
    }
    left_open = {(*key_of(clip), modality, "sample_a7") for clip in supervised[-6:] for modality in MODALITIES}
    assert len(given) == len(rows) == 60 * 4 * 7 - 24
    assert given == wanted - left_open
    assert {int(row["score"]) for row in rows} == set(range(-3, 4))


def test_every_class_has_several_clips_in_several_videos(labels: dict[str, dict[tuple[str, str], int]]) -> None:
    videos: dict[str, list[str]] = defaultdict(list)
    for (video, _), steps in labels["multimodal"].items():
        videos[class_of(steps)].append(video)
    assert set(videos) == {"NEG", "WNEG", "NEU", "WPOS", "POS"}
    assert min(len(members) for members in videos.values()) >= 6
    assert min(len(set(members)) for members in videos.values()) >= 5


def test_modalities_often_disagree(labels: dict[str, dict[tuple[str, str], int]]) -> None:
    disagreeing = [
        key
        for key in labels["text"]
        if len({class_of(labels[modality][key]) for modality in ("text", "audio", "vision")}) > 1
    ]
    assert len(disagreeing) >= 30
    values = np.array([[labels[modality][key] for key in labels["text"]] for modality in ("text", "audio", "vision")])
    assert np.abs(np.corrcoef(values)[np.triu_indices(3, 1)]).max() < 0.3


def test_labels_follow_the_planted_values(labels: dict[str, dict[tuple[str, str], int]]) -> None:
    planted = {(row["video_id"], row["clip_id"]): row for row in read_rows("planted.csv")}
    assert len(planted) == 90
    for modality in ("text", "audio", "vision"):
        pairs = np.array([(steps, int(planted[key][modality])) for key, steps in labels[modality].items()])
        assert np.corrcoef(pairs.T)[0, 1] > 0.9
