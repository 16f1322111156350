"""A zip whose bytes depend on its content alone: fixed times, order as given, nothing compressed."""

import hashlib
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, BinaryIO, Self, cast

from config.errors import DomainError

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name
READABLE = 0o644 << 16
CHUNK = 1 << 20


class MediaChanged(DomainError):
    """A file is not the one that its version froze."""

    code = "media_changed"


@dataclass(frozen=True)
class FileFacts:
    """One finished file of an archive."""

    name: str  # path below the top folder
    sha256: str
    bytes: int


class Archive:
    """Collects files under one top folder and ends with their SHA256SUMS; use as a context.

    Stored, not deflated: video does not shrink, and compressors of different builds give different bytes.
    """

    def __init__(self, path: Path, *, folder: str) -> None:
        self.folder = folder
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_STORED, allowZip64=True)
        self.files: list[FileFacts] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            sums = "".join(f"{file.sha256}  {file.name}\n" for file in self.files)
            self.add_bytes("SHA256SUMS", sums.encode())
        self._zip.close()

    def add_bytes(self, name: str, content: bytes) -> None:
        """Add a small file."""
        with self.new_file(name) as file:
            file.write(content)

    def add_file(self, name: str, path: Path, *, sha256: str) -> None:
        """Copy a stored file in; MediaChanged when its bytes are not those of the digest."""
        with path.open("rb") as source, self.new_file(name) as target:
            shutil.copyfileobj(source, target, CHUNK)
        if self.files[-1].sha256 != sha256:
            raise MediaChanged(f"{name} is not the file that was published (SHA-256 {sha256[:12]}…); restore it.")

    @contextmanager
    def new_file(self, name: str) -> Iterator[BinaryIO]:
        """A file in the archive that is written to as it comes."""
        info = zipfile.ZipInfo(f"{self.folder}/{name}", EPOCH)
        info.external_attr = READABLE
        info.create_system = 3  # Unix, whatever system this runs on
        with self._zip.open(info, "w", force_zip64=True) as file:
            hashed = Hashed(file)
            yield cast(BinaryIO, hashed)
        self.files.append(FileFacts(name, hashed.digest.hexdigest(), hashed.bytes))


class Hashed:
    """Passes writes on and hashes them on the way."""

    def __init__(self, file: IO[bytes]) -> None:
        self.digest = hashlib.sha256()
        self.bytes = 0
        self._write: Callable[[Any], int] = file.write

    def write(self, data: Any) -> int:  # bytes or any buffer
        """Write and hash."""
        self.digest.update(data)
        self.bytes += memoryview(data).nbytes
        return self._write(data)
