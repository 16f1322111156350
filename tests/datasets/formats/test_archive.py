import hashlib
import zipfile
from pathlib import Path

import pytest

from datasets.formats.archive import Archive, MediaChanged


def write(path: Path) -> None:
    with Archive(path, folder="数据") as archive:
        archive.add_bytes("a.txt", b"hello")
        with archive.new_file("b.bin") as file:
            file.write(b"one")
            file.write(memoryview(b"two"))


def test_files_lie_in_one_folder_with_their_sums(tmp_path: Path) -> None:
    write(tmp_path / "x.zip")
    with zipfile.ZipFile(tmp_path / "x.zip") as found:
        assert found.testzip() is None
        assert found.namelist() == ["数据/a.txt", "数据/b.bin", "数据/SHA256SUMS"]
        assert found.read("数据/b.bin") == b"onetwo"
        sums = found.read("数据/SHA256SUMS").decode()
    assert sums == f"{hashlib.sha256(b'hello').hexdigest()}  a.txt\n{hashlib.sha256(b'onetwo').hexdigest()}  b.bin\n"


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        write(tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_file_that_is_not_the_published_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(b"other")
    with (
        Archive(tmp_path / "x.zip", folder="x") as archive,
        pytest.raises(MediaChanged, match="not the file that was published"),
    ):
        archive.add_file("clip.mp4", tmp_path / "clip.mp4", sha256="0" * 64)
