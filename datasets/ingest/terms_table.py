"""A table of where sources come from and what the people in them agreed to."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from datasets.ingest.rows import BadRow
from datasets.ingest.tables import TableError, numbered, opened, require_columns, require_width, table_encoding

COLUMNS = ("origin", "consent")
LONGEST = 500


def read_terms(path: Path) -> dict[str, Mapping[str, str]]:
    """By video id, whichever of COLUMNS the table has; TableError says which line cannot be taken."""
    with opened(path, table_encoding(path)) as reader:
        header = [name.strip().lower() for name in next(reader, [])]
        given = [name for name in COLUMNS if name in header]
        if "video_id" not in header or not given:
            raise TableError(f"{path.name} needs the column video_id, and origin or consent or both.")
        require_columns(path, header, ["video_id"])
        terms: dict[str, Mapping[str, str]] = {}
        for line, values in numbered(reader):
            cells = dict(zip(header, (value.strip() for value in values), strict=False))
            if fault := fault_of(header, values, cells, terms):
                raise TableError(f"{path.name}, line {line}: {fault}.")
            terms[cells["video_id"]] = {name: cells[name] for name in given}
    return terms


def fault_of(
    header: Sequence[str], values: Sequence[str], cells: Mapping[str, str], known: Mapping[str, object]
) -> str | None:
    """Why a row cannot be taken: cells too many or too few, no id, one that came before, or too long a text."""
    try:
        require_width(header, values)
    except BadRow as bad:
        return bad.reason
    name = cells["video_id"]
    if not name:
        return "no video_id"
    if name in known:
        return f"{name} is there twice"
    longest = next((each for each in COLUMNS if len(cells.get(each, "")) > LONGEST), None)
    return longest and f"{longest} has more than {LONGEST} characters; shorten it"
