"""Set what comes before a campaign's stages."""

from argparse import ArgumentParser
from typing import Any

from annotator.errors import BadPreparation
from annotator.preparing import Calibration
from annotator.selectors.preparation import preparation_of
from annotator.selectors.progress import find_campaign
from annotator.serializers.preparation import PreparationSerializer
from annotator.services.preparation import change_preparation
from config.commands import CuesetCommand
from datasets.vocabulary import Modality


class Command(CuesetCommand):
    """`manage.py prepare_campaign --campaign NAME [--gap-hours 24] [--checks off] [--calibration audio:5:1.0 …]`."""

    help = "Set the gap between stages, checks of sound and screen, and calibrations; tells how they stand."

    def add_options(self, parser: ArgumentParser) -> None:
        """What to change; what is left out stays."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")
        parser.add_argument("--gap-hours", type=float, help="between the last answer of a stage and the next stage")
        parser.add_argument("--checks", choices=("on", "off"), help="of sound and screen")
        parser.add_argument(
            "--calibration", nargs="+", default=[], metavar="MODALITY:CLIPS:DISTANCE", help="or MODALITY:off"
        )

    def run(
        self, *, campaign: str, gap_hours: float | None, checks: str | None, calibration: list[str], **_: Any
    ) -> dict[str, Any]:
        """The settings, and how far every annotator is."""
        found = find_campaign(campaign)
        if gap_hours is not None or checks or calibration:
            change_preparation(
                campaign=found,
                gap_hours=gap_hours,
                checks=None if checks is None else checks == "on",
                calibration=dict(map(read_calibration, calibration)),
            )
        return {"campaign": found.pk, **PreparationSerializer(preparation_of(found)).data}


def read_calibration(text: str) -> tuple[Modality, Calibration | None]:
    """`audio:5:1.0` or `audio:off`; BadPreparation for anything else."""
    modality, _colon, rest = text.partition(":")
    try:
        clips, distance = (None, None) if rest == "off" else rest.split(":")
        return Modality(modality), Calibration(int(clips), float(distance)) if clips and distance else None
    except ValueError as error:
        raise BadPreparation(f"“{text}” is no calibration; write one as audio:5:1.0 or audio:off.") from error
