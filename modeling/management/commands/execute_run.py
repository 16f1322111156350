"""The training process that a run's job starts; not meant to be called by people."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from config.commands import CuesetCommand
from datasets.runner import LeaseLost
from modeling.runner.execution import execute
from modeling.runner.together import start_others, work_along
from modeling.runner.trial_execution import execute_trial
from modeling.selectors import find_run


class Command(CuesetCommand):
    """Train one run under the lease of the worker that started this process."""

    help = "Used by workers: train a run in this process. To launch a run, use the command train."

    def add_options(self, parser: CommandParser) -> None:
        """The run and whose lease it is done under."""
        parser.add_argument("run")
        parser.add_argument("--fence", type=int, required=True, help="fence of the claimed job")
        parser.add_argument("--parent", type=int, required=True, help="process that watches this one")
        parser.add_argument("--along", action="store_true", help="work along with the process that keeps the results")

    def run(self, **options: Any) -> dict[str, Any]:
        """Train."""
        run = find_run(options["run"])
        if options["along"]:
            work_along(run, parent=options["parent"])
            return {"run": str(run.pk)}
        try:
            if run.tuning:  # alone: sweeps share their trials out among workers instead
                execute_trial(run, fence=options["fence"], parent=options["parent"])
                return {"run": str(run.pk)}
            with start_others(run, fence=options["fence"]):
                execute(run, fence=options["fence"], parent=options["parent"])
        except LeaseLost as error:
            raise CommandError("The worker that started this training no longer holds its job.") from error
        return {"run": str(run.pk)}
