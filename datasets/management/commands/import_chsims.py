"""Bring a folder laid out as CH-SIMS, with its labels and splits, into a project."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from datasets.management.importing import ImportCommand


class Command(ImportCommand):
    """See the help."""

    help = (
        "Bring a folder laid out as CH-SIMS (label.csv or meta.csv, Raw/<video_id>/<clip_id>.mp4) into a project, with "
        "its labels and splits; without Raw/ the clips come in without videos, and an unpacked export of ours comes in "
        "as the same version. Clips without any label come in as unsupervised. Bad rows are reported with their line "
        "and reason; the good rows go in, or none with --atomic."
    )

    def add_options(self, parser: CommandParser) -> None:
        """Folder and project."""
        parser.add_argument("folder", type=Path, help="the folder that holds label.csv or meta.csv, and Raw/")
        parser.add_argument("--project", required=True, help="name of the project; made when there is none")
        parser.add_argument(
            "--scale", type=int, choices=(1, 3), default=1, help="labels lie within -scale … scale (MOSI, MOSEI: 3)"
        )
        parser.add_argument("--atomic", action="store_true", help="import nothing if any row is bad")

    def run(self, folder: Path, atomic: bool, **options: Any) -> dict[str, Any]:
        """Import; returns the report."""
        return self.import_folder(folder=folder.resolve(), manifest=None, atomic=atomic, **options)
