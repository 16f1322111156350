"""Say how gold clips are judged, and whether they count."""

from argparse import ArgumentParser
from typing import Any

from annotator.selectors.progress import find_campaign
from annotator.services.gold import change_gold
from config.commands import CuesetCommand

ANSWERS = {"yes": True, "no": False}


class Command(CuesetCommand):
    """`manage.py change_gold --campaign NAME [--tolerance N] [--counts yes|no]`."""

    help = "Change the tolerance of gold clips, and whether they get labels; set_reference --use gold names the clips."

    def add_options(self, parser: ArgumentParser) -> None:
        """Which campaign, and what."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")
        parser.add_argument("--tolerance", type=int, help="points of the scale that are still a hit")
        parser.add_argument("--counts", choices=tuple(ANSWERS), help="whether gold clips get labels of their scores")

    def run(self, *, campaign: str, tolerance: int | None, counts: str | None, **_: Any) -> dict[str, Any]:
        """The settings as they are now."""
        found = find_campaign(campaign)
        change_gold(campaign=found, tolerance=tolerance, counts=ANSWERS[counts] if counts else None)
        return {"campaign": found.pk, "tolerance": found.gold_tolerance, "counts": found.gold_counts}
