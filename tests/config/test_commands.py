"""Commands set up an empty home, answer with one JSON object, and fail with one line."""

import json
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config.commands import in_words

ROOT = Path(__file__).resolve().parents[2]


def manage(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "CELERY_BROKER_URL")}
    command = [sys.executable, "manage.py", *arguments]
    variables = clean | {"CUESET_HOME": str(home)} | environment
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)


def test_the_first_command_sets_up_an_empty_home(tmp_path):
    home = tmp_path / "new" / "home"
    done = manage(home, "sweep_jobs", "--json")
    assert json.loads(done.stdout) == {"queued": {"media": 0, "features": 0, "training": 0}}
    assert (home / "cueset.sqlite3").is_file()
    assert stat.S_IMODE((home / "secret_key").stat().st_mode) == 0o600


def test_two_homes_have_two_keys(tmp_path):
    keys = set()
    for name in ("one", "two"):
        manage(tmp_path / name, "sweep_jobs")
        keys.add((tmp_path / name / "secret_key").read_text())
    assert len(keys) == 2


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode != 0
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_a_damaged_database_is_one_clear_line(tmp_path):
    (tmp_path / "cueset.sqlite3").write_bytes(b"this is no database, whatever its name says" * 100)
    line = one_line(manage(tmp_path, "sweep_jobs"))
    assert "cueset.sqlite3" in line
    assert "Restore a backup" in line


def test_a_port_in_use_is_one_clear_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        line = one_line(manage(tmp_path, "serve", "--port", str(port), "--no-sample"))
    assert f"Port {port}" in line
    assert "CUESET_PORT" in line


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 200 kB, which only the superuser may mount."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", folder], check=False)
    if mounted.returncode:
        pytest.skip("mounting a small disk needs the superuser")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_one_clear_line_and_room_mends_it(small_disk):
    line = one_line(manage(small_disk / "home", "sweep_jobs"))
    assert "The disk is full" in line
    assert "CUESET_HOME" in line
    subprocess.run(["mount", "-o", "remount,size=50m", small_disk], check=True)
    assert manage(small_disk / "home", "sweep_jobs").returncode == 0
    assert "MB are free" in one_line(manage(small_disk / "home", "serve", "--no-sample", "--port", "0"))


def test_a_setting_that_makes_no_sense_stops_the_start(tmp_path):
    done = manage(tmp_path, "sweep_jobs", STORAGE_URL="s3://bucket")
    assert "STORAGE_URL" in one_line(done)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([{"line": 18, "reason": "no score"}, {"line": 19, "reason": "no clip"}],
         "\n  line 18, reason no score\n  line 19, reason no clip"),
        (("a", "b"), "\n  a\n  b"),
        ({"per_label": 7, "left_out": []}, "per label 7, left out none"),
        (True, "yes"), (False, "no"), (None, "none"), ([], "none"), ("", "none"), (0, "0"), (0.5, "0.5"),
    ],
)  # fmt: skip
def test_an_answer_is_told_in_words_without_brackets(value, words):
    assert in_words(value) == words
