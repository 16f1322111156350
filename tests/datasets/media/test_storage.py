"""Workspaces leave nothing behind, not even those of processes that were killed."""

import os
import time
from pathlib import Path

from datasets.media import storage


def make_old(path: Path) -> None:
    long_ago = time.time() - storage.ABANDONED_SECONDS - 60
    os.utime(path, (long_ago, long_ago))


def test_a_workspace_is_gone_when_its_work_is_done():
    with storage.workspace() as folder:
        (folder / "half.mp4").write_bytes(b"half")
    assert not folder.exists()


def test_only_what_nobody_has_written_for_a_day_is_swept(settings, tmp_path):
    settings.HOME = tmp_path
    abandoned, in_use = tmp_path / "tmp" / "abandoned", tmp_path / "tmp" / "in_use"
    for folder in (abandoned, in_use):
        folder.mkdir(parents=True)
        (folder / "half.mp4").write_bytes(b"half")
        make_old(folder)
    make_old(abandoned / "half.mp4")
    assert storage.sweep_workspaces() == 1
    assert [path.name for path in (tmp_path / "tmp").iterdir()] == ["in_use"]
