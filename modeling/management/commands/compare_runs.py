"""Compare two runs on the same test clips."""

from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from datasets.services.analyses import answer_here
from datasets.vocabulary import Modality
from modeling.selectors import find_run
from modeling.services.questions import ComparisonQuestion


class Command(CuesetCommand):
    """Paired comparison by approximate randomization."""

    help = "Compare two runs' predictions of the same test clips: effect (second minus first) and p of every metric."

    def add_options(self, parser: CommandParser) -> None:
        """The two runs."""
        parser.add_argument("first", help="id of a run, as train prints it")
        parser.add_argument("second", help="id of another run on the same version")
        parser.add_argument("--task", choices=list(Modality), help="prediction to compare (default: the main one)")

    def run(self, **options: Any) -> dict[str, Any]:
        """Scores, effects and p."""
        first, second = find_run(options["first"]), find_run(options["second"])
        task = Modality(options["task"]) if options["task"] else first.main_task
        return answer_here(ComparisonQuestion(first, second, task))

    def describe(self, result: dict[str, Any]) -> str:
        """One line a metric."""
        head = f"{result['task']} prediction of {result['clips']} test clips"
        return "\n".join([head, *(_line(name, each) for name, each in result["metrics"].items())])


def _line(name: str, compared: dict[str, Any]) -> str:
    if compared["effect"] is None:
        return f"{name}: undefined"
    return (
        f"{name}: {compared['first']:.4f} and {compared['second']:.4f}, "
        f"effect {compared['effect']:+.4f}, p = {compared['p']:.4f}"
    )
