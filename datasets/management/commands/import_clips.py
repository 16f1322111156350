"""Cut the clips of a manifest out of a folder of videos into a project."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from datasets.management.importing import ImportCommand


class Command(ImportCommand):
    """See the help."""

    help = (
        "Cut clips out of a folder of videos into a project. The manifest is CSV in UTF-8 with the columns video, "
        "start, end, transcript and, as far as known, clip_id, speaker, scenario, supervised; times are seconds or "
        "h:mm:ss.mmm. Bad rows are reported with their line and reason; the good rows go in, or none with --atomic."
    )

    def add_options(self, parser: CommandParser) -> None:
        """Folder, manifest, project."""
        parser.add_argument("folder", type=Path, help="the folder that the manifest's videos lie in")
        parser.add_argument("--manifest", type=Path, required=True, help="the CSV file that lists the clips")
        parser.add_argument("--project", required=True, help="name of the project; made when there is none")
        parser.add_argument("--atomic", action="store_true", help="import nothing if any row is bad")

    def run(self, folder: Path, manifest: Path, atomic: bool, **options: Any) -> dict[str, Any]:
        """Import; returns the report."""
        return self.import_folder(folder=folder.resolve(), manifest=manifest.resolve(), atomic=atomic, **options)
