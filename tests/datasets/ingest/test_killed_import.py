"""An import whose process is killed in the middle, and the same command again: on a database of their own."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
ROWS = 30_000


def start(home, folder):
    environment = os.environ | {"CUESET_HOME": str(home), "DATABASE_URL": f"sqlite:///{home / 'cueset.sqlite3'}"}
    command = [sys.executable, "manage.py", "import_chsims", str(folder), "--project", "killed", "--json"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def clips_in(home):
    """Clips written so far, none while there is no table for them."""
    try:
        with closing(sqlite3.connect(f"file:{home / 'cueset.sqlite3'}?mode=ro", uri=True, timeout=30)) as database:
            return database.execute("SELECT count(*) FROM datasets_clip").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def test_the_rest_goes_in_and_nothing_twice_when_a_killed_import_is_started_again(tmp_path):
    home, folder = tmp_path / "home", tmp_path / "folder"
    home.mkdir()
    folder.mkdir()
    rows = (f"v{row // 30},{row:05d},第{row}句,0.2,,,,,train\n" for row in range(ROWS))
    (folder / "label.csv").write_text(
        "video_id,clip_id,text,label,label_T,label_A,label_V,annotation,mode\n" + "".join(rows)
    )
    killed = start(home, folder)
    deadline = time.monotonic() + 240
    while killed.poll() is None and not clips_in(home) and time.monotonic() < deadline:
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    before = clips_in(home)
    assert 0 < before < ROWS
    again = start(home, folder)
    report = json.loads(again.communicate(timeout=240)[0])
    assert again.returncode == 0
    assert clips_in(home) == ROWS
    assert report["clips"] == ROWS - before
    assert {row["code"] for row in report["rejected"]} == {"duplicate_id"}
    assert report["rejected_count"] == before
