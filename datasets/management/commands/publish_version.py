"""Freeze a project's labelled clips as a version."""

from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from datasets.management.progress import finished
from datasets.models import Job
from datasets.people import find_project
from datasets.services.publishing import request_version
from datasets.services.versions import Published, find_version
from datasets.splitting import Grouping
from datasets.vocabulary import SentimentClass


class Command(CuesetCommand):
    """See the help."""

    help = (
        "Freeze a project's labelled clips: split them near 9 : 2 : 3 (no source or known speaker in two splits, the "
        "classes alike in all), write the manifest and number the version. The same state gives the same version "
        "again. Clips that lack a label are left out and counted. This process does the work."
    )

    def add_options(self, parser: CommandParser) -> None:
        """Project, seed, notes, what is kept together."""
        parser.add_argument("--project", required=True, help="name of the project")
        parser.add_argument("--seed", type=int, default=1111, help="seed of the split (default 1111)")
        parser.add_argument("--notes", default="", help="what is new in this version")
        parser.add_argument(
            "--split-by", type=Grouping, choices=list(Grouping), default=Grouping.STRICTEST,
            help="what may not be in two splits: speaker (and source), source, or clip (then splits leak, and the "
            "version says so); the default takes the first of these that leaves no split empty",
        )  # fmt: skip
        parser.add_argument("--wait", action="store_true", help="accepted for likeness; this command always waits")

    def run(self, project: str, seed: int, notes: str, split_by: Grouping, **options: Any) -> dict[str, Any]:
        """Publish; returns the version's id, hash and tables."""
        published = request_version(project=find_project(project), seed=seed, notes=notes, grouping=split_by)
        if isinstance(published, Job):
            made = finished(published).result or {}
            published = Published(find_version(made["version"]), made["created"])
        version, statistics = published.version, published.version.statistics
        return {
            "version": version.pk,
            "number": version.number,
            "sha256": version.sha256,
            "created": published.created,
            "clips": statistics["clips"],
            "supervised": statistics["supervised"],
            "unsupervised": statistics["unsupervised"],
            "splits": statistics["splits"],
            "table1": statistics["table1"],
            "split_by": statistics["split_by"],
            "leaks": statistics["leaks"],
            "left_out": statistics["left_out"]["clips"],
            "simulated": version.simulated,
        }

    def describe(self, result: dict[str, Any]) -> str:
        """Number, hash and Table 1."""
        columns = ["split", "total", *SentimentClass]
        rows = [columns, *([row[column] for column in columns] for row in result["table1"])]
        table = "\n".join("".join(f"{'-' if cell is None else cell:>14}" for cell in row) for row in rows)
        news = "published" if result["created"] else "already published with the same content"
        return (
            f"Version {result['number']} {news}: {result['version']}\nSHA-256 {result['sha256']}\n{table}\n"
            f"Left out for lack of labels: {result['left_out']}"
        )
