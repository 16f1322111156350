"""Ask more people to rate a campaign's clips, or only the most contested ones."""

from argparse import ArgumentParser
from typing import Any

from annotator.selectors.contested import contested_clips
from annotator.selectors.progress import find_campaign
from annotator.services.annotators import add_annotators
from config.commands import CuesetCommand
from datasets.management.progress import finished


class Command(CuesetCommand):
    """`manage.py add_annotators --campaign NAME --annotators a8,a9 [--contested N] [--wait]`."""

    help = (
        "Give more people assignments; accounts that are missing are made, their passwords printed this once. Many are "
        "given out by a worker; --wait does it here."
    )

    def add_options(self, parser: ArgumentParser) -> None:
        """Who, and about which clips."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")
        parser.add_argument("--annotators", required=True, help="user names, separated by commas")
        parser.add_argument("--contested", type=int, help="only the N clips whose scores lie farthest apart")
        parser.add_argument("--wait", action="store_true", help="give them out here, however many they are")

    def run(self, *, campaign: str, annotators: str, contested: int | None, wait: bool, **_: Any) -> dict[str, Any]:
        """How many people and clips, and the new accounts' passwords."""
        found = find_campaign(campaign)
        clips = None if contested is None else [row["clip"] for row in contested_clips(found, limit=contested)]
        names = [name.strip() for name in annotators.split(",") if name.strip()]
        asked = add_annotators(campaign=found, usernames=names, clips=clips)
        finished(asked.job, wait=wait)
        count = found.campaign_clips.count() if clips is None else len(clips)
        accounts = dict(asked.new_accounts)
        return {"job": asked.job.pk, "annotators": len(names), "clips": count, "new_accounts": accounts}
