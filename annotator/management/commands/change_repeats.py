"""Change how many clips each annotator is shown twice."""

from argparse import ArgumentParser
from typing import Any

from annotator.selectors.progress import find_campaign
from annotator.services.repeats import change_repeats
from config.commands import CuesetCommand
from datasets.management.progress import finished


class Command(CuesetCommand):
    """`manage.py change_repeats --campaign NAME --share 0.1 [--wait]`."""

    help = (
        "Change the share of a stage's clips that come a second time, in all stages that an annotator has not begun. "
        "Large campaigns are changed by a worker; --wait does it here."
    )

    def add_options(self, parser: ArgumentParser) -> None:
        """Which campaign, and how many."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")
        parser.add_argument("--share", required=True, type=float, help="of a stage's clips, 0 to 0.5")
        parser.add_argument("--wait", action="store_true", help="change all stages here, however many they are")

    def run(self, *, campaign: str, share: float, wait: bool, **_: Any) -> dict[str, Any]:
        """The job; `stages` tells how many it has changed, once it has ended."""
        found = find_campaign(campaign)
        job = finished(change_repeats(campaign=found, share=share), wait=wait)
        return {"campaign": found.pk, "share": share, "job": job.pk, "stages": (job.result or {}).get("stages")}
