"""What a table says about a clip, and why a row of it cannot go in."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath, PureWindowsPath
from types import MappingProxyType
from typing import Any, Self

from datasets.vocabulary import Modality

LONGEST_NAME = 200
# Bytes: file systems allow 255 in one name, and exports add endings.
LONGEST_ID = 200
LONGEST_TRANSCRIPT = 5000
# Ids become folder and file names, and "$_$" joins them in the field's feature files.
NOT_IN_IDS = ("/", "\\", "$_$")


# One for all rows that have none.
NOTHING: Mapping[Modality, Any] = MappingProxyType({})


class BadRow(Exception):
    """One row cannot go in: a stable code, a reason for people, and the facts in it for those who say it otherwise."""

    def __init__(self, code: str, reason: str, **facts: str | int | float) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.facts = facts

    def at(self, line: int, subject: str) -> "Rejected":
        """The row that stays out, in words of bounded length: a cell may hold a whole book."""
        facts = {name: shortened(fact) if isinstance(fact, str) else fact for name, fact in self.facts.items()}
        return Rejected(line, shortened(subject), self.code, shortened(self.reason, most=400), facts)


def shortened(text: str, *, most: int = 120) -> str:
    """The text, cut off where it is longer than that."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that stayed out; `line` counts from 1, the header included, as editors do. `subject`: its video or clip."""

    line: int
    subject: str
    code: str
    reason: str
    facts: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)  # there may be a million
class ClipRow:
    """A clip as its table describes it.

    `video` is a path relative to the imported folder. `start` and `end` are seconds in it, both None for a video
    that is the clip already. `labels` are in fifths.
    """

    line: int
    video: str
    video_id: str
    clip_id: str
    transcript: str
    start: float | None = None
    end: float | None = None
    speaker: str = ""
    scenario: str = ""
    supervised: bool = True
    given_split: str = ""
    labels: Mapping[Modality, int] = field(default_factory=lambda: NOTHING)
    # What an export of ours knows besides: scores as in `Label.scores`, and the video's digest and length.
    scores: Mapping[Modality, Sequence[Mapping[str, Any]]] = field(default_factory=lambda: NOTHING)
    sha256: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class ClipTable:
    """A table read anew, line by line, by each call of `entries`; columns that nothing was taken from, its encoding."""

    entries: Callable[[], Iterator[ClipRow | Rejected]]
    ignored_columns: tuple[str, ...] = ()
    encoding: str = "UTF-8"

    @classmethod
    def of(cls, entries: Sequence[ClipRow | Rejected]) -> Self:
        """Rows that are in memory already."""
        return cls(lambda: iter(entries))

    @cached_property
    def rows(self) -> tuple[ClipRow, ...]:
        """The rows that read well, all at once."""
        return tuple(entry for entry in self.entries() if isinstance(entry, ClipRow))

    @cached_property
    def rejected(self) -> tuple[Rejected, ...]:
        """The others."""
        return tuple(entry for entry in self.entries() if isinstance(entry, Rejected))


def checked_path(text: str, column: str) -> str:
    """A path below the imported folder, as written there; raises BadRow."""
    path = PurePosixPath(checked_text(text, column))
    if not path.parts:
        raise BadRow("no_such_file", f"the column {column} is empty", found="")
    if path.is_absolute() or PureWindowsPath(path).drive or ".." in path.parts:
        raise BadRow(
            "outside_folder",
            f"“{path}” leaves the imported folder: write the path from that folder on",
            found=str(path),
        )
    return str(path)


def checked_id(text: str, column: str) -> str:
    """An id that can safely be a file name in every export; raises BadRow."""
    identifier = checked_name(text, column)
    if not identifier:
        raise BadRow("bad_id", f"{column} is empty", column=column, found="")
    if len(identifier.encode()) > LONGEST_ID:
        raise BadRow(
            "bad_id",
            f"{column} takes {len(identifier.encode())} bytes; the most is {LONGEST_ID}",
            column=column,
            found=identifier,
        )
    if identifier.startswith(".") or any(part in identifier for part in NOT_IN_IDS):
        raise BadRow(
            "bad_id",
            f"{column} “{identifier}” begins with a dot or contains / \\ or $_$",
            column=column,
            found=identifier,
        )
    return identifier


def checked_name(text: str, column: str) -> str:
    """A short text on one line, in Unicode's composed form; raises BadRow."""
    name = checked_text(text, column)
    if "\n" in name or "\t" in name:
        raise BadRow("bad_text", f"{column} contains a line break or a tab", column=column)
    if len(name) > LONGEST_NAME:
        raise too_long(column, name, LONGEST_NAME)
    return name


def checked_transcript(text: str, column: str) -> str:
    """A transcript that says something; raises BadRow."""
    transcript = checked_text(text, column)
    if not transcript:
        raise BadRow("empty_transcript", f"the column {column} is empty", column=column)
    if len(transcript) > LONGEST_TRANSCRIPT:
        raise too_long(column, transcript, LONGEST_TRANSCRIPT)
    return transcript


def too_long(column: str, text: str, most: int) -> BadRow:
    """The error of a text that the table cannot hold."""
    reason = f"{column} has {len(text)} characters; the most is {most}"
    return BadRow("text_too_long", reason, column=column, length=len(text), most=most)


def checked_text(text: str, column: str) -> str:
    """Trimmed text in Unicode's composed form, without control characters; raises BadRow."""
    trimmed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").strip())
    if any(unicodedata.category(letter) == "Cc" and letter not in "\n\t" for letter in trimmed):
        raise BadRow("bad_text", f"{column} contains control characters", column=column)
    return trimmed
