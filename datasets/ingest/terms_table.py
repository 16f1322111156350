"""A table of where sources come from and what the people in them agreed to."""

from collections.abc import Mapping
from pathlib import Path

from datasets.ingest.tables import TableError, opened, table_encoding

COLUMNS = ("origin", "consent")
LONGEST = 500


def read_terms(path: Path) -> dict[str, Mapping[str, str]]:
    """By video id, whichever of COLUMNS the table has; TableError says which line cannot be taken."""
    with opened(path, table_encoding(path)) as reader:
        header = [name.strip().lower() for name in next(reader, [])]
        given = [name for name in COLUMNS if name in header]
        if "video_id" not in header or not given:
            raise TableError(f"{path.name} needs the column video_id, and origin or consent or both.")
        terms: dict[str, Mapping[str, str]] = {}
        for values in reader:
            cells = dict(zip(header, (value.strip() for value in values), strict=False))
            if any(cells.values()):
                require_row(path, reader.line_num, cells, terms)
                terms[cells["video_id"]] = {name: cells.get(name, "") for name in given}
    return terms


def require_row(path: Path, line: int, cells: Mapping[str, str], known: Mapping[str, object]) -> None:
    """Raise TableError for a row without an id, for one that came before, or for too long a text."""
    name = cells.get("video_id", "")
    if not name or name in known:
        raise TableError(f"{path.name}, line {line}: " + (f"{name} is there twice." if name else "no video_id."))
    if longest := next((each for each in COLUMNS if len(cells.get(each, "")) > LONGEST), None):
        raise TableError(f"{path.name}, line {line}: {longest} has more than {LONGEST} characters; shorten it.")
