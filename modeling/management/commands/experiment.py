"""Run one recipe with several seeds."""

from dataclasses import fields
from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from datasets.services.analyses import answer_here
from modeling.management.commands.train import add_recipe_options
from modeling.management.waiting import wait_for_run
from modeling.models import Experiment
from modeling.scores import finished_runs, spreads
from modeling.selectors import find_version
from modeling.services.experiments import SEEDS, launch_experiment
from modeling.services.questions import IntervalsQuestion
from modeling.services.runs import RunSettings


class Command(CuesetCommand):
    """Mean, deviation and interval of one recipe's test scores over several seeds."""

    help = "Train one recipe with several seeds and tell mean, standard deviation and 95 % interval of its test scores."

    def add_options(self, parser: CommandParser) -> None:
        """Version, recipe and seeds."""
        parser.add_argument("version", help="id of the version, as publish_version prints it")
        add_recipe_options(parser)
        parser.add_argument("--name", default="", help="for people to tell it from others")
        parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS), help="default: 1111 to 1115")
        parser.add_argument("--wait", action="store_true", help="do the work here if no worker does, and wait for it")

    def run(self, **options: Any) -> dict[str, Any]:
        """Launch it; with --wait, see to it that all its runs end."""
        chosen = {field.name: options[field.name] for field in fields(RunSettings) if field.name != "seed"}
        experiment = launch_experiment(
            version=find_version(options["version"]),
            chosen=RunSettings(**chosen),
            seeds=options["seeds"],
            name=options["name"],
        )
        if options["wait"]:
            for run in experiment.runs.order_by("seed"):
                wait_for_run(run)
        return _facts(experiment)

    def describe(self, result: dict[str, Any]) -> str:
        """One line a metric of the main task."""
        head = f"experiment {result['experiment']}: {result['finished']} of {len(result['runs'])} runs finished"
        table = result["scores"].get(result["task"], {})
        return "\n".join([head, *(_line(name, each, result["intervals"]) for name, each in table.items() if each)])


def _line(name: str, spread: dict[str, Any], found: dict[str, Any]) -> str:
    deviation = "" if spread["deviation"] is None else f" ± {spread['deviation']:.4f}"
    interval = found.get(name)
    return f"{name} {spread['mean']:.4f}{deviation}" + (
        f", 95 % {interval[0]:.4f} to {interval[1]:.4f}" if interval else ""
    )


def _facts(experiment: Experiment) -> dict[str, Any]:
    runs = list(experiment.runs.with_state().order_by("seed"))
    finished = finished_runs(experiment)
    return {
        "experiment": str(experiment.pk),
        "runs": [{"run": str(run.pk), "seed": run.seed, "state": run.state} for run in runs],
        "finished": len(finished),
        "task": str(runs[0].main_task),
        "scores": spreads(finished),
        "intervals": answer_here(IntervalsQuestion(experiment))["intervals"] or {},
    }
