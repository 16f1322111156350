"""Which encoding a text file is in: found by strict decoding, never guessed from the frequency of letters.

UTF-8 with or without byte order mark, UTF-16 with one, and GB18030, in which Chinese spreadsheets are saved, with its
subsets GBK and GB2312.
"""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

BLOCK = 1 << 20
UTF_8, MARKED, UTF_16, GB18030 = "utf-8", "utf-8-sig", "utf-16", "gb18030"
# As people call them.
NAMES = {UTF_8: "UTF-8", MARKED: "UTF-8", UTF_16: "UTF-16", GB18030: "GB18030"}


class UnknownEncoding(ValueError):
    """The bytes are text in none of the encodings; the message says where they stop being it."""


def encoding_of(path: Path) -> str:
    """The encoding's name for `open`, from one to three passes through the file in bounded memory; UnknownEncoding."""
    with path.open("rb") as file:
        mark = file.read(3)
        if mark.startswith(codecs.BOM_UTF8):
            candidates = [MARKED]
        elif mark.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            candidates = [UTF_16]
        else:
            candidates = [UTF_8, GB18030]
        reasons = []
        for name in candidates:
            bad = first_undecodable(file, name)
            # GB18030 gives nearly any bytes a meaning: UTF-8 with a broken place is not that.
            if bad is None and not (name == GB18030 and mostly_utf_8(file)):
                return name
            reasons.append(f"byte {bad} is not {NAMES[name]}")
    raise UnknownEncoding(reasons[0])


def first_undecodable(file: BinaryIO, name: str) -> int | None:
    """Where the file stops being text in this encoding, about; None when all of it is."""
    decoder, place = codecs.getincrementaldecoder(name)(), 0
    for block in blocks(file):
        try:
            decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            return place - len(error.object) + len(block) + error.start
        place += len(block)
    return None


def mostly_utf_8(file: BinaryIO) -> bool:
    """Whether more characters beyond ASCII are good UTF-8 than are not."""
    decoder, good, bad = codecs.getincrementaldecoder(UTF_8)("replace"), 0, 0
    for block in blocks(file):
        text = decoder.decode(block, final=not block)
        broken = text.count("\ufffd")
        bad += broken
        good += sum(not character.isascii() for character in text) - broken
    return good > bad


def blocks(file: BinaryIO) -> Iterator[bytes]:
    """The whole file by the megabyte, and an empty block at the end."""
    file.seek(0)
    while block := file.read(BLOCK):
        yield block
    yield b""
