"""Launching, resuming, extending and cancelling sweeps, and training what they found."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from config.errors import Conflict
from config.sentences import sentence
from datasets.jobs import Part, add_parts, cancel_job, enqueue, retry_job
from datasets.models import Job, Version
from datasets.people import record_event
from modeling.errors import InvalidSweep, RunUnfinished
from modeling.models import Experiment, Sweep
from modeling.recipes import Model, Recipe
from modeling.selectors import best_trial, pick_feature_sets
from modeling.services.experiments import SEEDS, create_experiment
from modeling.services.runs import RunSettings
from modeling.sweeping.goal import Objective, Pruner
from modeling.sweeping.offered import offer
from modeling.sweeping.space import Dimension, SearchSpace, SpaceError, apply

MOST_TRIALS = 1000


def offered_space(*, chosen: RunSettings) -> list[Dimension]:
    """Every setting that a sweep of this recipe could vary, with a sensible range."""
    return offer(chosen.full_recipe())


@transaction.atomic
def launch_sweep(
    *,
    version: Version,
    chosen: RunSettings,
    space: Any,  # JSON as SearchSpace.from_list reads it
    trials: int = 20,
    objective: str = Objective.MAE,
    pruner: str = Pruner.MEDIAN,
    name: str = "",
    actor: User | None = None,
) -> Sweep:
    """Queue the trials of a search around a recipe, each of them trained with `chosen.seed`.

    InvalidSweep says what is wrong with the space, FeaturesMissing which features are not there.
    """
    base = chosen.full_recipe()
    searched = _read_space(space, base, Objective(objective))
    if not 1 <= trials <= MOST_TRIALS:
        raise InvalidSweep(f"A sweep makes 1 to {MOST_TRIALS} trials, not {trials}.")
    feature_sets = pick_feature_sets(version, chosen.extractors_for(base))
    sweep = Sweep.objects.create(
        version=version,
        name=name,
        recipe_name=chosen.recipe,
        recipe=base.to_dict(),
        space=searched.to_list(),
        objective=objective,
        pruner=pruner,
        seed=chosen.seed,
        trials_wanted=trials,
        created_by=actor,
        **{str(modality): feature_set for modality, feature_set in feature_sets.items()},
    )
    title = sentence(
        "sweep",
        f"Sweep {Model(base.model).called} ({{recipe}}) on {{project}} {{number}}",
        model=base.model,
        recipe=chosen.recipe,
        project=version.project.name,
        number=version.number,
    )
    sweep.job = enqueue(
        kind="sweep",
        title=title,
        queue="training",
        payload={"sweep": str(sweep.pk)},
        parts=_trials(sweep, trials),
        project=version.project,
        created_by=actor,
    )
    sweep.save(update_fields=["job"])
    record_event(verb="launched sweep", subject=sweep.pk, project=version.project, actor=actor, trials=trials)
    return sweep


def _trials(sweep: Sweep, count: int) -> list[Part]:
    title = sentence("try_trial", "A trial of {name}", name=sweep.name or sweep.recipe_name)
    return [Part("try_trial", title, {"sweep": str(sweep.pk)}) for _ in range(count)]


def _read_space(space: Any, base: Recipe, objective: Objective) -> SearchSpace:
    try:
        searched = SearchSpace.from_list(space)
        searched.check_for(base)
    except SpaceError as error:
        raise InvalidSweep(str(error)) from error
    if objective is Objective.VALID_LOSS and "task_weights" in searched.settings():
        raise InvalidSweep(
            "With task_weights in the space, the validation loss would measure every trial by other weights: "
            "improve mae or corr instead, or keep the weights."
        )
    return searched


def cancel_sweep(*, sweep: Sweep) -> None:
    """Stop all trials: those that run are gone within ten seconds, those that wait never start."""
    if sweep.job is None:
        raise Conflict("This sweep has no job any more, so there is nothing to cancel.")
    cancel_job(job=sweep.job)


def resume_sweep(*, sweep: Sweep) -> Sweep:
    """Go on with a cancelled or failed sweep: trials go on after their last epoch, with the values they had."""
    if sweep.job is None:
        raise Conflict("This sweep has no job any more; launch it anew.")
    retry_job(job=sweep.job)
    sweep.refresh_from_db()
    return sweep


@transaction.atomic
def extend_sweep(*, sweep: Sweep, trials: int, actor: User | None = None) -> Sweep:
    """Add trials to a finished sweep; what they try next follows from all trials before them.

    Conflict while it goes on, or where it was cancelled or failed and is to be resumed first.
    """
    if sweep.job is None:
        raise Conflict("This sweep has no job any more; launch it anew.")
    if trials < 1 or sweep.trials_wanted + trials > MOST_TRIALS:
        raise InvalidSweep(
            f"A sweep makes at most {MOST_TRIALS} trials, and this one has {sweep.trials_wanted}: "
            f"{trials} cannot be added."
        )
    if sweep.state != Job.State.SUCCEEDED:
        raise Conflict(
            f"This sweep is {sweep.state}: only a finished one can be given more trials; "
            "resume a cancelled or failed one first."
        )
    add_parts(job=sweep.job, parts=_trials(sweep, trials))
    Sweep.objects.filter(pk=sweep.pk).update(trials_wanted=F("trials_wanted") + trials)
    record_event(verb="extended sweep", subject=sweep.pk, project=sweep.version.project, actor=actor, trials=trials)
    sweep.refresh_from_db()
    return sweep


def train_best(*, sweep: Sweep, seeds: Sequence[int] = SEEDS, actor: User | None = None) -> Experiment:
    """An experiment of the best trial's recipe, whose runs are scored on the test split once each."""
    best = best_trial(sweep)
    if best is None:
        raise RunUnfinished("No trial of this sweep has finished yet, so there is no best one to train.")
    return create_experiment(
        version=sweep.version,
        recipe_name=sweep.recipe_name,
        full_recipe=apply(Recipe.from_dict(sweep.recipe), best.parameters),
        feature_sets=sweep.feature_sets,
        seeds=seeds,
        name=f"best of {sweep}"[:100],
        actor=actor,
    )
