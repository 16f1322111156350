"""Where a run errs."""

from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from datasets.services.analyses import answer_here
from datasets.vocabulary import Modality, Split
from modeling.selectors import find_run
from modeling.services.questions import ErrorsQuestion

VIEWS = ("by_class", "by_scenario", "by_duration", "by_agreement")


class Command(CuesetCommand):
    """Confusion of classes, and errors by class, scenario, duration and agreement."""

    help = (
        "Tell where a run's prediction errs: confusion over five classes, errors by class, scenario, duration, spread."
    )

    def add_options(self, parser: CommandParser) -> None:
        """Which prediction of which run."""
        parser.add_argument("run", help="id of a run, as train prints it")
        parser.add_argument("--task", choices=list(Modality), help="prediction to look at (default: the main one)")
        parser.add_argument("--split", choices=list(Split), default=Split.TEST.value)

    def run(self, **options: Any) -> dict[str, Any]:
        """All views of one prediction."""
        run = find_run(options["run"])
        return answer_here(ErrorsQuestion(run, Modality(options["task"] or run.main_task), Split(options["split"])))

    def describe(self, result: dict[str, Any]) -> str:
        """The confusion as a table, then one line a group."""
        lines = [
            f"{result['task']} prediction of {result['clips']} {result['split']} clips, true class by predicted class"
        ]
        lines.append(_row("", result["classes"]))
        lines += [_row(name, row) for name, row in zip(result["classes"], result["confusion"], strict=True)]
        for view in VIEWS:
            lines += [f"{view.replace('_', ' ')} {_line(group)}" for group in result[view]]
        return "\n".join(lines)


def _row(head: str, cells: list[object]) -> str:
    return " ".join(f"{cell:>5}" for cell in (head, *cells))


def _line(group: dict[str, Any]) -> str:
    name = group["name"] or f"{group['low']:g} to {group['high']:g}"
    return f"{name}: MAE {group['mae']:.3f}, bias {group['bias']:+.3f}, {group['clips']} clips"
