"""Sweeps on a small version: what trials may read, how they go on, and what comes of them."""

import os
from typing import Any

import numpy as np
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from config.errors import Conflict, DomainError
from config.sentences import Sentence
from datasets import jobs
from datasets.models import Job, Project, VersionClip
from datasets.runner import Work
from modeling.corpus import open_corpus, open_tuning_corpus
from modeling.errors import InvalidSweep, RunUnfinished, TestSplitClosed
from modeling.models import Run, Sweep, Trial
from modeling.runner.trial_execution import execute_trial
from modeling.runner.trials import finish_sweep
from modeling.selectors import best_trial
from modeling.services.runs import RunSettings
from modeling.services.sweeps import cancel_sweep, extend_sweep, launch_sweep, resume_sweep, train_best
from modeling.trials import ask_trial, keep_importance
from tests.modeling.corpora import EXTRACTORS, TINY, make_feature_set, make_version

SPACE = [
    {"setting": "learning_rate", "kind": "loguniform", "low": 1e-4, "high": 1e-1},
    {"setting": "hidden_sizes.audio", "kind": "choice", "choices": [2, 3, 4]},
]


@pytest.fixture(autouse=True)
def _one_thread(settings: Any) -> None:
    """Of networks as small as these, two threads would mostly wait for each other."""
    settings.TRAINING_THREADS = 1


def make_sweep(project: Project, *, trials: int = 3, epochs: int = 2, **fields: Any) -> Sweep:
    version = make_version(project)
    for modality in EXTRACTORS:
        make_feature_set(version, modality)
    chosen = RunSettings(semi=True, epochs=epochs, overrides=TINY)
    return launch_sweep(version=version, chosen=chosen, **{"space": SPACE, "trials": trials, **fields})


def claim_part(sweep: Sweep) -> Work:
    job = jobs.claim_next(worker="here", within=sweep.job)
    assert job is not None
    assert job.kind == "try_trial"
    return Work(job)


def begin(sweep: Sweep) -> tuple[Work, Trial]:
    """As a worker begins a trial, up to its child process."""
    work = claim_part(sweep)
    with work.commit():
        return work, ask_trial(sweep, work.job)


def train(work: Work, trial: Trial) -> Trial:
    """As the child process trains it, in this process."""
    execute_trial(trial.run, fence=work.job.fence, parent=os.getppid())
    jobs.end_job(work.job, Job.State.SUCCEEDED)
    return Trial.objects.get(pk=trial.pk)


def try_all(sweep: Sweep) -> list[Trial]:
    return [train(*begin(sweep)) for _ in range(sweep.trials_wanted)]


def test_a_sweep_waits_for_its_trials_and_then_tells_the_best(project: Project) -> None:
    sweep = make_sweep(project)
    assert (sweep.state, sweep.job.children.count()) == ("waiting", 3)
    trials = try_all(sweep)
    assert [trial.number for trial in trials] == [0, 1, 2]
    assert [trial.state for trial in trials] == ["succeeded"] * 3
    whole = jobs.claim_next(worker="here", within=sweep.job)
    told = finish_sweep(Work(whole))
    best = min(trials, key=lambda trial: trial.value)
    assert told == {"best": best.number, "value": best.value, "parameters": best.parameters}


def test_a_trial_trains_the_recipe_with_its_values(project: Project) -> None:
    sweep = make_sweep(project)
    trials = try_all(sweep)
    for trial in trials:
        recipe = trial.run.recipe
        assert recipe["learning_rate"] == trial.parameters["learning_rate"]
        assert recipe["hidden_sizes"] == {"text": 4, "audio": trial.parameters["hidden_sizes.audio"], "vision": 2}
        assert recipe["epochs"] == 2
    # The first one is the recipe as it stands, so that a sweep never ends below it.
    assert trials[0].parameters == {"learning_rate": 5e-4, "hidden_sizes.audio": 2}
    assert len({trial.parameters["learning_rate"] for trial in trials}) == 3


def test_a_trial_s_value_is_that_of_the_epoch_which_validation_chose(project: Project) -> None:
    trial = train(*begin(make_sweep(project, epochs=4)))
    best = min(trial.run.epochs.all(), key=lambda epoch: epoch.valid_loss)
    assert trial.run.best_epoch == best.number
    assert trial.value == best.valid_metrics["multimodal"]["mae"]


def test_one_worker_finds_the_same_twice(project: Project) -> None:
    first = make_sweep(project)
    chosen = RunSettings(semi=True, epochs=2, overrides=TINY)
    found = [(trial.parameters, trial.value) for trial in try_all(first)]
    second = launch_sweep(version=first.version, chosen=chosen, space=SPACE, trials=3)
    assert [(trial.parameters, trial.value) for trial in try_all(second)] == found


# The test split is closed to trials, in four ways.


def test_no_query_of_a_trial_reads_a_label_of_the_test_split(project: Project) -> None:
    work, trial = begin(make_sweep(project))
    with CaptureQueriesContext(connection) as queries:
        train(work, trial)
    labels = [each["sql"] for each in queries if '"datasets_versionclip"."multimodal"' in each["sql"]]
    assert labels
    assert all("NOT" in sql and "'test'" in sql for sql in labels)


def test_other_test_labels_change_nothing_of_a_trial(project: Project) -> None:
    version = make_sweep(project).version
    chosen = RunSettings(semi=True, epochs=2, overrides=TINY)

    def results() -> list[Any]:
        trial = train(*begin(launch_sweep(version=version, chosen=chosen, space=SPACE, trials=1)))
        epochs = trial.run.epochs.values_list("number", "losses", "valid_loss", "valid_metrics")
        return [trial.value, *epochs]

    before = results()
    for order, row in enumerate(VersionClip.objects.filter(version=version, split="test")):
        VersionClip.objects.filter(pk=row.pk).update(multimodal=order - 3, text=5, audio=None, vision=-5)
    assert results() == before


def test_a_trial_s_corpus_has_no_test_labels_and_nothing_to_score_them_with(project: Project) -> None:
    _, trial = begin(make_sweep(project))
    with open_tuning_corpus(trial.run) as corpus:
        test = corpus.split_rows("test")
        assert len(test) == 6
        assert all(np.isnan(values[test]).all() for values in corpus.corpus.labels.values())
        assert not hasattr(corpus, "test")
    with pytest.raises(TestSplitClosed, match="trial of a sweep"), open_corpus(trial.run):
        pass


def test_the_database_keeps_no_test_scores_of_a_trial(project: Project) -> None:
    trial = train(*begin(make_sweep(project)))
    assert trial.run.metrics is None
    assert not trial.run.predictions.exists()
    assert not trial.run.weights
    with pytest.raises(IntegrityError, match="tuning_never_scores_the_test_split"), transaction.atomic():
        Run.objects.filter(pk=trial.run_id).update(metrics={"test": {}})


# Going on, ending early, ending badly.


def test_a_second_attempt_goes_on_with_the_first_one_s_values(project: Project) -> None:
    sweep = make_sweep(project)
    work, trial = begin(sweep)
    jobs.requeue(work.job, error=Sentence("", "the worker died"))
    again, same = begin(sweep)
    assert (again.job.pk, same.pk, same.parameters) == (work.job.pk, trial.pk, trial.parameters)
    assert sweep.trials.count() == 1


def test_a_cancelled_sweep_is_resumed_where_it_was(project: Project) -> None:
    sweep = make_sweep(project)
    first = train(*begin(sweep))
    cancel_sweep(sweep=Sweep.objects.get(pk=sweep.pk))
    sweep = Sweep.objects.get(pk=sweep.pk)
    assert sweep.state == "cancelled"
    assert jobs.claim_next(worker="here", within=sweep.job) is None
    sweep = resume_sweep(sweep=sweep)
    assert sweep.state == "waiting"
    rest = [train(*begin(sweep)) for _ in range(2)]
    assert [trial.number for trial in (first, *rest)] == [0, 1, 2]
    with pytest.raises(Conflict, match="only a failed or cancelled"):
        resume_sweep(sweep=Sweep.objects.get(pk=sweep.pk))


def finish(sweep: Sweep) -> Sweep:
    """As a worker ends the sweep itself, once all its trials have ended."""
    job = jobs.claim_next(worker="here", within=sweep.job)
    assert job is not None
    jobs.end_job(job, Job.State.SUCCEEDED, result=finish_sweep(Work(job)))
    return Sweep.objects.get(pk=sweep.pk)


def test_an_extended_sweep_goes_on_as_one_that_had_all_its_trials_from_the_start(project: Project) -> None:
    short = make_sweep(project, trials=6, epochs=1)
    try_all(short)
    extended = extend_sweep(sweep=finish(short), trials=7)
    assert (extended.state, extended.trials_wanted, extended.job.total, extended.job.done) == ("waiting", 13, 13, 6)
    for _ in range(7):
        train(*begin(extended))
    assert finish(extended).state == "succeeded"
    chosen = RunSettings(semi=True, epochs=1, overrides=TINY)
    long = launch_sweep(version=short.version, chosen=chosen, space=SPACE, trials=13)
    try_all(long)
    told = [list(each.trials.order_by("number").values_list("number", "parameters", "value")) for each in (short, long)]
    assert told[0] == told[1]  # TPE proper begins with the eleventh trial
    assert Sweep.objects.get(pk=short.pk).importance is not None


def test_a_trial_added_later_is_as_far_from_the_test_split(project: Project) -> None:
    sweep = make_sweep(project, trials=1, epochs=1)
    try_all(sweep)
    extended = extend_sweep(sweep=finish(sweep), trials=1)
    work, trial = begin(extended)
    with CaptureQueriesContext(connection) as queries:
        added = train(work, trial)
    labels = [each["sql"] for each in queries if '"datasets_versionclip"."multimodal"' in each["sql"]]
    assert labels
    assert all("NOT" in sql and "'test'" in sql for sql in labels)
    assert (added.run.tuning, added.run.metrics, added.run.predictions.exists()) == (True, None, False)


def test_only_a_finished_sweep_is_extended_and_not_beyond_the_most_trials(project: Project) -> None:
    sweep = make_sweep(project, trials=1, epochs=1)
    with pytest.raises(Conflict, match="is waiting: only a finished one"):
        extend_sweep(sweep=sweep, trials=1)
    try_all(sweep)
    sweep = finish(sweep)
    for impossible in (0, 1000):
        with pytest.raises(InvalidSweep, match="at most 1000 trials, and this one has 1"):
            extend_sweep(sweep=sweep, trials=impossible)
    extended = extend_sweep(sweep=sweep, trials=1)
    cancel_sweep(sweep=extended)
    with pytest.raises(Conflict, match="is cancelled: only a finished one"):
        extend_sweep(sweep=Sweep.objects.get(pk=sweep.pk), trials=1)
    assert Job.objects.filter(parent=sweep.job).count() == 2


def test_a_hopeless_trial_is_pruned_in_the_middle(project: Project) -> None:
    sweep = make_sweep(project, trials=6, epochs=5, pruner="median")
    for _ in range(5):
        train(*begin(sweep))
    # As if all the others had been nearly perfect.
    for trial in sweep.trials.all():
        for epoch in trial.run.epochs.all():
            epoch.valid_metrics["multimodal"]["mae"] = 1e-6
            epoch.save()
    last = train(*begin(sweep))
    assert (last.state, last.pruned_after, last.value) == ("pruned", 3, None)
    assert last.run.epochs.count() == 3
    assert best_trial(sweep).number != last.number


def test_a_sweep_whose_trials_all_failed_has_failed(project: Project) -> None:
    sweep = make_sweep(project, trials=1)
    work, _ = begin(sweep)
    jobs.end_job(work.job, Job.State.FAILED, error="the loss is no longer finite")
    with pytest.raises(DomainError, match="No trial of this sweep finished"):
        finish_sweep(Work(jobs.claim_next(worker="here", within=sweep.job)))


def test_importance_is_kept_once_four_trials_have_finished(project: Project) -> None:
    sweep = make_sweep(project, trials=4, epochs=1)
    try_all(sweep)
    keep_importance(sweep)
    sweep.refresh_from_db()
    assert set(sweep.importance) == {"learning_rate", "hidden_sizes.audio"}
    assert sum(sweep.importance.values()) == pytest.approx(1)


def test_the_best_is_trained_with_five_seeds_and_scored_then(project: Project) -> None:
    sweep = make_sweep(project)
    with pytest.raises(RunUnfinished, match="has finished yet"):
        train_best(sweep=sweep)
    trials = try_all(sweep)
    best = min(trials, key=lambda trial: trial.value)
    runs = train_best(sweep=sweep).runs.order_by("seed")
    assert [run.seed for run in runs] == [1111, 1112, 1113, 1114, 1115]
    assert all(run.recipe == best.run.recipe and not run.tuning for run in runs)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"space": []}, "varies 1 to 20 settings"),
        ({"space": [{"setting": "batch_size", "kind": "integer", "low": 1, "high": 8}]}, "is impossible here"),
        ({"trials": 0}, "1 to 1000 trials"),
        (
            {
                "objective": "valid_loss",
                "space": [{"setting": "task_weights.text", "kind": "uniform", "low": 0.1, "high": 1}],
            },
            "by other weights",
        ),
    ],
)
def test_a_search_that_cannot_be_made_is_one_sentence(project: Project, changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidSweep, match=sentence):
        make_sweep(project, **changed)
    assert not Job.objects.filter(kind="sweep").exists()
