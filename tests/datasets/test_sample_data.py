"""The shipped sample is what its README says."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest

from annotator.aggregation.trimmed_mean import label_in_fifths
from datasets.media.probe import probe
from datasets.vocabulary import SentimentClass, sentiment_class

SAMPLE = Path(__file__).resolve().parents[2] / "sample"
MODALITIES = ("text", "audio", "vision", "multimodal")


def table(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CLIPS, SCORES, PLANTED = table("clips.csv"), table("scores.csv"), table("planted.csv")
SUPERVISED = [row for row in CLIPS if row["supervised"] == "1"]


def name_of(row: dict[str, str]) -> tuple[str, str]:
    return row.get("video_id") or Path(row["video"]).stem, row["clip_id"]


def test_it_is_small_enough_to_ship():
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file()) <= 6_000_000


def test_it_has_twelve_videos_and_sixty_and_thirty_clips():
    assert len(list((SAMPLE / "videos").glob("*.mp4"))) == 12
    assert (len(SUPERVISED), len(CLIPS) - len(SUPERVISED)) == (60, 30)
    assert len({row["speaker"] for row in CLIPS}) >= 6


def test_every_transcript_is_there_once():
    texts = [row["transcript"].strip() for row in CLIPS]
    assert all(texts)
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("video", sorted({row["video"] for row in CLIPS}))
def test_clips_last_two_to_five_seconds_at_whole_frames_and_do_not_overlap(video):
    seconds = probe(SAMPLE / "videos" / video).duration
    end_before = 0.0
    for row in (row for row in CLIPS if row["video"] == video):
        start, end = float(row["start"]), float(row["end"])
        assert start * 25 == pytest.approx(round(start * 25))
        assert end * 25 == pytest.approx(round(end * 25))
        assert 2 <= round(end - start, 3) <= 5
        assert start >= end_before
        end_before = end
    assert end_before <= seconds


def test_every_score_is_there_but_for_the_last_annotators_last_six_clips():
    given = Counter((name_of(row), row["modality"], row["annotator"]) for row in SCORES)
    assert set(given.values()) == {1}
    expected = {
        (name_of(row), modality, f"sample_a{number}")
        for row in SUPERVISED
        for modality in MODALITIES
        for number in range(1, 8)
    }
    missing = {(name_of(row), modality, "sample_a7") for row in SUPERVISED[-6:] for modality in MODALITIES}
    assert expected - set(given) == missing
    assert {int(row["score"]) for row in SCORES} == set(range(-3, 4))


def labels() -> dict[str, dict[tuple[str, str], int]]:
    scores: dict[str, dict[tuple[str, str], list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in SCORES:
        scores[row["modality"]][name_of(row)].append(int(row["score"]))
    return {
        modality: {clip: label_in_fifths(given) for clip, given in clips.items()} for modality, clips in scores.items()
    }


def test_all_five_classes_occur_in_the_multimodal_labels():
    classes = Counter(sentiment_class(fifths) for fifths in labels()["multimodal"].values())
    assert set(classes) == set(SentimentClass)
    assert min(classes.values()) >= 3, classes


def test_the_modalities_often_disagree_yet_each_label_follows_what_was_planted():
    settled = labels()
    planted = {name_of(row): row for row in PLANTED}
    clips = list(settled["text"])
    for modality in ("text", "audio", "vision"):
        truth = [int(planted[clip][modality]) for clip in clips]
        found = [settled[modality][clip] for clip in clips]
        assert np.corrcoef(truth, found)[0, 1] > 0.95
    opposed = [clip for clip in clips if settled["text"][clip] * settled["vision"][clip] < 0]
    assert len(opposed) >= 10
