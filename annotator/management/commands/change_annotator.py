"""Pause, exclude, take back or replace an annotator."""

from argparse import ArgumentParser
from typing import Any

from annotator.models import Membership
from annotator.selectors.progress import find_campaign
from annotator.services.annotators import change_annotator, find_member, replace_annotator
from config.commands import CuesetCommand
from datasets.management.progress import finished

SETTABLE = [state.value for state in Membership.SETTABLE]


class Command(CuesetCommand):
    """`manage.py change_annotator --campaign NAME --annotator A3 --reason TEXT [--state STATE | --replace-by USER]`."""

    help = "Change whether an annotator rates and whether the scores count; scores are never deleted."

    def add_options(self, parser: ArgumentParser) -> None:
        """Who, how and why."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")
        parser.add_argument("--annotator", required=True, help="pseudonym, e.g. A3")
        parser.add_argument("--state", choices=SETTABLE, default=Membership.State.EXCLUDED.value)
        parser.add_argument("--reason", required=True, help="kept beside the scores")
        parser.add_argument("--replace-by", default="", help="user name of who rates the same clips instead")
        parser.add_argument("--wait", action="store_true", help="give out the assignments of who replaces them here")

    def run(
        self, *, campaign: str, annotator: str, state: str, reason: str, replace_by: str, wait: bool, **_: Any
    ) -> dict[str, Any]:
        """The annotator's new state, and a new account's password."""
        found = find_campaign(campaign)
        if replace_by:
            asked = replace_annotator(campaign=found, pseudonym=annotator, username=replace_by, reason=reason)
            finished(asked.job, wait=wait)
            state_now = find_member(found, annotator).state
            return {
                "job": asked.job.pk, "annotator": annotator, "state": state_now,
                "new_accounts": dict(asked.new_accounts),
            }  # fmt: skip
        member = change_annotator(campaign=found, pseudonym=annotator, state=Membership.State(state), reason=reason)
        return {"annotator": annotator, "state": str(member.state), "new_accounts": {}}
