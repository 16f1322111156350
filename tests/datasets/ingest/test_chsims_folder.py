"""Tables of CH-SIMS folders: ids, labels on the grid, splits."""

import pytest

from datasets.ingest.chsims_folder import fifths_of, read_chsims_folder
from datasets.ingest.rows import BadRow
from datasets.ingest.tables import TableError
from datasets.vocabulary import Modality

HEADER = "video_id,clip_id,text,label,label_T,label_A,label_V,annotation,mode\n"


def read(folder, body, name="label.csv", header=HEADER):
    (folder / name).write_text(header + body, encoding="utf-8")
    return read_chsims_folder(folder)


def test_a_row_keeps_its_ids_labels_and_split(tmp_path):
    (row,) = read(tmp_path, "video_0001,0001,我很好,-0.6,1.0,0.0,-0.2,Negative,valid\n").rows
    assert (row.video_id, row.clip_id, row.video) == ("video_0001", "0001", "Raw/video_0001/0001.mp4")
    assert row.labels == {Modality.MULTIMODAL: -3, Modality.TEXT: 5, Modality.AUDIO: 0, Modality.VISION: -1}
    assert (row.given_split, row.supervised, row.start) == ("valid", True, None)


def test_the_name_of_the_second_release_is_read_too(tmp_path):
    assert len(read(tmp_path, "v,0001,好,0.2,,,,WPOS,train\n", name="meta.csv").rows) == 1


def test_single_modality_labels_may_be_missing(tmp_path):
    (row,) = read(tmp_path, "v,0001,好,0.2,,,,Positive,train\n").rows
    assert row.labels == {Modality.MULTIMODAL: 1}


def test_a_clip_without_any_label_is_unsupervised(tmp_path):
    (row,) = read(tmp_path, "v,0001,好,,,,,,\n").rows
    assert (row.supervised, row.labels, row.given_split) == (False, {}, "")


def test_known_columns_are_not_called_ignored(tmp_path):
    assert read(tmp_path, "v,0001,好,0,0,0,0,Neutral,test\n").ignored_columns == ()


@pytest.mark.parametrize("fifths", range(-5, 6))
def test_every_value_of_the_grid_is_read_exactly_even_after_float_arithmetic(fifths):
    assert fifths_of(f"{fifths / 5:.1f}", "label") == fifths
    assert fifths_of(repr(0.2 * fifths), "label") == fifths


@pytest.mark.parametrize("text", ["0.3", "0.33", "1.2", "-1.1", "nan", "inf", "5"])
def test_a_value_off_the_grid_is_refused_and_not_rounded(text):
    with pytest.raises(BadRow) as bad:
        fifths_of(text, "label_T")
    assert bad.value.code == "label_off_grid"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("v,0001,好,much,,,,,train", "bad_label"),
        ("v,0001,好,0.3,,,,,train", "label_off_grid"),
        ("v,0001,好,0.2,,,,,dev", "bad_split"),
        ("v,0001,,0.2,,,,,train", "empty_transcript"),
        ("..,0001,好,0.2,,,,,train", "bad_id"),
        ("v,../0001,好,0.2,,,,,train", "bad_id"),
        (",0001,好,0.2,,,,,train", "bad_id"),
    ],
)
def test_a_bad_row_is_rejected_by_name_with_its_line(tmp_path, row, code):
    table = read(tmp_path, f"v,0000,好,0,0,0,0,Neutral,train\n{row}\n")
    assert [(rejected.line, rejected.code) for rejected in table.rejected] == [(3, code)]
    assert len(table.rows) == 1


def test_a_folder_without_table_is_named(tmp_path):
    with pytest.raises(TableError, match=r"neither label\.csv nor meta\.csv"):
        read_chsims_folder(tmp_path)
