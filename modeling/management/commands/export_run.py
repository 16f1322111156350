"""Take a finished run's folder away as one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from datasets.management.files import copy_whole, make_folder
from datasets.media.storage import local
from modeling.selectors import find_run
from modeling.services.archives import archive_name, archive_run


class Command(CuesetCommand):
    """See the help."""

    help = (
        "Write a finished run's folder as a zip: settings, weights, metrics, predictions, environment and curves. "
        "Unpacked on another machine, `evaluate FOLDER --export FILE` evaluates it there."
    )

    def add_options(self, parser: CommandParser) -> None:
        """Run, folder."""
        parser.add_argument("run", help="id of the run, as train prints it")
        parser.add_argument("--out", type=Path, required=True, help="folder that the zip is written into")

    def run(self, **options: Any) -> dict[str, Any]:
        """Write it; returns where it is, and its hash."""
        make_folder(options["out"])
        run = archive_run(run=find_run(options["run"]))
        path = options["out"] / archive_name(run)
        with local(run.archive) as stored:
            copy_whole(stored, path)
        return {"run": str(run.pk), "sha256": run.archive_sha256, "bytes": path.stat().st_size, "file": str(path)}
