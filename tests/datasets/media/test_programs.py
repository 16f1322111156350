"""The programs are found, must prove themselves, and are missed in one clear sentence."""

import os
import subprocess
from importlib import util

import pytest

from datasets.media import programs


@pytest.fixture
def looked_anew():
    """Forget what was found, before the test and after it."""
    programs.programs.cache_clear()
    yield
    programs.programs.cache_clear()


@pytest.fixture
def no_wheels(monkeypatch):
    monkeypatch.setattr(util, "find_spec", lambda name: None)


def put_program(folder, name, answer):
    (folder / name).write_text(f"#!/bin/sh\necho '{answer}'\n")
    (folder / name).chmod(0o755)


def test_the_found_pair_runs():
    pair = programs.check_programs()
    for program in (pair.ffmpeg, pair.ffprobe):
        assert subprocess.run([program, "-version"], capture_output=True, check=True).stdout
    assert pair.ffmpeg_version != "unknown"


def test_a_system_pair_that_can_do_everything_is_preferred(tmp_path, monkeypatch, looked_anew):
    everything = " ".join(programs.ENCODERS | programs.FILTERS | programs.BITSTREAM_FILTERS)
    put_program(tmp_path, "ffmpeg", everything)
    put_program(tmp_path, "ffprobe", "ffprobe version 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert programs.ffmpeg() == tmp_path / "ffmpeg"
    assert programs.ffprobe() == tmp_path / "ffprobe"


def test_a_system_pair_that_lacks_a_part_is_named_with_it(tmp_path, monkeypatch, looked_anew, no_wheels):
    everything = programs.ENCODERS | programs.FILTERS | programs.BITSTREAM_FILTERS
    put_program(tmp_path, "ffmpeg", " ".join(everything - {"libx264"}))
    put_program(tmp_path, "ffprobe", "ffprobe version 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(programs.ProgramsMissing, match="system programs: lacks libx264"):
        programs.ffmpeg()


def test_without_any_programs_the_error_says_how_to_get_them(tmp_path, monkeypatch, looked_anew, no_wheels):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(programs.ProgramsMissing, match="apt install ffmpeg"):
        programs.check_programs()


def test_a_program_that_may_not_be_changed_is_copied_and_made_executable(tmp_path, monkeypatch):
    monkeypatch.setenv("CUESET_HOME", str(tmp_path / "home"))
    (tmp_path / "ffprobe").write_text("#!/bin/sh\necho copied\n")
    copy = programs._executable_copy(tmp_path / "ffprobe")
    assert os.access(copy, os.X_OK)
    assert subprocess.run([copy], capture_output=True, check=True, text=True).stdout == "copied\n"
    assert copy.is_relative_to(tmp_path / "home")
