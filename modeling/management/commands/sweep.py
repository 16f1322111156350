"""Search for better settings of a recipe on the validation split."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from config.commands import CuesetCommand
from datasets.management.progress import progress_bar
from datasets.models import Job
from datasets.runner import finish_here
from modeling.management.commands.train import add_recipe_options
from modeling.models import Sweep, Trial
from modeling.selectors import best_trial, find_sweep, find_version
from modeling.services.runs import RunSettings
from modeling.services.sweeps import cancel_sweep, extend_sweep, launch_sweep, offered_space, resume_sweep, train_best
from modeling.sweeping.goal import Objective, Pruner
from modeling.sweeping.space import SpaceError, parse_dimension


class Command(CuesetCommand):
    """Launch, resume, extend or cancel a sweep, or train what it found."""

    help = "Search for better settings of a recipe by trials that see the validation split alone."

    def add_options(self, parser: CommandParser) -> None:
        """A version to search on, or a sweep to do something with."""
        parser.add_argument("version", nargs="?", help="id of the version, as publish_version prints it")
        parser.add_argument("--resume", metavar="SWEEP", help="go on with a cancelled or failed sweep")
        parser.add_argument("--extend", metavar="SWEEP", help="give a finished sweep --trials more trials")
        parser.add_argument("--cancel", metavar="SWEEP", help="stop all trials of a sweep")
        parser.add_argument("--show", metavar="SWEEP", help="tell how far a sweep is and what it found")
        parser.add_argument("--train-best", metavar="SWEEP", help="queue the best recipe with the seeds 1111 to 1115")
        parser.add_argument("--space", type=Path, metavar="FILE", help="JSON list of settings with kind and range")
        parser.add_argument(
            "--field", action="append", default=[], metavar="SETTING=KIND:LOW:HIGH", dest="dimensions",
            help="a setting that varies, such as learning_rate=loguniform:1e-4:1e-2 or batch_size=choice:16,32; "
            "kinds: uniform, loguniform, integer, loginteger, choice; without any, what can vary is printed",
        )  # fmt: skip
        parser.add_argument("--trials", type=int, default=20, help="default: 20")
        parser.add_argument("--objective", default=Objective.MAE.value, choices=list(Objective), help="default: mae")
        parser.add_argument("--pruner", default=Pruner.MEDIAN.value, choices=list(Pruner), help="default: median")
        parser.add_argument("--name", default="", help="for people to tell it from others")
        parser.add_argument("--seed", type=int, default=1111, help="of the search and of every training; default: 1111")
        add_recipe_options(parser)
        parser.add_argument("--wait", action="store_true", help="do the work here if no worker does, and wait for it")

    def run(self, **options: Any) -> dict[str, Any]:
        """Whatever was asked for."""
        if options["train_best"]:
            experiment = train_best(sweep=find_sweep(options["train_best"]))
            return {"experiment": str(experiment.pk), "runs": [str(run.pk) for run in experiment.runs.order_by("seed")]}
        if options["show"]:
            return facts(find_sweep(options["show"]))
        if options["cancel"]:
            cancel_sweep(sweep=find_sweep(options["cancel"]))
            return facts(find_sweep(options["cancel"]))
        chosen = RunSettings(**{field.name: options[field.name] for field in fields(RunSettings)})
        space = _space(options)
        if not (options["resume"] or options["extend"] or space):
            return {"space": [dimension.to_dict() for dimension in offered_space(chosen=chosen)]}
        if options["resume"]:
            sweep = resume_sweep(sweep=find_sweep(options["resume"]))
        elif options["extend"]:
            sweep = extend_sweep(sweep=find_sweep(options["extend"]), trials=options["trials"])
        else:
            sweep = _launch(options, chosen, space)
        if options["wait"]:
            _wait(sweep)
        return facts(find_sweep(str(sweep.pk)))

    def describe(self, result: dict[str, Any]) -> str:
        """A line a trial, then the best and what mattered."""
        if "trials" not in result:
            return json.dumps(result, indent=2, ensure_ascii=False)
        lines = [f"sweep {result['sweep']}: {result['state']}, {len(result['trials'])} of {result['wanted']} trials"]
        lines += [_line(trial) for trial in result["trials"]]
        if result["best"]:
            lines.append(f"best by {result['objective']}: {_line(result['best'])}")
        lines += [
            f"{name}: {100 * share:.0f} % of what differs" for name, share in (result["importance"] or {}).items()
        ]
        return "\n".join(lines)


def _space(options: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        written = [parse_dimension(text).to_dict() for text in options["dimensions"]]
        stored = json.loads(options["space"].read_text(encoding="utf-8")) if options["space"] else []
    except SpaceError as error:
        raise CommandError(str(error)) from error
    except (OSError, ValueError) as error:
        raise CommandError(f"{options['space']} cannot be read as JSON: {error}") from error
    return [*stored, *written] if isinstance(stored, list) else stored


def _launch(options: dict[str, Any], chosen: RunSettings, space: list[dict[str, Any]]) -> Sweep:
    if not options["version"]:
        raise CommandError(
            "Name the version to search on, or a sweep with --resume, --extend, --cancel, --show or --train-best."
        )
    return launch_sweep(
        version=find_version(options["version"]),
        chosen=chosen,
        space=space,
        **{name: options[name] for name in ("trials", "objective", "pruner", "name")},
    )


def _wait(sweep: Sweep) -> None:
    assert sweep.job is not None  # noqa: S101 - it was launched or resumed just now
    with progress_bar(sweep.job, lambda job: f"{job.done} of {job.total} trials{_best_so_far(sweep)}"):
        ended = finish_here(sweep.job)
    if ended.state != Job.State.SUCCEEDED:
        raise CommandError(ended.error or f"The sweep {sweep.pk} is {ended.state}.")


def _best_so_far(sweep: Sweep) -> str:
    best = best_trial(sweep)
    return f", best {sweep.objective} {best.value:.4f}" if best else ""


def facts(sweep: Sweep) -> dict[str, Any]:
    """What --json tells of a sweep."""
    best = best_trial(sweep)
    return {
        "sweep": str(sweep.pk),
        "job": str(sweep.job_id),
        "state": sweep.state,
        "objective": sweep.objective,
        "wanted": sweep.trials_wanted,
        "trials": [_trial(trial) for trial in sweep.trials.select_related("run__job")],
        "best": _trial(best) if best else None,
        "importance": sweep.importance,
    }


def _trial(trial: Trial) -> dict[str, Any]:
    return {
        "number": trial.number,
        "run": str(trial.run_id),
        "state": trial.state,
        "parameters": trial.parameters,
        "value": trial.value,
        "pruned_after": trial.pruned_after,
    }


def _line(trial: dict[str, Any]) -> str:
    values = ", ".join(f"{name} {value:.4g}" for name, value in trial["parameters"].items())
    result = f"{trial['value']:.4f}" if trial["value"] is not None else trial["state"]
    return f"trial {trial['number']}: {result} ({values})"
