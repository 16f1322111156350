"""The jobs of a sweep: each part tries one trial, the whole ends when all of them have."""

from typing import Any

from datasets.runner import Work, handles
from modeling.errors import RunFailed
from modeling.models import Sweep
from modeling.runner.training import failure_of, train_in_child
from modeling.selectors import best_trial
from modeling.trials import ask_trial, keep_importance


@handles("try_trial")
def try_trial(work: Work) -> dict[str, Any]:
    """Ask the study for values, unless a former attempt did, and train with them in a fresh process."""
    sweep = Sweep.objects.get(pk=work.payload["sweep"])
    with work.commit():
        trial = ask_trial(sweep, work.job)
    if not trial.has_ended:
        ending = train_in_child(work, trial.run)
        trial.refresh_from_db()
        if not trial.has_ended:
            raise failure_of(work, ending)
    keep_importance(sweep)
    return {"trial": trial.number, "value": trial.value, "pruned_after": trial.pruned_after}


@handles("sweep")
def finish_sweep(work: Work) -> dict[str, Any]:
    """Tell the best of all trials; RunFailed when none of them came to a value."""
    sweep = Sweep.objects.get(pk=work.payload["sweep"])
    best = best_trial(sweep)
    if best is None:
        raise RunFailed("No trial of this sweep finished; the trials' own errors say why.")
    keep_importance(sweep)
    return {"best": best.number, "value": best.value, "parameters": best.parameters}
