"""Write a version as a file for people outside."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from datasets.management.files import ExportFailed, copy_whole, make_folder
from datasets.media.storage import local
from datasets.models import Job
from datasets.runner import finish_here
from datasets.services.exports import FORMATS, file_name, request_export
from datasets.services.versions import find_version


class Command(CuesetCommand):
    """See the help."""

    help = (
        "Write a version as a zip into a folder: label.csv, videos, the manifest and, when text, audio and vision "
        "features were extracted, feature pickles. This process does the work; the file appears whole or not at all."
    )

    def add_options(self, parser: CommandParser) -> None:
        """Version, format, folder."""
        parser.add_argument("version", help="id of the version, as publish_version printed it")
        parser.add_argument("--format", choices=FORMATS, default="chsims", help="file format (default chsims)")
        parser.add_argument("--out", type=Path, required=True, help="folder that the zip is written into")
        parser.add_argument("--no-media", action="store_true", help="leave the videos out")
        parser.add_argument(
            "--although-withdrawn", action="store_true", help="export a withdrawn version; the files say that it was"
        )
        parser.add_argument("--wait", action="store_true", help="accepted for likeness; this command always waits")

    def run(
        self, version: str, format: str, out: Path, no_media: bool, although_withdrawn: bool, **options: Any
    ) -> dict[str, Any]:
        """Export; returns where the file is, its hash and what is in it."""
        frozen = find_version(version)
        make_folder(out)
        export, job = request_export(
            version=frozen, format=format, include_media=not no_media, although_withdrawn=although_withdrawn
        )
        finish_here(job)
        if job.state != Job.State.SUCCEEDED:
            raise ExportFailed(job.error or f"The export of version {frozen.number} was {job.state}.")
        export.refresh_from_db()
        path = out / file_name(export)
        with local(export.file) as stored:
            copy_whole(stored, path)
        return {**(job.result or {}), "file": str(path)}
