"""List the clips of a campaign that people should look at again."""

from argparse import ArgumentParser
from typing import Any

from annotator.selectors.contested import MOST_SHOWN, Order
from annotator.selectors.progress import find_campaign
from annotator.services.questions import ContestedQuestion
from config.commands import CuesetCommand
from datasets.services.analyses import answer_here
from datasets.vocabulary import Modality

PRINTED = 20


class Command(CuesetCommand):
    """`manage.py contested_clips --campaign NAME [--order spread|conflict] [--limit N]`."""

    help = "List the most contested clips of a campaign, with their labels so far, spreads of scores, and decisions."

    def add_options(self, parser: ArgumentParser) -> None:
        """Which campaign, by what, and how many."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")
        parser.add_argument(
            "--order", type=Order, choices=list(Order), default=Order.SPREAD,
            help="by the widest spread of one modality's scores (default), or by the conflict between modalities",
        )  # fmt: skip
        parser.add_argument(
            "--limit", type=int, choices=range(1, MOST_SHOWN + 1), default=PRINTED, metavar="N",
            help=f"how many clips, 1 to {MOST_SHOWN} (default {PRINTED})",
        )  # fmt: skip

    def run(self, *, campaign: str, order: Order, limit: int, **_: Any) -> dict[str, Any]:
        """The same as the page shows, of this moment."""
        found = find_campaign(campaign)
        clips = answer_here(ContestedQuestion(found, order))["clips"]
        return {"campaign": found.pk, "order": order, "clips": clips[:limit]}

    def describe(self, result: dict[str, Any]) -> str:
        """A line per clip, and one per modality below it."""
        if not result["clips"]:
            return "No clip has scores that could be compared yet."
        return "\n".join(line for clip in result["clips"] for line in lines_of(clip))


def lines_of(clip: dict[str, Any]) -> list[str]:
    """One clip in words."""
    head = (
        f"{clip['video_id']}$_${clip['clip_id']}   widest spread {figure(clip['widest'])}   "
        f"conflict {figure(clip['conflict'])}   {clip['transcript']}"
    )
    width = max(len(modality) for modality in Modality)
    return [
        head,
        *(
            f"  {row['modality']:{width}}   label {figure(row['value'], '+.1f')}   spread {figure(row['spread'])}"
            + ("" if row["decided"] is None else f"   decided {row['decided']:+.1f}")
            for row in clip["modalities"]
        ),
    ]


def figure(value: float | None, form: str = ".2f") -> str:
    """A figure, or a dash where there is none."""
    return "–" if value is None else format(value, form)
