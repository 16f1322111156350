"""What an import answers: how much went in, and the rows that did not."""

from dataclasses import dataclass, field
from typing import Any

from config.errors import DomainError
from datasets.ingest.rejections import Rejections
from datasets.ingest.rows import BadRow, ClipRow, ClipTable, Rejected
from datasets.models import Job


class NothingImported(DomainError):
    """No row went in; the job's result holds the report."""

    code = "nothing_imported"


@dataclass
class Report:
    """Grows while an import runs, in counts; rows that stay out wait here until `settle` writes them down."""

    job: Job
    table: ClipTable
    rejections: Rejections
    waiting: list[Rejected] = field(default_factory=list)
    clips: int = 0
    labels: int = 0
    sources: set[str] = field(default_factory=set)

    def add(self, row: ClipRow) -> None:
        """A row went in."""
        self.clips += 1
        self.labels += len(row.labels)
        self.sources.add(row.video_id)

    def reject(self, row: ClipRow, bad: BadRow) -> None:
        """A row that read well proved bad."""
        self.waiting.append(bad.at(row.line, row.video))

    def forget_counts(self) -> None:
        """Count what goes in anew, for another pass through the table."""
        self.clips = self.labels = 0
        self.sources.clear()

    @property
    def has_bad_rows(self) -> bool:
        """Whether any row stays out so far."""
        return bool(self.rejections.count or self.waiting)

    def settle(self) -> None:
        """Write down the rows that stay out, by their lines."""
        for row in sorted(self.waiting, key=lambda row: row.line):
            self.rejections.take(row)
        self.waiting.clear()

    def close(self) -> dict[str, Any]:
        """Store the table of all rows that stay out; the report as the job's result, the API and `--json` give it."""
        self.settle()
        self.rejections.keep(self.job.pk)
        return {
            "job": str(self.job.pk),
            "project": self.job.project.name if self.job.project else "",
            "clips": self.clips,
            "sources": len(self.sources),
            "labels": self.labels,
            **self.rejections.as_json(),
            "ignored_columns": list(self.table.ignored_columns),
            "encoding": self.table.encoding,
        }

    def refusal(self, rows: int) -> NothingImported:
        """The error of an import of so many rows that let nothing in, with its first reason."""
        if not self.rejections.count:
            return NothingImported("Nothing was imported: the table has no rows below its header.")
        first = self.rejections.first[0]
        return NothingImported(
            f"Nothing was imported: {self.rejections.count} of {rows} rows are bad, "
            f"the first in line {first.line} ({first.subject}): {first.reason.rstrip('.')}."
        )
