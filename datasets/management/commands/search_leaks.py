"""Search a version for copies across its splits."""

from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from config.errors import DomainError
from datasets.models import Job
from datasets.runner import finish_here
from datasets.services.leaks import request_leak_search
from datasets.services.versions import find_version


class SearchFailed(DomainError):
    """The search did not come to its end."""

    code = "search_failed"


class Command(CuesetCommand):
    """See the help."""

    help = (
        "Search a version for leaks between its splits: sources and speakers in two splits, near-identical transcripts "
        "and near-identical videos (by perceptual hash). Publishing starts the same search as a job."
    )

    def add_options(self, parser: CommandParser) -> None:
        """The version."""
        parser.add_argument("version", help="id of the version, as publish_version printed it")

    def run(self, version: str, **options: Any) -> dict[str, Any]:
        """Search in this process; returns everything that was found."""
        frozen = find_version(version)
        job = finish_here(request_leak_search(version=frozen))
        if job.state != Job.State.SUCCEEDED:
            raise SearchFailed(job.error or f"The search of version {frozen.number} was {job.state}.")
        frozen.report.refresh_from_db()
        return {
            "version": frozen.pk,
            "split_by": frozen.statistics.get("split_by"),
            **frozen.statistics["leaks"],
            **(frozen.report.leaks or {}),
            "class_distance": frozen.statistics["class_distance"],
            "feasibility": frozen.statistics.get("feasibility"),
        }

    def describe(self, result: dict[str, Any]) -> str:
        """Counts, then the pairs, a line each."""
        lines = [f"{kind} in two splits: {len(result[kind])}" for kind in ("sources", "speakers")]
        for kind in ("transcripts", "media"):
            found = result[kind]
            lines.append(f"near-identical {kind}: {found['found']} pairs among {found['compared']} clips")
            lines += [f"  {pair['first']}  {pair['second']}  {pair['likeness']}" for pair in found["pairs"]]
        return "\n".join(lines)
