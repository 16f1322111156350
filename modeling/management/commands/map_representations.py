"""Map what a run has learned."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from config.commands import CuesetCommand
from datasets.models import Job
from datasets.runner import finish_here
from modeling.selectors import find_run
from modeling.services.understanding import PERPLEXITY, SEED, request_map


class Command(CuesetCommand):
    """t-SNE of the three unimodal representations (the paper's Fig. 7)."""

    help = "Map a run's text, audio and vision representations to planes by t-SNE; made once for each setting."

    def add_options(self, parser: CommandParser) -> None:
        """Run and settings."""
        parser.add_argument("run", help="id of a run, as train prints it")
        parser.add_argument("--perplexity", type=float, default=PERPLEXITY, help=f"default: {PERPLEXITY:g}")
        parser.add_argument("--seed", type=int, default=SEED, help=f"default: {SEED}")
        parser.add_argument("--wait", action="store_true", help="do the work here if no worker does, and wait for it")

    def run(self, **options: Any) -> dict[str, Any]:
        """Ask for it; with --wait, see to it that it is made."""
        run = find_run(options["run"])
        wanted = request_map(run=run, perplexity=options["perplexity"], seed=options["seed"])
        if options["wait"] and wanted.job and wanted.result is None:
            ended = finish_here(wanted.job, lambda job: self.say(f"{job.done} of {job.total} {job.doing}"))
            if ended.state != Job.State.SUCCEEDED:
                raise CommandError(ended.error or f"The map is {ended.state}.")
            wanted.refresh_from_db()
        return {"map": str(wanted.pk), "run": str(run.pk), "state": wanted.state, **(wanted.result or {})}

    def describe(self, result: dict[str, Any]) -> str:
        """How many clips of which modalities."""
        mapped = ", ".join(result.get("points", {})) or "nothing yet"
        return f"map {result['map']}: {result['state']}, {len(result.get('clips', []))} clips, {mapped}"
