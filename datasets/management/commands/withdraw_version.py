"""Tell everybody not to use a version any more."""

from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from datasets.services.versions import find_version, withdraw_version


class Command(CuesetCommand):
    """See the help."""

    help = (
        "Withdraw a version with a reason. Nothing in it is altered or deleted: pages, files and the API say from then "
        "on that it was withdrawn, and why. This cannot be undone."
    )

    def add_options(self, parser: CommandParser) -> None:
        """The version and the reason."""
        parser.add_argument("version", help="id of the version, as publish_version printed it")
        parser.add_argument("--reason", required=True, help="what is wrong with it, for those who used it")

    def run(self, version: str, reason: str, **options: Any) -> dict[str, Any]:
        """Withdraw; returns the version's number, when and why."""
        withdrawn = withdraw_version(version=find_version(version), reason=reason)
        return {
            "version": withdrawn.pk,
            "number": withdrawn.number,
            "withdrawn_at": withdrawn.withdrawn_at,
            "reason": withdrawn.withdrawn_reason,
        }
