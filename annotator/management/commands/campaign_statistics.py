"""Print the figures of a campaign so far."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from annotator.selectors.progress import find_campaign
from annotator.services.questions import CampaignFiguresQuestion
from config.commands import CuesetCommand
from datasets.management.figures import add_csv_option, figures_in_words, with_files
from datasets.services.analyses import answer_here


class Command(CuesetCommand):
    """See the help."""

    help = (
        "Print a campaign's label distributions so far, the discrepancies between modalities, the ratio of positive to "
        "negative clips and the agreement of its annotators; --csv writes the numbers of every figure."
    )

    def add_options(self, parser: CommandParser) -> None:
        """The campaign, and where to write."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")
        add_csv_option(parser)

    def run(self, campaign: str, csv: Path | None, **options: Any) -> dict[str, Any]:
        """Compute; returns every figure's numbers."""
        return with_files(answer_here(CampaignFiguresQuestion(find_campaign(campaign))), csv)

    def describe(self, result: dict[str, Any]) -> str:
        """The short tables."""
        return figures_in_words(result)
