"""Checks of ids and texts, and the list of reasons that people can look up."""

import re
from pathlib import Path

import pytest

import annotator.score_rows
import datasets.ingest
from datasets.ingest.rows import BadRow, checked_id, checked_name, checked_path, checked_transcript


def test_every_code_of_a_bad_row_is_explained_in_the_documentation():
    package = Path(datasets.ingest.__file__).parent
    files = [*package.glob("*.py"), Path(annotator.score_rows.__file__)]
    used = {code for file in files for code in re.findall(r'BadRow\(\s*"(\w+)"', file.read_text())}
    used |= {code for code, _ in annotator.score_rows.REFUSALS.values()}
    table = (package.parents[1] / "docs" / "importing.md").read_text().split("## What stays out")[1]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    explained = {code for cell in first_cells for code in re.findall(r"`(\w+)`", cell)}
    assert used == explained


def test_texts_are_trimmed_and_composed():
    assert checked_name("  e\u0301  ", "speaker") == "é"
    assert checked_transcript(" 一\r\n二 ", "transcript") == "一\n二"


@pytest.mark.parametrize("path", ["a.mp4", "monday/a.mp4", "./a.mp4", "with space 和中文.mp4"])
def test_paths_below_the_folder_are_kept(path):
    assert checked_path(path, "video") == path.removeprefix("./")


@pytest.mark.parametrize("identifier", ["0001", "video_0001", "a b", "视频", "a.b", "-1", "=1+1"])
def test_ids_that_can_be_file_names_are_kept_as_they_are(identifier):
    assert checked_id(identifier, "clip_id") == identifier


@pytest.mark.parametrize("name", ["two\nlines", "a\ttab", "bell\x07"])
def test_names_have_one_line_without_control_characters(name):
    with pytest.raises(BadRow) as bad:
        checked_name(name, "speaker")
    assert bad.value.code == "bad_text"
