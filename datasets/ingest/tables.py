"""Read a CSV table as people really save them: with or without byte order mark, headers in any case."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import DomainError
from datasets.ingest.encodings import NAMES, UnknownEncoding, encoding_of
from datasets.ingest.rows import BadRow, ClipRow, ClipTable, Rejected

if TYPE_CHECKING:
    from _csv import Reader  # the type of csv.reader has no public name

Cells = dict[str, str]


class TableError(DomainError):
    """A table cannot be read at all, so none of its rows can."""

    code = "unreadable_table"


def read_table(
    path: Path,
    *,
    required: Sequence[str],
    optional: Sequence[str],
    video_of: Callable[[Cells], str],
    row_of: Callable[[int, int, Cells], ClipRow],
    numbers_clips: bool = False,
) -> ClipTable:
    """A table that turns each line into a row by `row_of(line, number, cells)`, or where it raises BadRow rejects it.

    `video_of` names the row's video. With `numbers_clips`, `number` is the row's place among those of its video (bad
    rows count too, so that mending one does not renumber the others), else 0. Raises TableError for what is wrong with
    the file as a whole; for what stands below its header, when the rows are read.
    """
    encoding = table_encoding(path)
    with opened(path, encoding) as reader:
        header = [name.strip().lower() for name in next(reader, [])]
        require_columns(path, header, required)
    ignored = tuple(name for name in header if name and name not in {*required, *optional})
    entries = partial(read_rows, path, encoding, header, video_of, row_of, numbers_clips)
    return ClipTable(entries, ignored, NAMES[encoding])


def read_rows(
    path: Path,
    encoding: str,
    header: Sequence[str],
    video_of: Callable[[Cells], str],
    row_of: Callable[[int, int, Cells], ClipRow],
    numbers_clips: bool,
) -> Iterator[ClipRow | Rejected]:
    """The rows of a table in order, one in memory at a time; see `read_table`."""
    places: Counter[str] = Counter()
    with opened(path, encoding) as reader:
        next(reader, [])
        for line, values in numbered(reader):
            cells = {name: value.strip() for name, value in zip_longest(header, values[: len(header)], fillvalue="")}
            video = video_of(cells)
            if numbers_clips:
                places[video] += 1
            try:
                require_width(header, values)
                yield row_of(line, places[video], cells)
            except BadRow as bad:
                yield bad.at(line, video)


def table_encoding(path: Path) -> str:
    """What the file is written in (datasets.ingest.encodings); TableError when it cannot be told or read."""
    try:
        return encoding_of(path)
    except UnknownEncoding as error:
        raise TableError(
            f"{path.name} is neither UTF-8, UTF-16 nor GB18030 ({error}): save it as “CSV UTF-8” and import it again."
        ) from error
    except FileNotFoundError as error:
        raise TableError(f"There is no file {path}: check the path.") from error
    except OSError as error:
        raise TableError(f"{path.name} cannot be read ({error.strerror}).") from error


def check_table(path: Path, *, required: Sequence[str]) -> None:
    """Raise TableError for what is wrong with the file as a whole, without a look at what its rows say."""
    with opened(path, table_encoding(path)) as reader:
        require_columns(path, [name.strip().lower() for name in next(reader, [])], required)
        for _ in reader:
            pass


@contextmanager
def opened(path: Path, encoding: str) -> Iterator["Reader"]:
    """A CSV reader over a file; what goes wrong while it is open becomes a TableError."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            yield csv.reader(file, strict=True)
    except csv.Error as error:
        raise TableError(f"{path.name} is not a CSV file that can be read ({error}): check its quotes.") from error
    except OSError as error:
        raise TableError(f"{path.name} cannot be read ({error.strerror}).") from error


def numbered(reader: "Reader") -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, with the line that each begins on (a quoted text may span several)."""
    line = reader.line_num + 1
    for values in reader:
        if any(value.strip() for value in values):
            yield line, values
        line = reader.line_num + 1


def require_columns(path: Path, header: Sequence[str], required: Sequence[str]) -> None:
    """Raise TableError for a header without one of these columns, or with a column that is there twice."""
    missing = [name for name in required if name not in header]
    if missing:
        found = ", ".join(name for name in header if name) or "none"
        raise TableError(f"{path.name} lacks the column {', '.join(missing)} (its columns: {found}).", missing=missing)
    doubled = sorted({name for name in header if name and header.count(name) > 1})
    if doubled:
        raise TableError(f"{path.name} has the column {', '.join(doubled)} more than once.", doubled=doubled)


def require_width(header: Sequence[str], values: Sequence[str]) -> None:
    """Raise BadRow for a row of fewer or more cells than there are columns."""
    if len(values) < len(header) or any(value.strip() for value in values[len(header) :]):
        raise BadRow(
            "wrong_cell_count",
            f"{len(values)} cells under {len(header)} columns: put quotes around texts that contain commas",
            cells=len(values),
            columns=len(header),
        )
