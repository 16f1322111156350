"""Settle labels from a campaign's scores."""

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from annotator.selectors.progress import find_campaign
from annotator.services.aggregation import request_aggregation
from config.commands import CuesetCommand
from datasets.management.progress import finished
from datasets.models import Job


class Command(CuesetCommand):
    """`manage.py aggregate --campaign NAME`."""

    help = "Label every clip and modality that all annotators of the campaign have rated. This process does the work."

    def add_options(self, parser: ArgumentParser) -> None:
        """Which campaign."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")
        parser.add_argument("--wait", action="store_true", help="accepted for likeness; this command always waits")

    def run(self, *, campaign: str, **_: Any) -> dict[str, Any]:
        """Counts of labels and clips, and the clips that wait for scores."""
        found = find_campaign(campaign)
        settled = request_aggregation(campaign=found)
        told = finished(settled).result if isinstance(settled, Job) else asdict(settled)
        return {"campaign": found.pk, **(told or {})}
