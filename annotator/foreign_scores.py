"""Scores as other tools write them: tables whose columns have other names, and Label Studio's JSON export.

Both are read as a stream, entry by entry, whatever their size.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import ijson

from annotator.errors import BadTable
from datasets.ingest.encodings import MARKED, NAMES, UTF_8
from datasets.ingest.tables import TableError, numbered, opened, table_encoding
from datasets.vocabulary import HIGHEST_SCORE, Modality

COLUMNS = ("video_id", "clip_id", "modality", "annotator", "score")
TABLE, LABEL_STUDIO = "table", "label_studio"
Row = Mapping[str, str]


@dataclass(frozen=True)
class Layout:
    """What a file of scores is: a table with these columns, or Label Studio's export, whose places are known."""

    kind: str
    encoding: str  # as `open` calls it
    columns: tuple[str, ...]

    @property
    def encoding_name(self) -> str:
        """As people call it."""
        return NAMES[self.encoding]


def layout_of(path: Path) -> Layout:
    """Look into a file; TableError when its bytes are text in no encoding, or its first line is no CSV."""
    encoding = table_encoding(path)
    with path.open(encoding=encoding) as file:
        if file.read(10_000).lstrip().startswith("["):
            return Layout(LABEL_STUDIO, encoding, ())
    with opened(path, encoding) as reader:
        return Layout(TABLE, encoding, tuple(name.strip() for name in next(reader, [])))


def read_scores(path: Path, layout: Layout, columns: Mapping[str, str] | None = None) -> Iterator[tuple[int, Row]]:
    """Rows by our column names, each with its line, or with its task's place for Label Studio.

    `columns` gives, by our name, the name that a table uses; what it leaves out has our name. BadTable or TableError
    says why the file cannot be read, some of it perhaps only where it is reached.
    """
    if layout.kind == LABEL_STUDIO:
        return label_studio_rows(path, layout)
    return table_rows(path, layout, columns or {})


def table_rows(path: Path, layout: Layout, columns: Mapping[str, str]) -> Iterator[tuple[int, Row]]:
    """Rows of a CSV file; a cell that a short row lacks is empty."""
    places = places_in(layout.columns, columns)
    with opened(path, layout.encoding) as reader:
        next(reader, [])
        for line, cells in numbered(reader):
            yield line, {ours: cells[place] if place < len(cells) else "" for ours, place in places.items()}


def places_in(header: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Where each of our columns stands; BadTable when one is missing or stands twice."""
    names = {column: columns.get(column) or column for column in COLUMNS}
    missing = [name for name in names.values() if name not in header]
    if missing:
        found = ", ".join(filter(None, header)) or "none"
        raise BadTable(f"The table lacks {', '.join(missing)} (its columns: {found}); say which column holds what.")
    doubled = sorted({name for name in names.values() if header.count(name) > 1})
    if doubled:
        raise BadTable(f"The table has the column {', '.join(doubled)} more than once; rename all but one.")
    return {ours: header.index(name) for ours, name in names.items()}


def label_studio_rows(path: Path, layout: Layout) -> Iterator[tuple[int, Row]]:
    """Every result of every annotation of Label Studio's JSON export; cancelled annotations are left out.

    A task's data holds video_id, clip_id and, unless its controls are named for modalities, modality.
    """
    with opened_json(path, layout) as file:
        for place, task in enumerate(ijson.items(file, "item", use_float=True), start=1):
            data = data_of(task, place)
            for annotation in entries(task, "annotations", place):
                if not annotation.get("was_cancelled"):
                    for result in entries(annotation, "result", place):
                        yield place, label_studio_row(data, annotation, result)


@contextmanager
def opened_json(path: Path, layout: Layout) -> Iterator[BinaryIO]:
    """The file behind its byte order mark; what is wrong with its JSON becomes a BadTable."""
    if layout.encoding not in (UTF_8, MARKED):
        raise BadTable(f"{path.name} is JSON in {layout.encoding_name}, and JSON is UTF-8; export it again.")
    try:
        with path.open("rb") as file:
            file.seek(3 if layout.encoding == MARKED else 0)
            yield file
    except ijson.JSONError as error:
        raise BadTable(
            f"{path.name} begins like JSON and cannot be read, or is cut off; export it from Label Studio again."
        ) from error
    except OSError as error:
        raise TableError(f"{path.name} cannot be read ({error.strerror}).") from error


def data_of(task: object, place: int) -> dict[str, Any]:
    """A task's data; BadTable when it has none."""
    data = task.get("data") if isinstance(task, dict) else None
    if not isinstance(data, dict):
        raise BadTable(f"Entry {place} is no task of Label Studio: it has no data.")
    return data


def entries(parent: Mapping[str, Any], name: str, place: int) -> list[dict[str, Any]]:
    """The objects in a list of an object; BadTable when it holds anything else."""
    listed = parent.get(name) or []
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise BadTable(f"Entry {place} is no task of Label Studio: its {name} are not as its export writes them.")
    return listed


def label_studio_row(data: Mapping[str, Any], annotation: Mapping[str, Any], result: Mapping[str, Any]) -> Row:
    """One answer."""
    control = str(result.get("from_name", ""))
    person = annotation.get("completed_by")
    if isinstance(person, dict):
        person = person.get("username") or person.get("email") or person.get("id")
    return {
        "video_id": str(data.get("video_id", "")),
        "clip_id": str(data.get("clip_id", "")),
        "modality": control if control in list(Modality) else str(data.get("modality", "")),
        "annotator": str(person),
        "score": score_of(result.get("value")),
    }


def score_of(value: object) -> str:
    """A number or a choice as it is; stars from 1 to 7 as -3 … 3; anything else as no score.

    >>> score_of({"rating": 7}), score_of({"number": -2}), score_of({"choices": ["+1"]}), score_of({"text": ["?"]})
    ('3', '-2', '+1', '')
    """
    if not isinstance(value, dict):
        return ""
    if "rating" in value:
        return number_text(value["rating"], minus=HIGHEST_SCORE + 1)
    if "number" in value:
        return number_text(value["number"])
    choices = value.get("choices")
    return str(choices[0]) if isinstance(choices, list) and len(choices) == 1 else ""


def number_text(value: object, *, minus: int = 0) -> str:
    """A JSON number as a table would have it; what is none as it is.

    >>> number_text(2.0), number_text(1.5), number_text("?"), number_text(7, minus=4)
    ('2', '1.5', '?', '3')
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return str(value)
    return f"{value - minus:g}"
