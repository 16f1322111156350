"""What Optuna makes of a sweep's trials: values to try next, when to stop one early, what mattered.

Its study is built anew from the trials each time and kept nowhere: docs/decisions/0004.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
import optuna
from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)
from optuna.study import StudyDirection
from optuna.trial import FrozenTrial, TrialState

from modeling.sweeping.goal import HIGHER_IS_BETTER, Objective, Pruner
from modeling.sweeping.space import LOGARITHMIC, WHOLE, Dimension, Kind, Parameters, SearchSpace

optuna.logging.set_verbosity(optuna.logging.WARNING)

LEAST_FOR_IMPORTANCE = 4  # finished trials
PRUNING_STARTS_AFTER = 5  # finished trials
WARM_UP_EPOCHS = 2  # that no trial is stopped in


_KEPT_PERCENT = {Pruner.MEDIAN: 50.0, Pruner.QUARTILE: 25.0}


class Fate(StrEnum):
    """What became of a trial, as far as what is tried next depends on it."""

    RUNNING = "running"
    FINISHED = "finished"
    PRUNED = "pruned"
    FAILED = "failed"


_STATES = {
    Fate.RUNNING: TrialState.RUNNING,
    Fate.FINISHED: TrialState.COMPLETE,
    Fate.PRUNED: TrialState.PRUNED,
    Fate.FAILED: TrialState.FAIL,
}


@dataclass(frozen=True)
class Tried:
    """One trial: what it took, and what came of it so far."""

    parameters: Parameters
    fate: Fate
    value: float | None = None  # of the objective; None until it finished
    by_epoch: Mapping[int, float] = field(default_factory=dict)  # epoch -> objective; undefined ones are left out


@dataclass(frozen=True)
class Study:
    """A search: its space, what it improves, and the seed of its choices."""

    space: SearchSpace
    objective: Objective
    pruner: Pruner
    seed: int

    def suggest(self, number: int, trials: Sequence[Tried]) -> dict[str, Any]:
        """Values of trial `number` after those trials; the same arguments give the same values.

        A running trial counts as a bad one (constant liar), so that workers do not all try the same place.
        """
        seed = int(np.random.SeedSequence([self.seed, number]).generate_state(1)[0])
        sampler = optuna.samplers.TPESampler(seed=seed, constant_liar=True)
        asked = self._study(trials, sampler).ask(self._distributions())
        return {dimension.setting: asked.params[dimension.setting] for dimension in self.space.dimensions}

    def should_prune(self, trial: Tried, others: Sequence[Tried]) -> bool:
        """Whether a running trial is to be stopped after its last epoch."""
        if not trial.by_epoch:
            return False
        study = self._study([*others, trial])
        return self._pruner().prune(study, study.trials[-1])

    def importance(self, trials: Sequence[Tried]) -> dict[str, float] | None:
        """Share of the objective's variance that each setting explains (fANOVA), greatest first.

        None while fewer than four trials have finished, or all of them came to the same value.
        """
        finished = [trial for trial in trials if trial.fate is Fate.FINISHED]
        if len(finished) < LEAST_FOR_IMPORTANCE or len({trial.value for trial in finished}) < 2:
            return None
        evaluator = optuna.importance.FanovaImportanceEvaluator(seed=self.seed)
        found = optuna.importance.get_param_importances(self._study(finished), evaluator=evaluator)
        return {name: float(share) for name, share in found.items()}

    def _study(self, trials: Sequence[Tried], sampler: optuna.samplers.BaseSampler | None = None) -> optuna.Study:
        higher = self.objective in HIGHER_IS_BETTER
        direction = StudyDirection.MAXIMIZE if higher else StudyDirection.MINIMIZE
        study = optuna.create_study(direction=direction, sampler=sampler, pruner=self._pruner())
        study.add_trials([self._frozen(trial) for trial in trials])
        return study

    def _frozen(self, trial: Tried) -> FrozenTrial:
        value = trial.value
        if trial.fate is Fate.PRUNED and trial.by_epoch:
            value = trial.by_epoch[max(trial.by_epoch)]
        return optuna.trial.create_trial(
            state=_STATES[trial.fate],
            value=value if trial.fate in (Fate.FINISHED, Fate.PRUNED) else None,
            params=dict(trial.parameters),
            distributions=self._distributions(),
            intermediate_values=dict(trial.by_epoch),
        )

    def _distributions(self) -> dict[str, BaseDistribution]:
        return {dimension.setting: _distribution(dimension) for dimension in self.space.dimensions}

    def _pruner(self) -> optuna.pruners.BasePruner:
        if self.pruner is Pruner.NONE:
            return optuna.pruners.NopPruner()
        return optuna.pruners.PercentilePruner(
            _KEPT_PERCENT[self.pruner], n_startup_trials=PRUNING_STARTS_AFTER, n_warmup_steps=WARM_UP_EPOCHS + 1
        )


def _distribution(dimension: Dimension) -> BaseDistribution:
    if dimension.kind is Kind.CHOICE:
        return CategoricalDistribution(dimension.choices)
    log, (low, high) = dimension.kind in LOGARITHMIC, dimension.extremes
    if dimension.kind in WHOLE:
        return IntDistribution(int(low), int(high), log=log)
    return FloatDistribution(float(low), float(high), log=log)
