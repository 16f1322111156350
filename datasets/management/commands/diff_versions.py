"""Tell what changed between two versions."""

from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from datasets.selectors.versions import version_before
from datasets.serializers.differences import DifferenceSerializer
from datasets.services.analyses import answer_here
from datasets.services.differences import MOST_SHOWN, SHOWN, DifferenceQuestion
from datasets.services.versions import find_version


class Command(CuesetCommand):
    """See the help."""

    help = (
        "Compare two versions: clips added and removed, labels changed (by how much, and whose scores), clips moved to "
        "another split, transcripts and videos changed, and the classes before and after."
    )

    def add_options(self, parser: CommandParser) -> None:
        """The version, what it is compared with, how much to tell."""
        parser.add_argument("version", help="id of the version, as publish_version printed it")
        parser.add_argument("--from", dest="before", help="id of the other version (default: the one before it)")
        parser.add_argument(
            "--limit", type=int, default=MOST_SHOWN, help=f"changes of each kind to list (default {MOST_SHOWN})"
        )

    def run(self, version: str, before: str | None, limit: int, **options: Any) -> dict[str, Any]:
        """Compare; returns counts and changes as the API does."""
        after = find_version(version)
        earlier = find_version(before) if before else version_before(after)
        facts = answer_here(DifferenceQuestion(earlier, after, limit)) | {"analysis": None}
        return {name: told for name, told in DifferenceSerializer(facts).data.items() if name != "analysis"}

    def describe(self, result: dict[str, Any]) -> str:
        """Counts, whose scores changed, then changed labels and splits, a line each."""
        title = f"From {result['before']['number']} to {result['after']['number']}"
        counts = [f"{kind:>12} {count}" for kind, count in result["counts"].items()]
        annotators = [
            f"{each['annotator']}: {each['scores']} scores changed, {each['labels']} labels moved with them"
            for each in result["annotators"]
        ]
        labels = [
            f"{change['clip']} {change['modality']}: {shown(change['before'])} → {shown(change['after'])} "
            + ", ".join(f"{each['annotator']} {each['before']} → {each['after']}" for each in change["scores"])
            for change in result["labels"][:SHOWN]
        ]
        splits = [
            f"{change['clip']}: {change['before'] or 'no split'} → {change['after'] or 'no split'}"
            for change in result["splits"][:SHOWN]
        ]
        provenance = [
            f"{' '.join(filter(None, (each['video_id'], each['what'])))}: {each['before']} → {each['after']}"
            for each in result["provenance"][:SHOWN]
        ]
        return "\n".join([title, *counts, *annotators, *labels, *splits, *provenance])


def shown(label: float | None) -> str:
    """A label with its sign; a dash for none."""
    return "–" if label is None else f"{label:+.1f}"
