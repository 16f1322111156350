"""Scores of several runs together, and the commands that tell them."""

import json
import os
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from config.errors import Conflict
from datasets.jobs import claim_next
from datasets.models import Project, Version
from datasets.vocabulary import Modality, Split
from modeling.errors import InvalidRecipe
from modeling.models import Experiment, Run
from modeling.runner.execution import execute
from modeling.scores import NothingInCommon, compare_runs, finished_runs, intervals, spreads
from modeling.services.experiments import SEEDS, launch_experiment
from modeling.services.runs import RunSettings
from tests.modeling.corpora import EXTRACTORS, TINY, make_feature_set, make_run, make_version

CHOSEN = RunSettings(epochs=2, overrides=TINY)


def trained(run: Run) -> Run:
    job = claim_next(worker="test", within=run.job)
    assert job is not None
    execute(run, fence=job.fence, parent=os.getppid())
    return Run.objects.get(pk=run.pk)


@pytest.fixture
def version(project: Project) -> Version:
    version = make_version(project)
    for modality in EXTRACTORS:
        make_feature_set(version, modality)
    return version


def told(*command: str) -> dict[str, Any]:
    out = StringIO()
    call_command(*command, "--json", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def test_an_experiment_is_one_run_for_each_seed_on_the_same_features(version: Version) -> None:
    experiment = launch_experiment(version=version, chosen=CHOSEN)
    runs = list(experiment.runs.order_by("seed"))
    assert [run.seed for run in runs] == list(SEEDS)
    assert len({(run.text_id, run.audio_id, run.vision_id, json.dumps(run.recipe)) for run in runs}) == 1


@pytest.mark.parametrize("seeds", [[1], [1, 1], []])
def test_fewer_than_two_different_seeds_are_no_experiment(version: Version, seeds: list[int]) -> None:
    with pytest.raises(InvalidRecipe, match="two different seeds"):
        launch_experiment(version=version, chosen=CHOSEN, seeds=seeds)
    assert not Experiment.objects.exists()


def test_scores_are_told_of_the_finished_runs_alone(version: Version) -> None:
    experiment = launch_experiment(version=version, chosen=CHOSEN, seeds=[1, 2, 3])
    assert spreads(finished_runs(experiment)) == {}
    first, second = (trained(experiment.runs.get(seed=seed)) for seed in (1, 2))
    assert first.metrics is not None
    assert second.metrics is not None
    found = spreads(finished_runs(experiment))
    values = [run.metrics["test"]["audio"]["mae"] for run in (first, second)]
    assert found["audio"]["mae"] == {
        "mean": pytest.approx(sum(values) / 2),
        "deviation": pytest.approx(abs(values[0] - values[1]) / 2**0.5),
        "runs": 2,
    }
    low, high = intervals(finished_runs(experiment))["mae"] or (0, 0)
    assert low < found["multimodal"]["mae"]["mean"] < high


def test_two_runs_are_compared_by_their_stored_predictions(version: Version) -> None:
    first, second = (trained(make_run(version, seed=seed)) for seed in (1, 2))
    compared = compare_runs(first, second, Modality.MULTIMODAL)
    assert compared["clips"] == 6
    for name, each in compared["metrics"].items():
        assert each["first"] == pytest.approx(first.metrics["test"]["multimodal"][name], abs=1e-5)
        assert each["second"] == pytest.approx(second.metrics["test"]["multimodal"][name], abs=1e-5)
    assert told("compare_runs", str(first.pk), str(second.pk)) == compared


def test_runs_that_nothing_joins_are_not_compared(version: Version, project: Project) -> None:
    run = trained(make_run(version))
    with pytest.raises(Conflict, match="queued"):
        compare_runs(run, make_run(version), Modality.MULTIMODAL)
    with pytest.raises(NothingInCommon, match="different versions"):
        compare_runs(run, make_run(make_version(project)), Modality.MULTIMODAL)
    audio = trained(make_run(version, model="audio"))
    with pytest.raises(NothingInCommon, match="no multimodal prediction"):
        compare_runs(run, audio, Modality.MULTIMODAL)
    assert compare_runs(run, audio, Modality.AUDIO)["task"] == "audio"


def test_the_command_launches_what_its_options_say(version: Version) -> None:
    made = told("experiment", str(version.pk), "--seeds", "4", "5", "--ablation", "without_mixup", "--name", "table 4")
    experiment = Experiment.objects.get(pk=made["experiment"])
    assert experiment.name == "table 4"
    assert [(run["seed"], run["state"]) for run in made["runs"]] == [(4, "queued"), (5, "queued")]
    assert {run.recipe["ablation"] for run in experiment.runs.all()} == {"without_mixup"}


def test_labels_of_the_test_split_change_nothing_but_test_scores(version: Version) -> None:
    """Whatever a training or a choice between trainings reads, it is the same with other test labels."""
    before = trained(make_run(version, semi=True))
    for row in version.rows.filter(split=Split.TEST):
        version.rows.filter(pk=row.pk).update(multimodal=-row.multimodal, text=5, audio=-5, vision=3)
    after = trained(make_run(version, semi=True))
    columns = ("number", "losses", "valid_loss", "valid_metrics", "is_best")
    assert list(before.epochs.values(*columns)) == list(after.epochs.values(*columns))
    assert before.best_epoch == after.best_epoch
    assert before.metrics != after.metrics
