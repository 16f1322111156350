"""Settle a contested label by decision."""

from argparse import ArgumentParser
from fractions import Fraction
from typing import Any

from annotator.errors import BadCampaign
from annotator.selectors.progress import find_campaign
from annotator.services.decisions import decide_label
from config.commands import CuesetCommand
from config.errors import NotFound
from datasets.vocabulary import Modality


class Command(CuesetCommand):
    """`manage.py decide_label --campaign NAME --clip VIDEO/CLIP --modality audio --label -0.4 --reason TEXT`."""

    help = "Record an admin's decision about one label: a new fact with its reason; the label follows."

    def add_options(self, parser: ArgumentParser) -> None:
        """Which label, its value, and why."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")
        parser.add_argument("--clip", required=True, help="video_id/clip_id")
        parser.add_argument("--modality", required=True, choices=list(Modality))
        parser.add_argument("--label", required=True, help="on the grid -1.0, -0.8, … 1.0")
        parser.add_argument("--reason", required=True, help="kept beside the label")

    def run(self, *, campaign: str, clip: str, modality: str, label: str, reason: str, **_: Any) -> dict[str, Any]:
        """The decision."""
        found = find_campaign(campaign)
        video_id, _slash, clip_id = clip.rpartition("/")
        place = found.campaign_clips.filter(clip__source__video_id=video_id, clip__clip_id=clip_id).first()
        if place is None:
            raise NotFound(f"There is no clip “{clip}” in “{campaign}”; name it as video_id/clip_id.")
        decision = decide_label(
            campaign=found, clip=place.clip_id, modality=Modality(modality), fifths=in_fifths(label), reason=reason
        )
        return {"decision": decision.pk, "clip": clip, "modality": modality, "label": decision.fifths / 5}


def in_fifths(label: str) -> int:
    """A label times five; BadCampaign when it is no value of the grid."""
    try:
        fifths = Fraction(label) * 5
    except ValueError:
        fifths = Fraction(1, 2)
    if fifths.denominator != 1:
        raise BadCampaign(f"“{label}” is off the grid; labels are -1.0, -0.8, … 1.0.")
    return int(fifths)
