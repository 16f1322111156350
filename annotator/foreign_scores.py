"""Scores as other tools write them: tables whose columns have other names, and Label Studio's JSON export."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from annotator.errors import BadTable
from datasets.vocabulary import HIGHEST_SCORE, Modality

COLUMNS = ("video_id", "clip_id", "modality", "annotator", "score")
Row = Mapping[str, str | None]


def read_scores(text: str, columns: Mapping[str, str] | None = None) -> Iterator[tuple[int, Row]]:
    """Rows by our column names, each with its line, or with its task's place for Label Studio; BadTable says why not.

    `columns` gives, by our name, the name that a table uses; what it leaves out has our name.
    """
    text = text.removeprefix("\ufeff")
    if text.lstrip().startswith("["):
        return label_studio_rows(text)
    return table_rows(text, columns or {})


def table_rows(text: str, columns: Mapping[str, str]) -> Iterator[tuple[int, Row]]:
    """Rows of CSV text."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    names = {column: columns.get(column) or column for column in COLUMNS}
    missing = [name for name in names.values() if name not in (reader.fieldnames or ())]
    if missing:
        found = ", ".join(reader.fieldnames or ()) or "none"
        raise BadTable(f"The table lacks {', '.join(missing)} (its columns: {found}); say which column holds what.")
    try:
        for row in reader:
            yield reader.line_num, {column: row[name] for column, name in names.items()}
    except csv.Error as error:
        raise BadTable(f"Line {reader.line_num} is not CSV: {error}.") from error


def label_studio_rows(text: str) -> Iterator[tuple[int, Row]]:
    """Every result of every annotation of Label Studio's JSON export; cancelled annotations are left out.

    A task's data holds video_id, clip_id and, unless its controls are named for modalities, modality.
    """
    try:
        tasks = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadTable("The file begins like JSON and cannot be read; export it from Label Studio again.") from error
    for place, task in enumerate(tasks, start=1):
        if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
            raise BadTable(f"Entry {place} is no task of Label Studio: it has no data.")
        for annotation in task.get("annotations") or []:
            if not annotation.get("was_cancelled"):
                for result in annotation.get("result") or []:
                    yield place, label_studio_row(task["data"], annotation, result)


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
        "score": score_of(result.get("value") or {}),
    }


def score_of(value: Mapping[str, Any]) -> str:
    """A number or a choice as it is; stars from 1 to 7 as -3 … 3.

    >>> score_of({"rating": 7}), score_of({"number": -2}), score_of({"choices": ["+1"]}), score_of({"text": ["?"]})
    ('3', '-2', '+1', '')
    """
    if "rating" in value:
        return str(int(value["rating"]) - HIGHEST_SCORE - 1)
    if "number" in value:
        return f"{value['number']:g}"
    choices = value.get("choices")
    return str(choices[0]) if isinstance(choices, list) and len(choices) == 1 else ""
