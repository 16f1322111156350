"""CSV for spreadsheets: with the mark that makes them read UTF-8, and no cell that they would run as a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from datasets.formats.tables import annotation_rows, clip_rows
from datasets.manifest import FrozenClip

# A text that begins so is run as a formula by spreadsheets.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"


def clips_csv(clips: Iterable[FrozenClip]) -> bytes:
    """One row a clip; a list of scores is written with spaces between."""
    return spreadsheet_bytes(clip_rows(clips))


def annotations_csv(clips: Iterable[FrozenClip]) -> bytes:
    """One row an annotation; a version whose labels came without scores gives an empty file."""
    return spreadsheet_bytes(annotation_rows(clips))


def spreadsheet_bytes(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """CSV whose header is the first row's keys."""
    found = list(rows)
    return spreadsheet_table(list(found[0]) if found else [], (row.values() for row in found))


def spreadsheet_table(columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """CSV of columns and rows, with a byte order mark and the line ends that spreadsheets write."""
    text = io.StringIO(newline="")
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def cell(value: object) -> str:
    """A value as a cell; texts that look like formulas get an apostrophe before them.

    >>> cell("=1+1"), cell(-0.8), cell(None), cell([-1, 2])
    ("'=1+1", '-0.8', '', "'-1 2")
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return cell(" ".join(str(each) for each in value))
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return str(value)
