"""Encodings are told by strict decoding."""

import pytest

from datasets.ingest import encodings
from datasets.ingest.encodings import UnknownEncoding, encoding_of

CHINESE = "video_id,clip_id,text\nv,1,我很高兴\nv,2,一點也不𠮷利\n"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_what_was_written_in_an_encoding_is_told_to_be_in_it(tmp_path, name):
    path = tmp_path / "label.csv"
    path.write_bytes(CHINESE.encode(name))
    assert encoding_of(path) == name
    assert path.read_text(encoding=encoding_of(path)) == CHINESE


@pytest.mark.parametrize("name", ["gbk", "gb2312"])
def test_the_older_subsets_are_read_as_gb18030(tmp_path, name):
    path = tmp_path / "label.csv"
    path.write_bytes("我很高兴".encode(name))
    assert encoding_of(path) == "gb18030"


@pytest.mark.parametrize("name", ["utf-8", "gb18030"])
def test_a_character_that_two_blocks_share_is_no_error(tmp_path, monkeypatch, name):
    monkeypatch.setattr(encodings, "BLOCK", 3)
    path = tmp_path / "label.csv"
    path.write_bytes(("a" + "我" * 20).encode(name))
    assert encoding_of(path) == name


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n"])
def test_plain_letters_are_utf_8(tmp_path, text):
    path = tmp_path / "label.csv"
    path.write_text(text)
    assert encoding_of(path) == "utf-8"


def test_broken_utf_8_is_not_taken_for_gb18030(tmp_path):
    path = tmp_path / "label.csv"
    content = CHINESE.encode()
    path.write_bytes(content[:31] + content[32:])
    with pytest.raises(UnknownEncoding, match="byte 29 is not UTF-8"):
        encoding_of(path)


@pytest.mark.parametrize("content", [b"\xff\xfea", b"\xef\xbb\xbf\xff", b"a,\xff\xff\n", b"\x81"])
def test_bytes_that_are_no_text_are_refused(tmp_path, content):
    path = tmp_path / "label.csv"
    path.write_bytes(content)
    with pytest.raises(UnknownEncoding):
        encoding_of(path)
