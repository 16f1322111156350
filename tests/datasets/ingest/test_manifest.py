"""Manifests: what is read from them, and how every kind of bad row is named."""

import pytest

from datasets.ingest.manifest import read_manifest, seconds_of
from datasets.ingest.rows import BadRow
from datasets.ingest.tables import TableError

HEADER = "video,start,end,transcript,speaker,scenario,supervised\n"


@pytest.fixture
def manifest(tmp_path):
    """Write a manifest and read it."""

    def read(text, encoding="utf-8"):
        path = tmp_path / "clips.csv"
        path.write_bytes(text.encode(encoding))
        return read_manifest(path)

    return read


def the_only_rejection(table):
    (rejected,) = table.rejected
    assert table.rows == ()
    return rejected


def test_a_row_is_read_with_all_its_columns(manifest):
    (row,) = manifest(HEADER + "monday/a.mp4,0:01,2.5,我很高兴,李,家,0\n").rows
    assert (row.line, row.video, row.video_id, row.clip_id) == (2, "monday/a.mp4", "monday_a", "0001")
    assert (row.start, row.end, row.transcript) == (1.0, 2.5, "我很高兴")
    assert (row.speaker, row.scenario, row.supervised) == ("李", "家", False)


def test_headers_may_be_in_any_case_order_and_after_a_byte_order_mark(manifest):
    (row,) = manifest("Transcript, END ,Start,VIDEO\n好,2,1,a.mp4\n", encoding="utf-8-sig").rows
    assert (row.transcript, row.start, row.end, row.supervised) == ("好", 1.0, 2.0, True)


def test_clips_without_id_are_numbered_by_video_and_bad_rows_keep_their_number(manifest):
    table = manifest(HEADER + "a.mp4,0,1,好,,,1\na.mp4,2,1,好,,,1\nb.mp4,0,1,好,,,1\na.mp4,3,4,好,,,1\n")
    assert [(row.video, row.clip_id) for row in table.rows] == [("a.mp4", "0001"), ("b.mp4", "0001"), ("a.mp4", "0003")]


def test_ids_stay_the_strings_they_are(manifest):
    (row,) = manifest("video,clip_id,start,end,transcript\na.mp4,007,0,1,好\n").rows
    assert row.clip_id == "007"


def test_lines_are_counted_as_editors_do_even_after_a_text_of_two_lines(manifest):
    table = manifest(HEADER + 'a.mp4,0,1,"一\n二",,,1\n\na.mp4,1,0,好,,,1\n')
    assert table.rows[0].transcript == "一\n二"
    assert [row.line for row in table.rejected] == [5]


def test_columns_that_nothing_is_taken_from_are_named(manifest):
    assert manifest("video,start,end,transcript,speker\na.mp4,0,1,好,李\n").ignored_columns == ("speker",)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("a.mp4,2,2,好,,,1", "end_before_start"),
        ("a.mp4,2,1,好,,,1", "end_before_start"),
        ("a.mp4,soon,1,好,,,1", "bad_time"),
        ("a.mp4,0,,好,,,1", "bad_time"),
        ("a.mp4,-1,1,好,,,1", "bad_time"),
        ("a.mp4,nan,1,好,,,1", "bad_time"),
        (f"a.mp4,0,{'9' * 5000},好,,,1", "bad_time"),
        (f"{'视' * 70}.mp4,0,1,好,,,1", "bad_id"),
        ("a.mp4,0,1, ,,,1", "empty_transcript"),
        ("a.mp4,0,1,好,,,perhaps", "bad_supervised"),
        ("a.mp4,0,1,好,李,家,1,more", "wrong_cell_count"),
        ("a.mp4,0,1,好", "wrong_cell_count"),
        (",0,1,好,,,1", "no_such_file"),
        ("../a.mp4,0,1,好,,,1", "outside_folder"),
        ("/etc/passwd,0,1,好,,,1", "outside_folder"),
        ("b/../../a.mp4,0,1,好,,,1", "outside_folder"),
        ("C:a.mp4,0,1,好,,,1", "outside_folder"),
        ("a$_$b.mp4,0,1,好,,,1", "bad_id"),
        ("a\\b.mp4,0,1,好,,,1", "bad_id"),
        (f"a.mp4,0,1,好,{'x' * 201},,1", "text_too_long"),
        ("a.mp4,0,1,好\x00,,,1", "bad_text"),
    ],
)
def test_a_bad_row_is_rejected_by_name_with_its_line(manifest, row, code):
    rejected = the_only_rejection(manifest(HEADER + row + "\n"))
    assert (rejected.line, rejected.code) == (2, code)
    assert rejected.reason


@pytest.mark.parametrize("clip_id", ["a/b", "..", ".hidden", "a$_$b", "a\\b"])
def test_an_id_that_is_no_file_name_is_rejected(manifest, clip_id):
    table = manifest(f"video,clip_id,start,end,transcript\na.mp4,{clip_id},0,1,好\n")
    assert the_only_rejection(table).code == "bad_id"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0", 0), ("12.5", 12.5), (".5", 0.5), ("1:02", 62), ("90:00", 5400), ("1:02:03.250", 3723.25)],
)
def test_times_are_seconds_or_hours_minutes_and_seconds(text, seconds):
    assert seconds_of(text, "start") == seconds


@pytest.mark.parametrize("text", ["1:60", "1:60:00", "1:2:3:4", "1e3", "１２", "", ":", "1:", "inf"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(BadRow):
        seconds_of(text, "start")


def test_a_missing_column_is_an_error_of_the_whole_file(manifest):
    with pytest.raises(TableError, match="lacks the column end, transcript"):
        manifest("video,start\na.mp4,0\n")


def test_an_empty_file_lacks_every_column(manifest):
    with pytest.raises(TableError, match="lacks the column video"):
        manifest("")


def test_a_column_given_twice_is_an_error_of_the_whole_file(manifest):
    with pytest.raises(TableError, match="start more than once"):
        manifest("video,start,Start,end,transcript\na.mp4,0,1,2,好\n")


@pytest.mark.parametrize(("encoding", "name"), [("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("gb18030", "GB18030")])
def test_other_encodings_are_read_and_named(manifest, encoding, name):
    table = manifest(HEADER + "a.mp4,0,1,我很高兴,,,1\n", encoding=encoding)
    assert (table.rows[0].transcript, table.encoding) == ("我很高兴", name)


def test_bytes_that_are_text_in_no_encoding_are_an_error_of_the_whole_file(tmp_path):
    (tmp_path / "clips.csv").write_bytes(HEADER.encode() + b"a.mp4,0,1,\xff\xff,,,1\n")
    with pytest.raises(TableError, match="neither UTF-8, UTF-16 nor GB18030"):
        read_manifest(tmp_path / "clips.csv")


def test_an_open_quote_is_named(manifest):
    table = manifest(HEADER + 'a.mp4,0,1,"好,,,1\n')
    with pytest.raises(TableError, match="quotes"):
        list(table.entries())


def test_a_missing_manifest_is_named(tmp_path):
    with pytest.raises(TableError, match="There is no file"):
        read_manifest(tmp_path / "none.csv")
