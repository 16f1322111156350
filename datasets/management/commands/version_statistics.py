"""Print the figures of a version."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from datasets.management.figures import add_csv_option, figures_in_words, with_files
from datasets.services.figures import figures_of_version
from datasets.services.versions import find_version


class Command(CuesetCommand):
    """See the help."""

    help = (
        "Print a version's Table 1, its label distributions, the discrepancies between modalities, the ratio of "
        "positive to negative clips and the agreement of its annotators; --csv writes the numbers of every figure."
    )

    def add_options(self, parser: CommandParser) -> None:
        """The version, and where to write."""
        parser.add_argument("version", help="id of the version, as publish_version printed it")
        add_csv_option(parser)

    def run(self, version: str, csv: Path | None, **options: Any) -> dict[str, Any]:
        """Compute once; returns every figure's numbers."""
        return with_files(figures_of_version(version=find_version(version)), csv)

    def describe(self, result: dict[str, Any]) -> str:
        """The short tables."""
        return figures_in_words(result)
