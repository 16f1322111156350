"""List transcripts that nobody has reviewed, or write down a review."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User

from annotator.selectors.progress import find_campaign
from annotator.selectors.transcripts import transcripts_of, transcripts_to_review
from annotator.services.isolation import review_transcript
from config.commands import CuesetCommand
from config.errors import NotFound


class Command(CuesetCommand):
    """`manage.py review_transcripts --campaign NAME [--flagged] [--clip ID --reviewer NAME [--transcript TEXT]]`."""

    help = "List a campaign's transcripts that wait for a review; with --clip, review one, corrected by --transcript."

    def add_options(self, parser: ArgumentParser) -> None:
        """Which campaign; which clip, by whom, and what is spoken."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")
        parser.add_argument("--flagged", action="store_true", help="only those that tell of other modalities")
        parser.add_argument("--clip", help="id of the clip to review")
        parser.add_argument("--reviewer", default="", help="user name of who reviewed it")
        parser.add_argument("--transcript", help="what is spoken, where the transcript is wrong")

    def run(
        self, *, campaign: str, flagged: bool, clip: str | None, reviewer: str, transcript: str | None, **_: Any
    ) -> dict[str, Any]:
        """What still waits."""
        found = find_campaign(campaign)
        if clip:
            chosen = transcripts_of(found).filter(pk=clip).first()
            if chosen is None:
                raise NotFound(f"“{campaign}” has no clip {clip}.")
            text = chosen.transcript if transcript is None else transcript
            person = User.objects.filter(username=reviewer).first()
            if person is None:
                raise NotFound(f"There is no account “{reviewer}”: name who reviewed it by --reviewer.")
            review_transcript(clip=chosen, transcript=text, actor=person)
        waiting = transcripts_to_review(found, flagged=flagged)
        return {"waiting": len(waiting), "transcripts": waiting}
