"""Launching, executing and evaluating runs, with the training in this process."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np
import pandas as pd
import pytest
import torch
from django.db import IntegrityError, transaction
from django.db.models.signals import post_save

from config.errors import Conflict, NotFound
from datasets.jobs import claim_next
from datasets.media import storage
from datasets.models import Job, Project
from datasets.runner import LeaseLost
from datasets.vocabulary import Modality, Split
from modeling.corpus import open_corpus
from modeling.errors import FeaturesMissing, InvalidRecipe, RunFailed, RunUnfinished
from modeling.launching import start_ready_runs
from modeling.models import Epoch, FeatureSet, Prediction, Run
from modeling.prediction import load_weights
from modeling.runner.execution import execute
from modeling.selectors import find_run, find_version
from modeling.services.evaluation import evaluate_run
from modeling.services.runs import RunSettings, cancel_run, launch_run
from tests.modeling.corpora import TINY, make_feature_set, make_run, make_version

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
        names = sorted(file.name for file in path.parent.iterdir())
        assert [name for name in names if not name.startswith("events.out.tfevents.")] == [
            "environment.json", "metrics.json", "model.safetensors", "params.yaml", "predictions.parquet",
        ]  # fmt: skip
        assert len(names) == 6


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


def interrupted(run: Run, *, after: int) -> Run:
    """A run whose training process vanished after that epoch was written down."""
    job = claim_next(worker="test", within=run.job)
    assert job is not None
    with pytest.raises(KeyboardInterrupt), interrupting(after):
        execute(run, fence=job.fence, parent=os.getppid())
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)
    return Run.objects.get(pk=run.pk)


@contextmanager
def interrupting(after: int) -> Iterator[None]:
    """Once the checkpoint of that epoch is in storage, the process dies on the first row that follows."""

    def die(sender: object, instance: Epoch, **_: object) -> None:
        if instance.number > after:
            raise KeyboardInterrupt

    post_save.connect(die, sender=Epoch)
    try:
        yield
    finally:
        post_save.disconnect(die, sender=Epoch)


def test_an_interrupted_run_goes_on_from_its_last_epoch_and_ends_the_same(project: Project) -> None:
    version = make_version(project)
    whole = trained(make_run(version, epochs=4, semi=True))
    broken = interrupted(make_run(version, epochs=4, semi=True), after=2)
    assert [epoch.number for epoch in broken.epochs.all()] == [1, 2]
    kept = broken.epochs.get(number=2).pk
    resumed = trained(broken)
    assert resumed.epochs.get(number=2).pk == kept
    assert [each.losses for each in resumed.epochs.all()] == [each.losses for each in whole.epochs.all()]
    assert (resumed.metrics, resumed.best_epoch) == (whole.metrics, whole.best_epoch)
    first, second = weights_of(whole), weights_of(resumed)
    assert all(torch.equal(first[name], second[name]) for name in first.keys() | second.keys())


def weights_of(run: Run) -> Mapping[str, torch.Tensor]:
    with storage.local(run.weights) as path:
        return load_weights(path).weights


def test_epochs_after_the_last_checkpoint_are_trained_again(project: Project) -> None:
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


def test_a_run_that_waits_for_its_features_is_cancelled_and_never_starts(project: Project) -> None:
    version = make_version(project)
    run = make_run(version)
    FeatureSet.objects.filter(pk=run.text_id).update(file="", job=Job.objects.create(kind="x", title="x", queue="x"))
    Run.objects.filter(pk=run.pk).update(job=None)
    cancel_run(run=find_run(str(run.pk)))
    assert find_run(str(run.pk)).state == Job.State.CANCELLED
    FeatureSet.objects.filter(pk=run.text_id).update(file="there")
    start_ready_runs(version)
    assert find_run(str(run.pk)).job is None
    with pytest.raises(Conflict, match="already ended"):
        cancel_run(run=find_run(str(run.pk)))


@pytest.mark.parametrize(("supervision", "task"), [("unimodal", "audio"), ("multimodal", "multimodal")])
def test_a_unimodal_run_has_one_prediction_a_clip_and_its_scores(project: Project, supervision: str, task: str) -> None:
    run = trained(make_run(make_version(project), model="audio", supervision=supervision))
    assert run.main_task == task
    assert run.metrics is not None
    assert set(run.metrics["test"]) == set(run.metrics["test_against_multimodal"]) == {task}
    prediction = run.predictions.filter(split=Split.TEST)[0]
    assert [m for m in Modality if getattr(prediction, m) is not None] == [task]
    label = getattr(run.version.rows.get(clip=prediction.clip_id), task) / 5
    assert prediction.error == pytest.approx(abs(getattr(prediction, task) - label), abs=1e-6)
    assert evaluate_run(run=run).agrees


@pytest.mark.parametrize("model", ["text", "audio", "vision"])
def test_a_unimodal_run_needs_its_own_features_alone(project: Project, model: str) -> None:
    version = make_version(project)
    own = make_feature_set(version, Modality(model))
    chosen = RunSettings(model=model, epochs=2, overrides=TINY)
    run = trained(launch_run(version=version, chosen=chosen))
    assert run.feature_sets == {Modality(model): own}
    assert set(run.metrics["test"]) == {model}
    assert evaluate_run(run=run).agrees
    with pytest.raises(FeaturesMissing):
        launch_run(version=version, chosen=RunSettings())


def test_features_that_a_unimodal_model_does_not_read_cannot_be_named(project: Project) -> None:
    version = make_version(project)
    with pytest.raises(InvalidRecipe, match="reads audio features alone: leave the text and vision extractor out"):
        launch_run(version=version, chosen=RunSettings(model="audio", text="lsa", vision="landmarks"))


def test_the_database_refuses_a_run_without_what_its_model_reads(project: Project) -> None:
    run = make_run(make_version(project), model="audio")
    assert run.text_id is None
    with pytest.raises(IntegrityError, match="a_run_has_the_features_that_its_model_reads"), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(audio=None)
    with pytest.raises(IntegrityError, match="a_run_has_the_features_that_its_model_reads"), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(model="avmc")


def test_a_waiting_unimodal_run_starts_with_its_own_features(project: Project) -> None:
    version = make_version(project)
    make_feature_set(version, Modality.AUDIO)
    run = launch_run(version=version, chosen=RunSettings(model="audio"))
    FeatureSet.objects.filter(pk=run.audio_id).update(file="")
    Run.objects.filter(pk=run.pk).update(job=None)
    start_ready_runs(version)
    assert find_run(str(run.pk)).job is None
    FeatureSet.objects.filter(pk=run.audio_id).update(file="there")
    start_ready_runs(version)
    assert find_run(str(run.pk)).job is not None


def test_predictions_are_scored_against_own_and_multimodal_labels(project: Project) -> None:
    run = trained(make_run(make_version(project)))
    assert run.metrics is not None
    rows = {row.clip_id: row for row in run.version.rows.all()}
    tested = list(run.predictions.filter(split=Split.TEST))
    for name, label in (("test", "audio"), ("test_against_multimodal", "multimodal")):
        distances = [abs(each.audio - getattr(rows[each.clip_id], label) / 5) for each in tested]
        assert run.metrics[name]["audio"]["mae"] == pytest.approx(sum(distances) / len(distances), abs=1e-6)


def test_the_corpus_of_a_run_hides_the_labels_of_the_test_split(project: Project) -> None:
    run = make_run(make_version(project))
    with open_corpus(run) as corpus:
        tested = corpus.split_rows(Split.TEST)
        assert len(tested) == 6
        assert all(np.isnan(corpus.corpus.labels[modality][tested]).all() for modality in Modality)
        assert not np.isnan(corpus.corpus.labels[Modality.TEXT][corpus.split_rows(Split.VALID)]).any()


def test_the_parquet_file_holds_the_stored_predictions(project: Project) -> None:
    run = trained(make_run(make_version(project)))
    with storage.local(run.weights) as path:
        table = pd.read_parquet(path.parent / "predictions.parquet").set_index("clip")
    for each in run.predictions.select_related("clip__source"):
        row = table.loc[str(each.clip)]
        assert row["prediction_vision"] == pytest.approx(each.vision)
        assert row["split"] == each.split
        assert each.error is None or row["error_multimodal"] == pytest.approx(each.error)


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
