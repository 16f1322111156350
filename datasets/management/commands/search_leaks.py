"""Search a version for copies across its splits."""

from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from datasets.services.leaks import found_leaks, leak_report
from datasets.services.versions import find_version


class Command(CuesetCommand):
    """See the help."""

    help = (
        "Search a version for leaks between its splits: sources and speakers in two splits, near-identical transcripts "
        "and near-identical videos (by perceptual hash); tell how far the classes of the splits lie apart, and which "
        "groupings are feasible. Publishing starts the same search as a job."
    )

    def add_options(self, parser: CommandParser) -> None:
        """The version."""
        parser.add_argument("version", help="id of the version, as publish_version printed it")

    def run(self, version: str, **options: Any) -> dict[str, Any]:
        """Search in this process what has not been searched; returns everything that was found."""
        frozen = find_version(version)
        found_leaks(version=frozen)
        report = leak_report(frozen)
        del report["job"]
        return {**report, **report.pop("leaks")}

    def describe(self, result: dict[str, Any]) -> str:
        """Counts, then the pairs, a line each."""
        lines = [f"{kind} in two splits: {len(result[kind])}" for kind in ("sources", "speakers")]
        for kind in ("transcripts", "media"):
            found = result[kind]
            lines.append(f"near-identical {kind}: {found['found']} pairs among {found['compared']} clips")
            lines += [f"  {pair['first']}  {pair['second']}  {pair['likeness']}" for pair in found["pairs"]]
        for each in result["between_splits"]:
            lines.append(f"class distance between {' and '.join(each['splits'])}: {shown(each['distance'])}")
        judged = result["feasibility"] or {"groupings": [], "scarce": []}
        lines += [f"kept together by {each['split_by']}: {verdict(each)}" for each in judged["groupings"]]
        lines += [f"{each['name']} has only {each['clips']} clips" for each in judged["scarce"]]
        return "\n".join(lines)


def shown(distance: float | None) -> str:
    """A distance; a dash for an empty split."""
    return "–" if distance is None else f"{distance:.3f}"


def verdict(grouping: dict[str, Any]) -> str:
    """Whether three splits near 9 : 2 : 3 are feasible, and why not."""
    if not grouping["feasible"]:
        return f"not feasible, {grouping['groups']} groups are fewer than three splits"
    if not grouping["near_shares"]:
        return f"not near 9 : 2 : 3, the largest group has {grouping['largest']} clips"
    return f"feasible with {grouping['groups']} groups, the largest of {grouping['largest']} clips"
