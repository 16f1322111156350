"""Bring in scores that were given elsewhere."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from annotator.errors import BadTable
from annotator.selectors.progress import find_campaign
from annotator.services.imports import import_annotations
from config.commands import CuesetCommand
from datasets.ingest.encodings import NAMES, UnknownEncoding, encoding_of


class Command(CuesetCommand):
    """`manage.py import_annotations FILE.csv --campaign NAME [--simulated]`."""

    help = (
        "Read video_id,clip_id,modality,annotator,score. Good rows go in, bad ones are reported with line and reason; "
        "a score that differs from an earlier one supersedes it."
    )

    def add_options(self, parser: ArgumentParser) -> None:
        """File, campaign, origin."""
        parser.add_argument("file", type=Path, help="CSV (UTF-8, UTF-16 or GB18030), or Label Studio's JSON export")
        parser.add_argument("--campaign", required=True, help="name of the campaign")
        parser.add_argument(
            "--column", action="append", default=[], metavar="OURS=THEIRS",
            help="a column that the table calls otherwise, such as score=rating; may be repeated",
        )  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, and write nothing")
        parser.add_argument("--simulated", action="store_true", help="mark the scores as made by a program")

    def run(
        self, *, file: Path, campaign: str, column: list[str], dry_run: bool, simulated: bool, **_: Any
    ) -> dict[str, Any]:
        """Counts of scores, and the rows left out."""
        found = find_campaign(campaign)
        text, encoding = read_text(file)
        report = import_annotations(
            campaign=found,
            table=text,
            columns=dict(each.split("=", 1) for each in column if "=" in each),
            dry_run=dry_run,
            simulated=simulated,
        )
        return {
            "campaign": found.pk,
            "added": report.added,
            "superseded": report.superseded,
            "unchanged": report.unchanged,
            "bad_rows": report.bad_rows,
            "encoding": encoding,
        }


def read_text(file: Path) -> tuple[str, str]:
    """The file's text, and what it is written in; BadTable when it cannot be read."""
    try:
        encoding = encoding_of(file)
        return file.read_text(encoding=encoding), NAMES[encoding]
    except UnknownEncoding as error:
        raise BadTable(f"{file} is neither UTF-8, UTF-16 nor GB18030 ({error}); save it as UTF-8.") from error
    except OSError as error:
        raise BadTable(f"{file} cannot be read: {error.strerror}.") from error
