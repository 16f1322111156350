"""Ask annotators to rate a project's clips."""

import json
from argparse import ArgumentParser
from typing import Any

from annotator.isolation.parameters import MODES
from annotator.models import Campaign
from annotator.scheduling import REPEAT_SHARE
from annotator.selectors.progress import campaign_counts
from annotator.services.campaigns import request_campaign
from config.commands import CuesetCommand
from datasets.management.progress import finished
from datasets.models import Job
from datasets.people import find_project


class Command(CuesetCommand):
    """`manage.py create_campaign --project NAME --annotators a1,a2,… [--name NAME] [--batch-size N] [--wait] …`."""

    help = (
        "Give every annotator an assignment per supervised clip and stage. Accounts that are missing are made; their "
        "passwords are printed this once. A large campaign is made by a worker; --wait does it here."
    )

    def add_options(self, parser: ArgumentParser) -> None:
        """Project, people, batches, seed, isolation."""
        parser.add_argument("--project", required=True, help="name of the project")
        parser.add_argument("--annotators", required=True, help="user names, separated by commas")
        parser.add_argument("--name", default="", help="name of the campaign (default: the project's)")
        parser.add_argument("--batch-size", type=int, help="clips per batch (default: all in one)")
        parser.add_argument("--seed", type=int, default=1111, help="seed of the shuffles (default: 1111)")
        parser.add_argument(
            "--repeats", type=float, default=REPEAT_SHARE,
            help=f"share of a stage's clips shown twice to each annotator; 0 for none (default: {REPEAT_SHARE})",
        )  # fmt: skip
        parser.add_argument("--wait", action="store_true", help="make it here, however large it is")
        parser.add_argument("--isolation", default="default", choices=tuple(MODES), help="how words are hidden")
        parser.add_argument(
            "--isolation-settings", type=json.loads, default={}, help='changed settings as JSON: {"most_estoi": 0.3}'
        )

    def run(
        self, *, project: str, annotators: str, name: str, batch_size: int | None, seed: int, repeats: float,
        isolation: str, isolation_settings: dict[str, Any], wait: bool, **_: Any,
    ) -> dict[str, Any]:  # fmt: skip
        """The campaign's id and counts, and the new accounts' passwords."""
        requested = request_campaign(
            project=find_project(project),
            annotators=[username.strip() for username in annotators.split(",") if username.strip()],
            name=name,
            batch_size=batch_size,
            seed=seed,
            repeats=repeats,
            isolation=isolation,
            isolation_settings=isolation_settings,
        )
        told = {"campaign": requested.campaign, "name": requested.name, "job": requested.job.pk}
        accounts = {"new_accounts": dict(requested.new_accounts)}
        job = finished(requested.job, wait=wait)
        if job.state not in Job.ENDED:
            return told | accounts
        return told | campaign_counts(Campaign.objects.get(pk=requested.campaign)) | accounts
