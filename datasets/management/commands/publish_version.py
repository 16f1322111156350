"""Freeze a project's labelled clips as a version."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from datasets.management.progress import finished
from datasets.models import Job, Project
from datasets.people import find_project
from datasets.services.publishing import request_preview, request_version
from datasets.services.versions import Published, find_version
from datasets.splitting import Grouping
from datasets.vocabulary import SentimentClass


class Command(CuesetCommand):
    """See the help."""

    help = (
        "Freeze a project's labelled clips: split them near 9 : 2 : 3 (no source or known speaker in two splits, the "
        "classes alike in all), write the manifest and number the version. The same state gives the same version "
        "again. Clips that lack a label are left out and counted. With --preview it tells what that would give, or why "
        "it cannot be done, and freezes nothing. This process does the work."
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
        parser.add_argument("--preview", action="store_true", help="tell what would be frozen now; writes nothing")
        parser.add_argument("--wait", action="store_true", help="accepted for likeness; this command always waits")

    def run(
        self, project: str, seed: int, notes: str, split_by: Grouping, preview: bool, **options: Any
    ) -> dict[str, Any]:
        """Publish; returns the version's id, hash and tables. Or look ahead; returns the same as the page shows."""
        if preview:
            return look_ahead(find_project(project), seed, split_by)
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
        """Number, hash and Table 1; of a preview what it would be, or why it cannot be."""
        if "feasible" in result:
            return describe_preview(result)
        news = "published" if result["created"] else "already published with the same content"
        return (
            f"Version {result['number']} {news}: {result['version']}\nSHA-256 {result['sha256']}\n"
            f"{table(result['table1'])}\nLeft out for lack of labels: {result['left_out']}"
        )


def look_ahead(project: Project, seed: int, split_by: Grouping) -> dict[str, Any]:
    """What publishing would freeze now (datasets.services.versions.Preview)."""
    found = request_preview(project=project, seed=seed, grouping=split_by)
    facts: dict[str, Any] = (finished(found).result or {})["preview"] if isinstance(found, Job) else found
    return facts


def describe_preview(facts: dict[str, Any]) -> str:
    """A preview in words."""
    if not facts["feasible"]:
        return f"Cannot be published: {facts['reason']}"
    known, statistics = facts["same_as"], facts["statistics"]
    left_out = statistics["left_out"]
    return (
        (f"This is version {facts['number']} already: {known}" if known else f"Would become version {facts['number']}")
        + f"\nKept together in splits: {statistics['split_by']}\n{table(statistics['table1'])}\n"
        + f"Left out for lack of labels: {left_out['clips']}"
        + "".join(f"\n  {name}" for name in left_out["names"])
    )


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Table 1 as text."""
    columns = ["split", "total", *SentimentClass]
    lines = [columns, *([row[column] for column in columns] for row in rows)]
    return "\n".join("".join(f"{'-' if cell is None else cell:>14}" for cell in line) for line in lines)
