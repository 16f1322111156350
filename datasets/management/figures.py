"""What the commands that print figures share: an option for CSV files, and the figures in words."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from datasets.services.figures import write_figure_tables
from datasets.versions.figure_tables import agreement_rows, figure_tables

SHOWN = ("table1", "classes", "polarity", "discrepancies")


def add_csv_option(parser: CommandParser) -> None:
    """Add --csv."""
    parser.add_argument("--csv", type=Path, help="folder to write the numbers behind every figure into")


def with_files(figures: dict[str, Any], folder: Path | None) -> dict[str, Any]:
    """The figures, and the files written where a folder was named."""
    return {**figures, "files": write_figure_tables(figures=figures, folder=folder) if folder else []}


def figures_in_words(figures: dict[str, Any]) -> str:
    """The short tables in aligned columns, then agreement."""
    tables = [rows for name, rows in figure_tables(figures) if name in SHOWN]
    return "\n\n".join(aligned(rows) for rows in [*tables, agreement_rows(figures["agreement"])])


def aligned(rows: list[list[Any]]) -> str:
    """Rows in columns; a dash for what is missing, three digits of a fraction."""
    return "\n".join("".join(f"{in_words(cell):>14}" for cell in row) for row in rows)


def in_words(cell: Any) -> str:
    """One cell."""
    if cell is None:
        return "-"
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)
