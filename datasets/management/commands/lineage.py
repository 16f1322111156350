"""Tell what a version came from and what stands on it."""

from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from datasets.serializers.lineage import LineageSerializer, lineage_facts
from datasets.services.versions import find_version


class Command(CuesetCommand):
    """See the help."""

    help = (
        "Tell what a version came from (sources, imports, campaigns, parent) and what stands on it: later versions, "
        "exports and who downloaded them, feature sets, runs."
    )

    def add_options(self, parser: CommandParser) -> None:
        """The version."""
        parser.add_argument("version", help="id of the version, as publish_version printed it")

    def run(self, version: str, **options: Any) -> dict[str, Any]:
        """The same as the API."""
        return dict(LineageSerializer(lineage_facts(find_version(version))).data)

    def describe(self, result: dict[str, Any]) -> str:
        """A line for each kind, then one for each of its members."""
        version = result.pop("version")
        lines = [f"Version {version['number']}  {version['sha256']}"]
        for kind, found in result.items():
            lines.append(f"{kind.replace('_', ' ')}: {found['total']}")
            lines += [f"  {in_words(each)}" for each in found["shown"]]
        return "\n".join(lines)


def in_words(relative: dict[str, Any]) -> str:
    """One member, as far as it is known."""
    parts = [relative["modality"], relative["name"], relative["state"], relative["at"], relative["by"]]
    if relative["clips"] is not None:
        parts.append(f"{relative['clips']} clips")
    parts += [f"downloaded by {each['by']} at {each['at']}" for each in relative["downloads"]]
    return "  ".join(part for part in parts if part)
