"""Bring published feature pickles into a project, as a version with ready feature sets."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from datasets.management.importing import ImportCommand
from datasets.services.imports import start_feature_import
from datasets.services.projects import find_or_make_project


class Command(ImportCommand):
    """See the help."""

    help = (
        "Bring feature pickles as CH-SIMS, MMSA and MMSA-FET publish them (ch-simsv2s.pkl, unaligned_50.pkl …) into a "
        "project: clips, labels and splits as given, published as a version whose feature sets are ready to train on. "
        "Nothing that a pickle asks for is run: one that holds more than arrays and plain containers is refused."
    )

    def add_options(self, parser: CommandParser) -> None:
        """Files, project, scale."""
        parser.add_argument("files", type=Path, nargs="+", help="feature pickles with labelled splits")
        parser.add_argument("--project", required=True, help="name of the project; made when there is none")
        parser.add_argument(
            "--unsupervised", type=Path, nargs="+", default=[], help="feature pickles whose labels mean nothing"
        )
        parser.add_argument(
            "--scale", type=int, choices=(1, 3), default=1, help="labels lie within -scale … scale (MOSI, MOSEI: 3)"
        )
        parser.add_argument("--atomic", action="store_true", help="import nothing if any row is bad")

    def run(
        self, files: list[Path], unsupervised: list[Path], scale: int, atomic: bool, **options: Any
    ) -> dict[str, Any]:
        """Import; returns the report with the version's id."""
        return self.follow(
            start_feature_import,
            project=find_or_make_project(name=options["project"]),
            as_json=options["as_json"],
            rejected=options["rejected"],
            atomic=atomic,
            files=[path.resolve() for path in files],
            unsupervised=[path.resolve() for path in unsupervised],
            scale=scale,
        )
