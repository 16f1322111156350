"""Evaluate a finished run again."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from modeling.management.commands.train import metric_lines
from modeling.selectors import find_run
from modeling.services.evaluation import evaluate_folder, evaluate_run


class Command(CuesetCommand):
    """Predict with the stored weights and compare with the stored metrics; nothing is changed."""

    help = "Compute a run's test metrics again from its stored weights, and compare them with those stored."

    def add_options(self, parser: CommandParser) -> None:
        """The run, or its folder and an export of its version."""
        parser.add_argument("run", help="id of the run, as train prints it; with --export, the folder of a run")
        parser.add_argument(
            "--export",
            type=Path,
            metavar="FILE",
            help="CH-SIMS export of the run's version, with features: evaluate a folder that came from another machine",
        )

    def run(self, **options: Any) -> dict[str, Any]:
        """Metrics, and whether the stored ones hold."""
        if options["export"]:
            evaluation = evaluate_folder(folder=Path(options["run"]), export=options["export"])
        else:
            evaluation = evaluate_run(run=find_run(options["run"]))
        return {
            "run": options["run"],
            "metrics": evaluation.metrics,
            "agrees_with_stored": evaluation.agrees,
            "largest_difference": evaluation.largest_difference,
        }

    def describe(self, result: dict[str, Any]) -> str:
        """Metrics and the comparison."""
        word = "agree" if result["agrees_with_stored"] else "DO NOT AGREE"
        return "\n".join([*metric_lines(result["metrics"]), f"They {word} with the stored metrics."])
