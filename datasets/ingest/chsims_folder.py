"""A folder laid out as CH-SIMS publishes it: a table of labels, and clips that are cut already."""

import math
from fractions import Fraction
from functools import partial
from pathlib import Path

from datasets.ingest.rows import BadRow, ClipRow, ClipTable, checked_id, checked_transcript
from datasets.ingest.tables import Cells, TableError, check_table, read_table
from datasets.vocabulary import Modality, Split

TABLES = ("label.csv", "meta.csv")
REQUIRED = ("video_id", "clip_id", "text")
LABELS = {
    "label": Modality.MULTIMODAL,
    "label_t": Modality.TEXT,
    "label_a": Modality.AUDIO,
    "label_v": Modality.VISION,
}
# The class in `annotation` follows from the label; it is known, and nothing is taken from it.
OPTIONAL = (*LABELS, "annotation", "mode")
# Published values went through binary fractions; anything farther from a fifth is another number.
NEAR = 1e-4


def read_chsims_folder(folder: Path, *, scale: int = 1) -> ClipTable:
    """Rows of the folder's label.csv or meta.csv; a clip without any label is not supervised.

    Labels lie within -scale … scale (MOSI and MOSEI: 3).
    """
    return read_table(
        table_in(folder),
        required=REQUIRED,
        optional=OPTIONAL,
        video_of=video_of,
        row_of=partial(chsims_row, scale=scale),
    )


def check_chsims_folder(folder: Path) -> None:
    """Raise TableError for a table that cannot be read at all."""
    check_table(table_in(folder), required=REQUIRED)


def table_in(folder: Path) -> Path:
    """The folder's table of labels."""
    table = next((folder / name for name in TABLES if (folder / name).is_file()), None)
    if table is None:
        raise TableError(f"{folder} holds neither label.csv nor meta.csv: give the folder that Raw/ lies in.")
    return table


def video_of(cells: Cells) -> str:
    """Where the layout puts the clip's file."""
    return f"Raw/{cells.get('video_id', '')}/{cells.get('clip_id', '')}.mp4"


def chsims_row(line: int, number: int, cells: Cells, *, scale: int = 1) -> ClipRow:
    """One row of the table; ids stay the strings they are; raises BadRow."""
    labels = {
        modality: fifths_of(cells[column], column, scale) for column, modality in LABELS.items() if cells.get(column)
    }
    return ClipRow(
        line=line,
        video=video_of(cells),
        video_id=checked_id(cells["video_id"], "video_id"),
        clip_id=checked_id(cells["clip_id"], "clip_id"),
        transcript=checked_transcript(cells["text"], "text"),
        supervised=bool(labels),
        given_split=_split_of(cells.get("mode", "")),
        labels=labels,
    )


def fifths_of(text: str, column: str, scale: int = 1) -> int:
    """A label as a whole number of fifths; raises BadRow for a text that is no number, or not on the scale.

    >>> fifths_of("-0.6", "label")
    -3
    """
    try:
        value = float(text)
    except ValueError as error:
        raise BadRow("bad_label", f"{column} “{text}” is not a number", column=column, found=text) from error
    return fifths_on_scale(value, scale, column)


def fifths_on_scale(value: float, scale: int, column: str = "label") -> int:
    """A label within -scale … scale in fifths; raises BadRow.

    On the scale of 1 it must lie on the grid -1.0, -0.8 … 1.0. On any other (MOSI and MOSEI: 3) it is divided by the
    scale and rounded to the nearest fifth, ties to even.

    >>> fifths_on_scale(-0.6, 1), fifths_on_scale(2.4, 3), fifths_on_scale(-3.0, 3)
    (-3, 4, -5)
    """
    if not math.isfinite(value) or abs(value) > scale + NEAR:
        reason = f"{column} {value:g} is not within -{scale} … {scale}"
        raise BadRow("label_off_grid", reason, column=column, found=f"{value:g}", scale=scale)
    if scale != 1:
        return round(Fraction(value).limit_denominator(10_000) * 5 / scale)
    if abs(5 * value - round(5 * value)) > NEAR:
        reason = f"{column} {value:g} is not one of -1.0, -0.8 … 0.8, 1.0"
        raise BadRow("label_off_grid", reason, column=column, found=f"{value:g}", scale=scale)
    return round(5 * value)


def _split_of(text: str) -> str:
    mode = text.lower()
    if mode and mode not in list(Split):
        raise BadRow("bad_split", f"mode “{text}” is none of train, valid, test", found=text)
    return mode
