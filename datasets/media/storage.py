"""Finished files by key: moved into storage whole, read back as a local path."""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage, storages

ABANDONED_SECONDS = 24 * 3600


@contextmanager
def workspace() -> Iterator[Path]:
    """A folder for half-made files, on the same disk as the local storage, gone afterwards."""
    parent = Path(settings.HOME) / "tmp"
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep_workspaces() -> int:
    """Remove the workspaces of processes that were killed long ago; returns how many."""
    folders = [path for path in (Path(settings.HOME) / "tmp").glob("*") if is_abandoned(path)]
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    return len(folders)


def is_abandoned(folder: Path) -> bool:
    """Nothing in it was written for longer than any one file takes to make."""
    try:
        times = [folder.stat().st_mtime, *(path.stat().st_mtime for path in folder.rglob("*"))]
    except FileNotFoundError:  # its owner is tidying up
        return False
    return time.time() - max(times) > ABANDONED_SECONDS


def keep(path: Path, key: str) -> str:
    """Move a complete file into storage under `key`, replacing what stood there in one step; returns the key."""
    if isinstance(storages["default"], FileSystemStorage):
        target = Path(default_storage.path(key))
        target.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as file:
            os.fsync(file.fileno())
        path.replace(target)
        return key
    if default_storage.exists(key):
        default_storage.delete(key)
    with path.open("rb") as file:
        return str(default_storage.save(key, File(file)))


@contextmanager
def local(key: str) -> Iterator[Path]:
    """A readable local path to a stored file: the file itself, or a copy that is gone afterwards."""
    if isinstance(storages["default"], FileSystemStorage):
        yield Path(default_storage.path(key))
        return
    with workspace() as folder:
        copy = folder / Path(key).name
        with default_storage.open(key) as stored, copy.open("wb") as file:
            shutil.copyfileobj(stored, file)
        yield copy


def sha256_of(path: Path) -> str:
    """Hex digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
