import csv
import io
from dataclasses import replace

import pytest

from datasets.formats.chsims import CannotExport, annotation_of, label_csv, raw_path, unlabelled_csv
from datasets.manifest import FrozenClip
from datasets.vocabulary import Modality, Split

CLIP = FrozenClip(
    video_id="0001",
    clip_id="0007",
    transcript='他说,"好"\n走',
    media_sha256="",
    milliseconds=1000,
    split=Split.VALID,
    labels={Modality.MULTIMODAL: -4, Modality.TEXT: 5, Modality.AUDIO: 0, Modality.VISION: 1},
)
UNSUPERVISED = replace(CLIP, clip_id="0008", supervised=False, split=None, labels={})


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def test_label_csv_has_the_published_columns_in_their_order() -> None:
    header, row = rows(label_csv([CLIP, UNSUPERVISED]))
    assert header == ["video_id", "clip_id", "text", "label", "label_T", "label_A", "label_V", "annotation", "mode"]
    assert row == ["0001", "0007", '他说,"好"\n走', "-0.8", "1.0", "0.0", "0.2", "Negative", "valid"]


def test_a_label_that_is_not_there_is_blank() -> None:
    _, row = rows(label_csv([replace(CLIP, labels={Modality.MULTIMODAL: 0})]))
    assert row[3:8] == ["0.0", "", "", "", "Neutral"]


@pytest.mark.parametrize("fifths", range(-5, 6))
def test_every_label_is_written_as_its_shortest_decimal(fifths: int) -> None:
    _, row = rows(label_csv([replace(CLIP, labels=dict.fromkeys(Modality, fifths))]))
    assert row[3] == f"{fifths / 5:.1f}"
    assert annotation_of(fifths) == ["Neutral", "Positive", "Negative"][(fifths > 0) - (fifths < 0)]


def test_texts_that_look_like_formulas_stay_exact() -> None:
    _, row = rows(label_csv([replace(CLIP, transcript="=1+1")]))
    assert row[2] == "=1+1"


def test_lines_end_as_on_unix_and_there_is_no_mark_at_the_start() -> None:
    content = label_csv([replace(CLIP, transcript="好")])
    assert content.startswith(b"video_id")
    assert b"\r" not in content


def test_unsupervised_clips_are_listed_apart() -> None:
    assert rows(unlabelled_csv([CLIP, UNSUPERVISED])) == [
        ["video_id", "clip_id", "text"],
        ["0001", "0008", '他说,"好"\n走'],
    ]


def test_videos_lie_by_source_and_clip() -> None:
    assert raw_path(CLIP) == "Raw/0001/0007.mp4"


@pytest.mark.parametrize("bad", ["..", ".", "", "a/b", "a\\b", "/etc", "a\0b"])
def test_ids_that_would_leave_the_folder_are_refused(bad: str) -> None:
    for clip in (replace(CLIP, video_id=bad), replace(CLIP, clip_id=bad)):
        with pytest.raises(CannotExport, match="cannot be the name of a file"):
            raw_path(clip)
