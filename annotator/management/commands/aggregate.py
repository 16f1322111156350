"""Settle labels from a campaign's scores."""

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from annotator.selectors.progress import find_campaign
from annotator.services.aggregation import aggregate_campaign
from config.commands import CuesetCommand


class Command(CuesetCommand):
    """`manage.py aggregate --campaign NAME`."""

    help = "Label every clip and modality that all annotators of the campaign have rated."

    def add_options(self, parser: ArgumentParser) -> None:
        """Which campaign."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")

    def run(self, *, campaign: str, **_: Any) -> dict[str, Any]:
        """Counts of labels and clips, and the clips that wait for scores."""
        found = find_campaign(campaign)
        return {"campaign": found.pk, **asdict(aggregate_campaign(campaign=found))}
