"""Open a stage to an annotator without its calibration."""

from argparse import ArgumentParser
from typing import Any

from annotator.selectors.progress import find_campaign
from annotator.services.preparation import let_in
from config.commands import CuesetCommand
from datasets.vocabulary import Modality


class Command(CuesetCommand):
    """`manage.py let_in --campaign NAME --annotator A3 --modality audio --reason TEXT`."""

    help = "Let an annotator into a stage whose calibration they have not passed, for a reason that is kept."

    def add_options(self, parser: ArgumentParser) -> None:
        """Who, where and why."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")
        parser.add_argument("--annotator", required=True, help="pseudonym, e.g. A3")
        parser.add_argument("--modality", required=True, choices=list(Modality))
        parser.add_argument("--reason", required=True, help="kept beside the calibration")

    def run(self, *, campaign: str, annotator: str, modality: str, reason: str, **_: Any) -> dict[str, Any]:
        """The admission."""
        admission = let_in(
            campaign=find_campaign(campaign), pseudonym=annotator, modality=Modality(modality), reason=reason
        )
        return {"admission": admission.pk, "annotator": annotator, "modality": modality}
