"""The trials of a sweep between the database and its study: asked for, described, and weighed."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from datasets.models import Job
from datasets.vocabulary import Modality
from modeling.models import Epoch, Run, Sweep, Trial
from modeling.recipes import Recipe
from modeling.revision import code_revision
from modeling.sweeping.goal import Objective, Pruner
from modeling.sweeping.space import SearchSpace, apply
from modeling.sweeping.study import Fate, Study, Tried


def study_of(sweep: Sweep) -> Study:
    """The search that a sweep stands for."""
    return Study(SearchSpace.from_list(sweep.space), Objective(sweep.objective), Pruner(sweep.pruner), sweep.seed)


def ask_trial(sweep: Sweep, job: Job) -> Trial:
    """The trial of this job: the one that it began before, or a new one with the values to try next.

    Call it in a transaction; it holds the sweep's row, so that of two workers the second knows the first one's trial.
    The first trial is the recipe as it stands, where that lies within the space.
    """
    Sweep.objects.select_for_update().get(pk=sweep.pk)
    begun = Trial.objects.select_related("run").filter(run__job=job).first()
    if begun:
        return begun
    study, base, trials = study_of(sweep), Recipe.from_dict(sweep.recipe), tried(sweep)
    own = study.space.parameters_of(base) if not trials else None
    parameters = own or study.suggest(len(trials), trials)
    run = Run.objects.create(
        version_id=sweep.version_id,
        model=base.model,
        recipe_name=sweep.recipe_name,
        recipe=apply(base, parameters).to_dict(),
        semi=base.semi,
        seed=sweep.seed,
        text_id=sweep.text_id,
        audio_id=sweep.audio_id,
        vision_id=sweep.vision_id,
        code_revision=code_revision(),
        job=job,
        tuning=True,
        created_by_id=sweep.created_by_id,
    )
    return Trial.objects.create(sweep=sweep, number=len(trials), parameters=dict(parameters), run=run)


def tried(sweep: Sweep, *, but: Trial | None = None) -> list[Tried]:
    """All trials so far, by number; without one of them, if it is named."""
    task = Recipe.from_dict(sweep.recipe).main_task
    by_run: defaultdict[Any, dict[int, float]] = defaultdict(dict)
    rows = Epoch.objects.filter(run__trial__sweep=sweep).values("run", "number", "valid_loss", "valid_metrics")
    for row in rows:
        if (value := _measured(sweep, task, row)) is not None:
            by_run[row["run"]][row["number"]] = value
    trials = sweep.trials.select_related("run__job").order_by("number")
    return [_describe(trial, by_run[trial.run_id]) for trial in trials if trial != but]


def describe_running(trial: Trial) -> Tried:
    """A trial in training, as far as it is."""
    by_epoch = {
        row["number"]: value
        for row in trial.run.epochs.values("number", "valid_loss", "valid_metrics")
        if (value := _measured(trial.sweep, trial.run.main_task, row)) is not None
    }
    return Tried(trial.parameters, Fate.RUNNING, by_epoch=by_epoch)


def final_value(trial: Trial) -> float | None:
    """The objective after the best epoch, whose weights a run would keep; None where it is undefined."""
    best = trial.run.epochs.filter(is_best=True).order_by("-number")
    row = best.values("valid_loss", "valid_metrics").first()
    return _measured(trial.sweep, trial.run.main_task, row) if row else None


def keep_importance(sweep: Sweep) -> None:
    """Weigh the settings anew by the trials that have finished."""
    Sweep.objects.filter(pk=sweep.pk).update(importance=study_of(sweep).importance(tried(sweep)))


def _measured(sweep: Sweep, task: Modality, row: Mapping[str, Any]) -> float | None:
    if sweep.objective == Objective.VALID_LOSS:
        return float(row["valid_loss"])
    value: float | None = row["valid_metrics"][task][sweep.objective]
    return value


def _describe(trial: Trial, by_epoch: Mapping[int, float]) -> Tried:
    return Tried(trial.parameters, _fate(trial), trial.value, by_epoch)


def _fate(trial: Trial) -> Fate:
    if trial.value is not None:
        return Fate.FINISHED
    if trial.pruned_after is not None:
        return Fate.PRUNED
    return Fate.FAILED if trial.run.state in (Job.State.FAILED, Job.State.CANCELLED) else Fate.RUNNING
