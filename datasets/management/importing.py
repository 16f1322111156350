"""What the two import commands share: the work in this process, progress on stderr, the report."""

import json
import logging
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from config.commands import CuesetCommand
from datasets.jobs import end_job
from datasets.models import Job
from datasets.runner import finish_here, run_job
from datasets.services.imports import require_readable, start_import_here
from datasets.services.projects import find_or_make_project


class ImportCommand(CuesetCommand):
    """Imports in the foreground; exits with zero when rows went in, even if others were rejected."""

    def import_folder(self, *, folder: Path, manifest: Path | None, atomic: bool, **options: Any) -> dict[str, Any]:
        """Bring a folder into the project named by the options, made when there is none; returns the report."""
        require_readable(folder, manifest)
        project = find_or_make_project(name=options["project"])
        show_progress()
        job = start_import_here(project=project, folder=folder, manifest=manifest, atomic=atomic)
        try:
            run_job(job)
            job = finish_here(job)
        except KeyboardInterrupt:
            end_job(job, Job.State.CANCELLED)
            left = "nothing was imported" if atomic else "what was imported so far stays"
            raise CommandError(f"Stopped: {left}.") from None
        if job.state != Job.State.SUCCEEDED:
            if options["as_json"] and job.result:
                self.stdout.write(json.dumps(job.result, ensure_ascii=False))
            raise CommandError(job.error or f"The import was {job.state}.")
        report: dict[str, Any] = job.result or {}
        return report

    def describe(self, result: dict[str, Any]) -> str:
        """Counts, then a line for each row that stayed out."""
        labels = f" and {result['labels']} labels" if result["labels"] else ""
        lines = [f"{result['clips']} clips of {result['sources']} sources{labels} went into {result['project']}."]
        if result["ignored_columns"]:
            lines.append(f"Columns nothing was taken from: {', '.join(result['ignored_columns'])}.")
        lines += [f"line {row['line']} ({row['video']}): {row['reason']}" for row in result["rejected"]]
        return "\n".join(lines)


def show_progress() -> None:
    """Let the import's own log lines show on a terminal's stderr."""
    log = logging.getLogger("datasets.ingest")
    if sys.stderr.isatty() and not log.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(message)s"))
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        log.propagate = False
