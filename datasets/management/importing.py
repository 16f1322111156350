"""What the import commands share: the work in this process, progress on stderr, the report."""

import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import CommandError, CommandParser

from config.commands import CuesetCommand
from datasets.ingest.rejections import COLUMNS, report_key
from datasets.jobs import end_job
from datasets.management.files import copy_whole
from datasets.media.storage import local
from datasets.models import Job
from datasets.runner import finish_here, run_job
from datasets.services.imports import require_readable, start_here, start_import
from datasets.services.projects import find_or_make_project


class ImportCommand(CuesetCommand):
    """Imports in the foreground; exits with zero when rows went in, even if others were rejected."""

    def import_folder(
        self, *, folder: Path, manifest: Path | None, atomic: bool, scale: int = 1, **options: Any
    ) -> dict[str, Any]:
        """Bring a folder into the project named by the options, made when there is none; returns the report."""
        require_readable(folder, manifest)
        return self.follow(
            start_import,
            project=find_or_make_project(name=options["project"]),
            as_json=options["as_json"],
            rejected=options["rejected"],
            atomic=atomic,
            folder=folder,
            manifest=manifest,
            scale=scale,
        )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --rejected beside the command's own options."""
        parser.add_argument("--rejected", type=Path, help="write all rows that stay out into this CSV file")
        super().add_arguments(parser)

    def follow(
        self, start: Callable[..., Job], *, as_json: bool, rejected: Path | None, **wanted: Any
    ) -> dict[str, Any]:
        """Start an import in this process and wait for its report; CommandError says why there is none."""
        show_progress()
        job = start_here(start, **wanted)
        try:
            run_job(job)
            job = finish_here(job)
        except KeyboardInterrupt:
            end_job(job, Job.State.CANCELLED)
            left = "nothing was imported" if wanted.get("atomic") else "what was imported so far stays"
            raise CommandError(f"Stopped: {left}.") from None
        if rejected is not None:
            save_rejected(job, rejected)
        if job.state != Job.State.SUCCEEDED:
            if as_json and job.result:
                self.stdout.write(json.dumps(job.result, ensure_ascii=False))
            raise CommandError(job.error or f"The import was {job.state}.")
        report: dict[str, Any] = job.result or {}
        return report

    def describe(self, result: dict[str, Any]) -> str:
        """Counts, then the rows that stayed out."""
        labels = f" and {result['labels']} labels" if result["labels"] else ""
        lines = [f"{result['clips']} clips of {result['sources']} sources{labels} went into {result['project']}."]
        if "version" in result:
            lines.append(f"Published as version {result['number']}: {result['version']} (SHA-256 {result['sha256']}).")
        for kept in result.get("features", []):
            repaired = f"; {kept['repaired']} values that were not finite are 0 now" if kept["repaired"] else ""
            lines.append(f"{kept['modality']} features: {kept['frames']} frames{repaired}.")
        if result["ignored_columns"]:
            lines.append(f"Columns nothing was taken from: {', '.join(result['ignored_columns'])}.")
        if result["encoding"] != "UTF-8":
            lines.append(f"The table was read as {result['encoding']}.")
        return "\n".join(lines + rejected_lines(result))


def rejected_lines(result: dict[str, Any]) -> list[str]:
    """A line for each row that stayed out, as far as the report names them."""
    lines = [f"line {row['line']} ({row['subject']}): {row['reason']}" for row in result["rejected"]]
    left = result["rejected_count"] - len(lines)
    return [*lines, f"and {left} more rows, which --rejected FILE.csv lists"] if left else lines


def save_rejected(job: Job, target: Path) -> None:
    """Write the table of the rows that stayed out; its header alone when there were none."""
    key = report_key(job.pk)
    if not default_storage.exists(key):
        target.write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
        return
    with local(key) as path:
        copy_whole(path, target)


def show_progress() -> None:
    """Let the import's own log lines show on a terminal's stderr."""
    log = logging.getLogger("datasets.ingest")
    if sys.stderr.isatty() and not log.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(message)s"))
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        log.propagate = False
