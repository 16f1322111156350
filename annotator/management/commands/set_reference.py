"""Give a clip the score that it is held to have."""

from argparse import ArgumentParser
from typing import Any

from annotator.models import Reference
from annotator.selectors.preparation import find_clip
from annotator.selectors.progress import find_campaign
from annotator.services.preparation import set_reference
from config.commands import CuesetCommand
from datasets.vocabulary import Modality


class Command(CuesetCommand):
    """`manage.py set_reference --campaign NAME --clip VIDEO/CLIP --modality M --use USE --score N --reason TEXT`."""

    help = "Say what score a clip has in one modality and why: as a class standard, for calibration, or as a gold clip."

    def add_options(self, parser: ArgumentParser) -> None:
        """Which clip, its score, and what for."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")
        parser.add_argument("--clip", required=True, help="video_id/clip_id, of any clip of the project")
        parser.add_argument("--modality", required=True, choices=list(Modality))
        parser.add_argument("--use", required=True, choices=Reference.Use.values, help="none takes it back")
        parser.add_argument("--score", required=True, type=int, help="-3 to 3")
        parser.add_argument("--reason", required=True, help="told to annotators with a standard or after a calibration")
        parser.add_argument(
            "--although-rated",
            action="store_true",
            help="annotators of the campaign rate this clip themselves, and may",
        )

    def run(self, *, campaign: str, clip: str, modality: str, use: str, **options: Any) -> dict[str, Any]:
        """The reference."""
        found = find_campaign(campaign)
        made = set_reference(
            campaign=found, clip=find_clip(found, clip).pk, modality=Modality(modality), use=Reference.Use(use),
            score=options["score"], reason=options["reason"], although_rated=options["although_rated"],
        )  # fmt: skip
        return {"reference": made.pk, "clip": clip, "modality": modality, "use": use, "score": made.score}
