"""What Optuna makes of trials: suggestions, early ends and importance."""

import math

import pytest

from modeling.sweeping.goal import Objective, Pruner
from modeling.sweeping.space import SearchSpace, parse_dimension
from modeling.sweeping.study import Fate, Study, Tried

SPACE = SearchSpace(
    (
        parse_dimension("learning_rate=loguniform:1e-4:1e-1"),
        parse_dimension("hidden_sizes.audio=integer:8:64"),
        parse_dimension("batch_size=choice:16,32"),
    )
)


def study(objective: Objective = Objective.MAE, pruner: Pruner = Pruner.NONE, seed: int = 1) -> Study:
    return Study(SPACE, objective, pruner, seed)


def value_of(parameters) -> float:
    """Least at a learning rate of 0.003; the other settings hardly matter."""
    return abs(math.log10(parameters["learning_rate"]) + 2.5) + 1e-4 * parameters["hidden_sizes.audio"]


def searched(chosen: Study, trials: int) -> list[Tried]:
    tried: list[Tried] = []
    for number in range(trials):
        parameters = chosen.suggest(number, tried)
        tried.append(Tried(parameters, Fate.FINISHED, value_of(parameters)))
    return tried


def with_curve(*losses: float, fate: Fate = Fate.FINISHED) -> Tried:
    parameters = {"learning_rate": 1e-3, "hidden_sizes.audio": 8, "batch_size": 16}
    value = min(losses) if fate is Fate.FINISHED else None
    return Tried(parameters, fate, value, dict(enumerate(losses, start=1)))


def test_the_same_seed_and_trials_give_the_same_values():
    assert searched(study(), 15) == searched(study(), 15)
    assert searched(study(seed=1), 3) != searched(study(seed=2), 3)


def test_every_value_lies_in_the_space():
    for trial in searched(study(), 25):
        assert all(dimension.holds(trial.parameters[dimension.setting]) for dimension in SPACE.dimensions)


def test_later_trials_gather_where_earlier_ones_did_well():
    last = searched(study(seed=3), 60)[-20:]
    assert sum(trial.value for trial in last) / 20 < 0.4  # chance alone gives 0.75


def test_failed_and_running_trials_do_not_stop_the_search():
    tried = searched(study(), 12)
    parameters = study().suggest(12, tried)
    others = [*tried, Tried(parameters, Fate.RUNNING), Tried(parameters, Fate.FAILED)]
    assert study().suggest(13, others) != parameters


def test_a_trial_worse_than_the_median_of_the_others_is_pruned_once_enough_have_finished():
    others = [with_curve(1.0, 0.5, 0.4, 0.3), with_curve(1.0, 0.6, 0.5, 0.4), with_curve(1.0, 0.7, 0.6, 0.5)]
    hopeless = with_curve(1.0, 0.9, 0.9, fate=Fate.RUNNING)
    assert not study(pruner=Pruner.MEDIAN).should_prune(hopeless, others)  # three are too few
    others += [with_curve(1.0, 0.8, 0.7, 0.6), with_curve(1.0, 0.6, 0.5, 0.4)]
    assert study(pruner=Pruner.MEDIAN).should_prune(hopeless, others)
    assert not study(pruner=Pruner.NONE).should_prune(hopeless, others)
    assert not study(pruner=Pruner.MEDIAN).should_prune(with_curve(1.0, 0.4, 0.3, fate=Fate.RUNNING), others)


def test_the_quartile_prunes_what_the_median_keeps():
    others = [with_curve(1.0, 0.9, loss) for loss in (0.1, 0.2, 0.3, 0.4, 0.5)]
    middling = with_curve(1.0, 0.9, 0.25, fate=Fate.RUNNING)
    assert study(pruner=Pruner.QUARTILE).should_prune(middling, others)
    assert not study(pruner=Pruner.MEDIAN).should_prune(middling, others)


def test_no_trial_is_pruned_before_its_third_epoch():
    others = [with_curve(0.1, 0.1, 0.1)] * 6
    assert not study(pruner=Pruner.MEDIAN).should_prune(with_curve(5.0, 5.0, fate=Fate.RUNNING), others)
    assert study(pruner=Pruner.MEDIAN).should_prune(with_curve(5.0, 5.0, 5.0, fate=Fate.RUNNING), others)
    assert not study(pruner=Pruner.MEDIAN).should_prune(with_curve(fate=Fate.RUNNING), others)


def test_importance_finds_the_setting_that_decides():
    found = study().importance(searched(study(), 30))
    assert next(iter(found)) == "learning_rate"
    assert found["learning_rate"] > 0.8
    assert sum(found.values()) == pytest.approx(1)


def test_importance_needs_four_finished_trials_that_differ():
    assert study().importance(searched(study(), 3)) is None
    assert study().importance([with_curve(0.5)] * 6) is None
