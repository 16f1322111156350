"""Show a rendition whose audit failed, for a reason that is kept."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from annotator.models import Rendition
from annotator.services.isolation import overrule_audit
from config.commands import CuesetCommand
from config.errors import NotFound


class Command(CuesetCommand):
    """`manage.py overrule_audit --rendition ID --reason TEXT`."""

    help = "Let annotators be shown a rendition whose audit failed; the audit stays, the reason is kept beside it."

    def add_options(self, parser: ArgumentParser) -> None:
        """Which rendition, and why."""
        parser.add_argument("--rendition", required=True, type=UUID, help="its id, from audit_isolation --json")
        parser.add_argument("--reason", required=True)

    def run(self, *, rendition: UUID, reason: str, **_: Any) -> dict[str, Any]:
        """What was overruled."""
        found = Rendition.objects.select_related("clip__project", "audit").filter(pk=rendition).first()
        if found is None:
            raise NotFound(f"There is no rendition {rendition}: audit_isolation --json names those withheld.")
        overrule_audit(rendition=found, reason=reason)
        return {"rendition": found.pk, "clip": str(found.clip), "modality": found.modality, "reason": reason}
