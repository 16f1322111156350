"""Launching, executing and evaluating runs, with the training in this process."""

import os

import pytest
from django.db import IntegrityError

from config.errors import Conflict, NotFound
from datasets.jobs import claim_next
from datasets.media import storage
from datasets.models import Job, Project
from datasets.runner import LeaseLost
from datasets.vocabulary import Modality, Split
from modeling.corpus import open_corpus
from modeling.errors import FeaturesMissing, InvalidRecipe, RunFailed, RunUnfinished
from modeling.models import FeatureSet, Prediction, Run
from modeling.runner.execution import execute
from modeling.selectors import find_run, find_version
from modeling.services.evaluation import evaluate_run
from modeling.services.runs import RunSettings, cancel_run, launch_run
from tests.modeling.corpora import make_feature_set, make_run, make_version

METRICS = {"acc2", "f1", "acc2_weak", "acc3", "acc5", "mae", "corr", "r2"}


def trained(run: Run) -> Run:
    """The run as its training process leaves it."""
    job = claim_next(worker="test", within=run.job)
    assert job is not None
    execute(run, fence=job.fence, parent=os.getppid())
    return Run.objects.get(pk=run.pk)


def test_a_run_is_queued_with_everything_that_it_depends_on(project: Project) -> None:
    version = make_version(project)
    run = make_run(version, semi=True, seed=1112)
    assert run.state == Job.State.QUEUED
    assert run.job is not None
    assert (run.job.kind, run.job.queue) == ("train", "training")
    assert (run.seed, run.semi, run.recipe["epochs"], run.recipe["batch_size"]) == (1112, True, 3, 8)
    assert run.text.extractor == "lsa"


def test_missing_features_name_the_command_that_makes_them(project: Project) -> None:
    version = make_version(project)
    make_feature_set(version, Modality.TEXT)
    with pytest.raises(FeaturesMissing, match=f"extract_features {version.pk} --audio"):
        launch_run(version=version, chosen=RunSettings())


def test_the_newest_complete_features_are_taken_unless_an_extractor_is_named(project: Project) -> None:
    version = make_version(project)
    older = make_feature_set(version, Modality.TEXT)
    newer = make_feature_set(version, Modality.TEXT, extractor="bert", digest="another")
    FeatureSet.objects.create(version=version, modality="text", extractor="lsa", digest="unfinished")
    assert make_run(version).text == newer
    assert make_run(version, text="lsa").text == older


@pytest.mark.parametrize(
    "settings",
    [{"recipe": "mine"}, {"model": "lmf"}, {"epochs": 0}, {"overrides": {"batch": 3}}, {"overrides": {"epochs": "x"}}],
)
def test_an_impossible_recipe_is_refused_at_once(project: Project, settings: dict[str, object]) -> None:
    with pytest.raises(InvalidRecipe):
        launch_run(version=make_version(project), chosen=RunSettings(**settings))  # type: ignore[arg-type]


def test_a_trained_run_has_epochs_weights_predictions_and_test_metrics(project: Project) -> None:
    run = trained(make_run(make_version(project), epochs=4, semi=True))
    assert [epoch.number for epoch in run.epochs.all()] == [1, 2, 3, 4]
    assert run.epochs.get(number=run.best_epoch).is_best
    assert run.metrics is not None
    assert set(run.metrics["test"]) == {"multimodal", "text", "audio", "vision"}
    assert set(run.metrics["test"]["multimodal"]) == METRICS
    with storage.local(run.weights) as path:
        assert storage.sha256_of(path) == run.weights_sha256
        assert {"weights.safetensors", "metrics.json", "params.yaml"} <= {file.name for file in path.parent.iterdir()}


def test_every_clip_gets_predictions_and_labelled_ones_an_error(project: Project) -> None:
    run = trained(make_run(make_version(project)))
    assert run.predictions.count() == 26
    test_clip = run.predictions.filter(split=Split.TEST).select_related("clip")[0]
    label = run.version.rows.get(clip=test_clip.clip).multimodal / 5
    assert test_clip.error == pytest.approx(abs(test_clip.multimodal - label), abs=1e-6)
    assert run.predictions.filter(split="", error=None).count() == 4
    assert all(-1 <= p.vision <= 1 for p in run.predictions.all())


def test_test_metrics_follow_from_the_stored_predictions(project: Project) -> None:
    run = trained(make_run(make_version(project)))
    assert run.metrics is not None
    errors = Prediction.objects.filter(run=run, split=Split.TEST).values_list("error", flat=True)
    assert run.metrics["test"]["multimodal"]["mae"] == pytest.approx(sum(errors) / len(errors), abs=1e-6)
    # Every vision label is 0, so nothing can correlate with it.
    assert run.metrics["test"]["vision"]["corr"] is None


def test_the_same_seed_gives_the_same_run_and_another_seed_another(project: Project) -> None:
    version = make_version(project)
    first, again, other = (trained(make_run(version, seed=seed)) for seed in (1, 1, 2))
    assert first.metrics == again.metrics
    assert first.epochs.last().valid_loss == again.epochs.last().valid_loss != other.epochs.last().valid_loss


def test_a_second_attempt_starts_from_nothing(project: Project) -> None:
    run = make_run(make_version(project))
    run.epochs.create(number=1, losses={}, valid_loss=9.0, valid_metrics={}, seconds=1.0, is_best=True)
    assert [epoch.number for epoch in trained(run).epochs.filter(valid_loss__lt=9.0)] == [1, 2, 3]


def test_a_training_whose_job_was_taken_over_writes_nothing(project: Project) -> None:
    run = make_run(make_version(project))
    job = claim_next(worker="test", within=run.job)
    assert job is not None
    with pytest.raises(LeaseLost):
        execute(run, fence=job.fence - 1, parent=os.getppid())
    assert not run.epochs.exists()


def test_a_training_ends_when_the_worker_that_watches_it_is_gone(project: Project) -> None:
    run = make_run(make_version(project))
    job = claim_next(worker="test", within=run.job)
    assert job is not None
    with pytest.raises(LeaseLost):
        execute(run, fence=job.fence, parent=-1)
    assert not run.predictions.exists()


def test_a_version_without_labelled_training_clips_fails_with_the_reason(project: Project) -> None:
    version = make_version(project)
    version.rows.filter(split=Split.TRAIN).update(multimodal=None, text=None, audio=None, vision=None)
    run = make_run(version)
    with pytest.raises(RunFailed, match="at least two labelled clips"):
        trained(run)


def test_evaluating_again_gives_the_stored_metrics_and_changes_nothing(project: Project) -> None:
    run = trained(make_run(make_version(project)))
    before = Run.objects.filter(pk=run.pk).values().get()
    evaluation = evaluate_run(run=run)
    assert evaluation.agrees
    assert evaluation.metrics == run.metrics
    assert Run.objects.filter(pk=run.pk).values().get() == before


def test_changed_weights_are_not_evaluated(project: Project) -> None:
    run = trained(make_run(make_version(project)))
    with storage.local(run.weights) as path:
        path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(RunFailed, match="were changed"):
        evaluate_run(run=run)


def test_a_metric_that_is_no_longer_true_is_noticed(project: Project) -> None:
    run = trained(make_run(make_version(project)))
    assert run.metrics is not None
    run.metrics["test"]["multimodal"]["mae"] += 0.1
    assert not evaluate_run(run=run).agrees


def test_an_unfinished_run_cannot_be_evaluated(project: Project) -> None:
    with pytest.raises(RunUnfinished, match="queued"):
        evaluate_run(run=make_run(make_version(project)))


def test_a_queued_run_is_cancelled_at_once(project: Project) -> None:
    run = make_run(make_version(project))
    cancel_run(run=run)
    assert find_run(str(run.pk)).state == Job.State.CANCELLED
    with pytest.raises(Conflict, match="already ended"):
        cancel_run(run=find_run(str(run.pk)))


def test_one_trigger_launches_one_run(project: Project) -> None:
    run = make_run(make_version(project))
    Run.objects.filter(pk=run.pk).update(trigger=run.pk)
    with pytest.raises(IntegrityError):
        make_twin(run)


def make_twin(run: Run) -> None:
    twin = Run.objects.get(pk=run.pk)
    twin.pk, twin.job = None, None
    twin.save(force_insert=True)


def test_an_unknown_id_is_one_sentence(db: None) -> None:
    for find in (find_run, find_version):
        for text in ("nonsense", "00000000-0000-0000-0000-000000000000"):
            with pytest.raises(NotFound, match="no"):
                find(text)


def test_features_of_another_row_order_are_refused(project: Project) -> None:
    version = make_version(project)
    run = make_run(version)
    first, second = version.rows.order_by("order")[:2]
    version.rows.filter(pk=first.pk).update(order=999)
    version.rows.filter(pk=second.pk).update(order=0)
    with pytest.raises(FeaturesMissing, match="row order"), open_corpus(run):
        pass
