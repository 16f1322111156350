"""What an import answers: how much went in, and every row that did not."""

from dataclasses import dataclass, field
from typing import Any

from config.errors import DomainError
from datasets.ingest.rejections import FIRST, Rejections, as_json
from datasets.ingest.rows import BadRow, ClipRow, ClipTable, Rejected
from datasets.media.storage import workspace
from datasets.models import Job


class NothingImported(DomainError):
    """No row went in; the job's result holds the report."""

    code = "nothing_imported"


@dataclass
class Report:
    """Grows while an import runs."""

    job: Job
    table: ClipTable
    rejected: list[Rejected]
    clips: list[ClipRow] = field(default_factory=list)

    def reject(self, row: ClipRow, bad: BadRow) -> None:
        """Add a row that proved bad while its clip was made."""
        self.rejected.append(bad.at(row.line, row.video))

    def as_json(self) -> dict[str, Any]:
        """The report as the job's result, the API and `--json` give it."""
        return {
            "job": str(self.job.pk),
            "project": self.job.project.name if self.job.project else "",
            "clips": len(self.clips),
            "sources": len({row.video_id for row in self.clips}),
            "labels": sum(len(row.labels) for row in self.clips),
            "rejected_count": len(self.rejected),
            "rejected": [as_json(row) for row in sorted(self.rejected, key=lambda row: row.line)[:FIRST]],
            "ignored_columns": list(self.table.ignored_columns),
            "encoding": self.table.encoding,
        }

    def keep(self) -> None:
        """Store all rows that stayed out, for those who ask the job for them."""
        with workspace() as folder, Rejections(folder) as table:
            for row in sorted(self.rejected, key=lambda row: row.line):
                table.take(row)
            table.keep(self.job.pk)

    def refusal(self) -> NothingImported:
        """The error of an import that let nothing in, with its first reason."""
        rows = len(self.table.rows) + len(self.table.rejected)
        if not self.rejected:
            return NothingImported("Nothing was imported: the table has no rows below its header.")
        first = min(self.rejected, key=lambda row: row.line)
        return NothingImported(
            f"Nothing was imported: {len(self.rejected)} of {rows} rows are bad, "
            f"the first in line {first.line} ({first.subject}): {first.reason.rstrip('.')}."
        )
