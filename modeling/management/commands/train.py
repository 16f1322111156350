"""Train a model on a version."""

import json
from dataclasses import fields
from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from datasets.ingest.feature_files import IMPORTED
from modeling.extractors import names_of
from modeling.management.waiting import wait_for_run
from modeling.models import Run
from modeling.recipes import Ablation, Model, Supervision, Variant
from modeling.selectors import FEATURES, find_run, find_version
from modeling.services.runs import RunSettings, launch_run


class Command(CuesetCommand):
    """A run: training with early stopping, then one evaluation of the test split."""

    help = "Train a model on a version whose features are extracted, and score its test split once."

    def add_options(self, parser: CommandParser) -> None:
        """Version, recipe, seed and feature sets."""
        parser.add_argument("version", help="id of the version, as publish_version prints it")
        add_recipe_options(parser)
        parser.add_argument("--seed", type=int, default=1111, help="default: 1111")
        parser.add_argument("--wait", action="store_true", help="do the work here if no worker does, and wait for it")

    def run(self, **options: Any) -> dict[str, Any]:
        """Launch it; with --wait, see to it that it ends."""
        names = [field.name for field in fields(RunSettings)]
        chosen = RunSettings(**{name: options[name] for name in names})
        run = launch_run(version=find_version(options["version"]), chosen=chosen)
        if options["wait"]:
            wait_for_run(run)
        return facts(find_run(str(run.pk)))

    def describe(self, result: dict[str, Any]) -> str:
        """State and metrics."""
        head = f"run {result['run']}: {result['state']}, {result['epochs']} epochs, best {result['best_epoch']}"
        return "\n".join([head, *metric_lines(result["metrics"])])


def add_recipe_options(parser: CommandParser) -> None:
    """Options of everything that a person chooses for a run but its seed."""
    parser.add_argument(
        "--model", default="avmc", choices=list(Model), help="avmc (default), or a modality for a model of it alone"
    )
    parser.add_argument("--supervision", choices=list(Supervision), help="labels that a unimodal model learns from")
    parser.add_argument("--ablation", choices=list(Ablation), help="what to take away from AV-MC")
    parser.add_argument("--recipe", default="released", choices=list(Variant), help="default: released")
    parser.add_argument("--semi", action="store_true", help="learn from the unsupervised clips too")
    parser.add_argument("--epochs", type=int, help="at most this many (default: the recipe's)")
    for modality in FEATURES:
        parser.add_argument(
            f"--{modality}",
            choices=[*names_of(modality), IMPORTED],
            help="extractor (default: newest); a unimodal model reads its own modality alone",
        )
    parser.add_argument(
        "--set", dest="overrides", type=json.loads, default={}, metavar="JSON",
        help='other settings of the recipe, such as \'{"mixup_weights": {"audio": 0}}\'',
    )  # fmt: skip


def facts(run: Run) -> dict[str, Any]:
    """What --json tells of a run."""
    return {
        "run": str(run.pk),
        "job": str(run.job_id) if run.job_id else None,
        "state": run.state,
        "epochs": run.epochs.count(),
        "best_epoch": run.best_epoch,
        "metrics": run.metrics,
    }


def metric_lines(metrics: dict[str, Any] | None) -> list[str]:
    """Test metrics, one line for each prediction."""
    lines = []
    for prediction, row in (metrics or {}).get("test", {}).items():
        values = (f"{name} {'undefined' if value is None else f'{value:.4f}'}" for name, value in row.items())
        lines.append(f"{prediction}: {', '.join(values)}")
    return lines
