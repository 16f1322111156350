"""The published figures, cell by cell beside the paper."""

import re
from pathlib import Path

import pytest

from modeling.comparison.published import TABLES, Row

PAPER = Path(__file__).parents[4] / "shared" / "paper.txt"
# As the paper prints these two names.
PRINTED = {"MulT": "MuT", "AV-MC (Semi)*": "AV-MC(Semi)*"}


@pytest.fixture
def lines() -> list[list[str]]:
    """Lines of the paper's tables, cut into cells; shares of improvement in brackets are left out."""
    if not PAPER.is_file():
        pytest.skip("the paper (../shared/paper.txt) is not here")
    text = re.sub(r" \([\d.]+%\)", "", PAPER.read_text(encoding="utf-8"))
    return [[cell for cell in line.split("\t") if cell] for line in text.splitlines()]


def figures_of(row: Row) -> list[float]:
    return list(row.published.values())


@pytest.mark.parametrize(
    ("number", "row"), [(table.number, row) for table in TABLES if table.number != 3 for row in table.rows]
)
def test_a_row_of_table_2_or_4_is_as_printed(number: int, row: Row, lines: list[list[str]]) -> None:
    printed = [line[1:] for line in lines if line[0:1] == [PRINTED.get(row.name, row.name)] and len(line) == 7]
    assert [[float(cell) for cell in cells] for cells in printed] == [figures_of(row)]


def test_the_cells_of_table_3_are_as_printed(lines: list[list[str]]) -> None:
    (table,) = (table for table in TABLES if table.number == 3)
    printed = [line[2:] for line in lines if len(line) == 6 and all(" / " in cell for cell in line[2:])]
    sides = [[float(cell.split(" / ")[side]) for cell in cells] for cells in printed for side in (0, 1)]
    assert sides == [figures_of(row) for row in table.rows]
    assert [name for name, *_ in (line for line in lines if len(line) == 6 and " / " in line[2])] == [
        row.name.split(",")[0] for row in table.rows[::2]
    ]
