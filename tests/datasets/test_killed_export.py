"""An export whose process is killed in the middle leaves nothing under its name, and is made whole by the next."""

import hashlib
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLIPS, BYTES = 8, 25_000_000  # enough that copying them can be caught in the middle
PREPARE = f"""
import django, hashlib
django.setup()
from datasets.media.storage import keep, workspace
from datasets.models import Clip
from datasets.services.projects import find_or_make_project
from datasets.services.versions import publish_version
from tests.factories import fill_project
project = fill_project(find_or_make_project(name="killed"), sources=4, clips_each={CLIPS // 4}, unsupervised=0)
for number, clip in enumerate(Clip.objects.all()):
    content = bytes([number]) * {BYTES}
    with workspace() as folder:
        (folder / "clip.mp4").write_bytes(content)
        keep(folder / "clip.mp4", clip.file)
    Clip.objects.filter(pk=clip.pk).update(sha256=hashlib.sha256(content).hexdigest())
print(publish_version(project=project, seed=1).version.pk)
"""


def run(home: Path, *arguments: str) -> str:
    environment = {**os.environ, "CUESET_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout


def wait_for_half_a_file(home: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if any(path.stat().st_size > BYTES for path in (home / "tmp").rglob("export.zip")):
            return
        time.sleep(0.01)
    raise AssertionError("the export was never caught in the middle")


def test_a_killed_export_leaves_nothing_and_the_next_is_whole(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    run(home, "manage.py", "migrate", "-v0")
    version = run(home, "-c", PREPARE).split()[-1]
    command = ["manage.py", "export_version", version, "--format", "csv", "--out", str(out)]
    environment = {**os.environ, "CUESET_HOME": str(home)}
    export = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, start_new_session=True)
    wait_for_half_a_file(home)
    os.killpg(export.pid, signal.SIGKILL)
    export.wait()
    assert not list(out.iterdir())
    assert not list((home / "media").rglob("exports/*"))
    run(home, *command)
    (made,) = out.iterdir()
    with zipfile.ZipFile(made) as archive:
        assert len([name for name in archive.namelist() if name.endswith(".mp4")]) == CLIPS
        for line in archive.read("killed/SHA256SUMS").decode().splitlines():
            digest, name = line.split("  ", 1)
            with archive.open(f"killed/{name}") as file:
                assert hashlib.file_digest(file, "sha256").hexdigest() == digest
