"""Bring in scores that were given elsewhere."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from annotator.selectors.progress import find_campaign
from annotator.services.imports import start_score_import
from datasets.management.importing import ImportCommand, rejected_lines


class Command(ImportCommand):
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

    def run(self, *, file: Path, campaign: str, column: list[str], **options: Any) -> dict[str, Any]:
        """Counts of scores, and the rows left out."""
        return self.follow(
            start_score_import,
            campaign=find_campaign(campaign),
            file=file.resolve(),
            columns=dict(each.split("=", 1) for each in column if "=" in each),
            **{name: options[name] for name in ("dry_run", "simulated", "as_json", "rejected")},
        )

    def describe(self, result: dict[str, Any]) -> str:
        """Counts, then the rows that stayed out."""
        would = "would be " if result["dry_run"] else ""
        lines = [
            f"{result['added']} scores {would}added, {result['superseded']} {would}superseded, "
            f"{result['unchanged']} unchanged, {result['rejected_count']} rows left out."
        ]
        if result["encoding"] != "UTF-8":
            lines.append(f"The file was read as {result['encoding']}.")
        return "\n".join(lines + rejected_lines(result))
