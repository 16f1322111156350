"""Rows that an import left out: the first of them for its report, all of them in a table to download."""

import csv
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from config.spreadsheet import harmless
from datasets.ingest.rows import BadRow, Rejected
from datasets.media import storage

# A report is asked for every second while its job runs, so that it stays small.
FIRST = 100
COLUMNS = ("line", "subject", "code", "reason")


class Rejections:
    """Grows while an import runs; holds no more in memory than the first."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "rejected.csv"
        self.count = 0
        self.first: list[Rejected] = []

    def __enter__(self) -> Self:
        """Open the table, with a byte order mark for spreadsheets."""
        self._file = self.path.open("w", encoding="utf-8-sig", newline="")
        self._table = csv.writer(self._file)
        self._table.writerow(COLUMNS)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def add(self, line: int, subject: str, bad: BadRow) -> None:
        """Leave a row out."""
        self.take(bad.at(line, subject))

    def take(self, row: Rejected) -> None:
        """Write down a row that stays out."""
        self.count += 1
        if len(self.first) < FIRST:
            self.first.append(row)
        self._table.writerow([row.line, harmless(row.subject), row.code, harmless(row.reason)])

    def keep(self, job: UUID) -> None:
        """Store the table for those who ask for the job's (see `report_key`); none where all rows went in."""
        self._file.flush()
        if self.count:
            storage.keep(self.path, report_key(job))

    def as_json(self) -> dict[str, Any]:
        """Their number, and the first."""
        return {"rejected_count": self.count, "rejected": [as_json(row) for row in self.first]}


def report_key(job: UUID) -> str:
    """Where the table of a job's rejected rows is stored."""
    return f"reports/{job}.csv"


def as_json(row: Rejected) -> dict[str, Any]:
    """A rejected row in a report."""
    return {
        "line": row.line,
        "subject": row.subject,
        "code": row.code,
        "facts": dict(row.facts),
        "reason": row.reason,
    }
