"""Isolate a campaign in another way, while none of its renditions has been rated."""

import json
from argparse import ArgumentParser
from typing import Any

from annotator.isolation.parameters import MODES
from annotator.selectors.progress import find_campaign
from annotator.services.isolation import change_isolation
from config.commands import CuesetCommand


class Command(CuesetCommand):
    """`manage.py change_isolation --campaign NAME --mode MODE [--change JSON]`."""

    help = "Change a campaign's isolation and queue the renditions that it then lacks."

    def add_options(self, parser: ArgumentParser) -> None:
        """Which campaign, and how."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")
        parser.add_argument("--mode", default="default", choices=tuple(MODES), help="how words are hidden")
        parser.add_argument(
            "--change", type=json.loads, default={}, help='single settings as JSON: {"most_estoi": 0.3}'
        )

    def run(self, *, campaign: str, mode: str, change: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The parameters' digest and the job that makes the renditions."""
        found = find_campaign(campaign)
        job = change_isolation(campaign=found, mode=mode, settings=change)
        return {"campaign": found.pk, "digest": found.isolation_digest, "job": job.pk}
