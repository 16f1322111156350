"""Runs, the experiments that group them, their epochs and predictions."""

import uuid
from typing import ClassVar, Self

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from config.sentences import Stored, in_english, sentence
from datasets.models import SPLITS, Clip, Job, Version
from datasets.vocabulary import Modality
from modeling.models.features import FeatureSet
from modeling.recipes import Recipe

NO_FEATURES = sentence("no_features", "The features that it waited for were not made.")


class Experiment(models.Model):
    """One recipe run with several seeds on one version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="experiments")
    name = models.CharField(max_length=100, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name or f"experiment of {self.created_at:%Y-%m-%d %H:%M}"


class RunQuerySet(models.QuerySet["Run"]):
    """Questions about runs."""

    def ready(self) -> Self:
        """Those that waited for feature sets which are all complete now."""
        waiting = self.filter(job=None, metrics__isnull=True, cancelled_at=None)
        return waiting.exclude(text__file="").exclude(audio__file="").exclude(vision__file="")

    def with_state(self) -> Self:
        """Everything that the state of a run is read from, in one query."""
        return self.select_related("version", "job", "text__job", "audio__job", "vision__job")

    def with_progress(self) -> Self:
        """Each with `epochs_done`, counted beside the row so that a page of runs stays one query."""
        counted = Epoch.objects.filter(run=OuterRef("pk")).order_by().values("run").annotate(rows=Count("pk"))
        return self.annotate(epochs_done=Coalesce(Subquery(counted.values("rows")), 0))


class Run(models.Model):
    """One execution of a recipe; without a job it waits for its feature sets."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="runs")
    experiment = models.ForeignKey(Experiment, on_delete=models.SET_NULL, null=True, related_name="runs")
    model = models.CharField(max_length=30)
    recipe_name = models.CharField(max_length=30)
    recipe = models.JSONField()
    semi = models.BooleanField()
    seed = models.PositiveIntegerField()
    # What its model reads; a unimodal one has only its own (those of earlier releases have all three).
    text = models.ForeignKey(FeatureSet, on_delete=models.PROTECT, null=True, related_name="+")
    audio = models.ForeignKey(FeatureSet, on_delete=models.PROTECT, null=True, related_name="+")
    vision = models.ForeignKey(FeatureSet, on_delete=models.PROTECT, null=True, related_name="+")
    code_revision = models.CharField(max_length=64, blank=True)
    job = models.OneToOneField(Job, on_delete=models.SET_NULL, null=True, related_name="run")
    cancelled_at = models.DateTimeField(null=True)  # while it waited for its features; later its job knows
    device = models.CharField(max_length=30, blank=True)
    best_epoch = models.PositiveIntegerField(null=True)
    weights = models.CharField(max_length=500, blank=True)  # storage key, safetensors
    weights_sha256 = models.CharField(max_length=64, blank=True)
    archive = models.CharField(
        max_length=500, blank=True
    )  # storage key of the folder as one zip, once it was asked for
    archive_sha256 = models.CharField(max_length=64, blank=True)
    # {"test": by task, each against its own labels, "test_against_multimodal": by task}, set once
    metrics = models.JSONField(null=True)
    # A trial of a sweep: it sees the validation split alone, and the database refuses to keep test scores of it.
    tuning = models.BooleanField(default=False)
    # The job that launched this run by itself when a version was published; one run, however often it is tried.
    trigger = models.UUIDField(null=True, unique=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(tuning=False) | models.Q(metrics__isnull=True),
                name="tuning_never_scores_the_test_split",
            ),
            models.CheckConstraint(
                condition=models.Q(model="text", text__isnull=False)
                | models.Q(model="audio", audio__isnull=False)
                | models.Q(model="vision", vision__isnull=False)
                | models.Q(text__isnull=False, audio__isnull=False, vision__isnull=False),
                name="a_run_has_the_features_that_its_model_reads",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.recipe_name} on {self.version_id}"

    @property
    def feature_sets(self) -> dict[Modality, FeatureSet]:
        """What it reads, by modality."""
        chosen = {Modality.TEXT: self.text, Modality.AUDIO: self.audio, Modality.VISION: self.vision}
        return {modality: each for modality, each in chosen.items() if each}

    @property
    def main_task(self) -> Modality:
        """Whose labels its first prediction is measured by."""
        return Recipe.from_dict(self.recipe).main_task

    @property
    def state(self) -> str:
        """A state of the ledger: its job's, or while it has none, what has become of the features it waits for."""
        if self.metrics is not None:
            return Job.State.SUCCEEDED
        if self.job:
            return self.job.state
        if self.cancelled_at:
            return Job.State.CANCELLED
        states = {feature_set.state for feature_set in self.feature_sets.values()}
        return next((s for s in (Job.State.FAILED, Job.State.CANCELLED) if s in states), Job.State.WAITING)

    @property
    def failure(self) -> Stored | None:
        """Why it failed, as a kept sentence; None when it did not."""
        if self.state != Job.State.FAILED:
            return None
        jobs = [self.job] if self.job else [each.job for each in self.feature_sets.values() if not each.is_complete]
        return next((job.said("error") for job in jobs if job and job.error), NO_FEATURES.as_record())

    @property
    def error(self) -> str:
        """Why it failed, in English; blank when it did not."""
        return in_english([self.failure]) if self.failure else ""


class Epoch(models.Model):
    """What one epoch of a run came to."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="epochs")
    number = models.PositiveIntegerField()
    losses = models.JSONField()  # term -> mean over the epoch
    valid_loss = models.FloatField()
    valid_metrics = models.JSONField()  # modality -> metrics
    seconds = models.FloatField()
    is_best = models.BooleanField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "number"], name="one_row_per_epoch")]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"epoch {self.number}"


class Prediction(models.Model):
    """A run's predictions for one clip: all four of AV-MC, or the one of a unimodal model; within -1 … 1."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="predictions")
    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="+")
    split = models.CharField(max_length=5, choices=SPLITS, blank=True)
    multimodal = models.FloatField(null=True)
    text = models.FloatField(null=True)
    audio = models.FloatField(null=True)
    vision = models.FloatField(null=True)
    error = models.FloatField(null=True)  # |prediction - label| of the run's main task; null without a label

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "clip"], name="one_prediction_per_clip")]
        indexes: ClassVar = [models.Index(fields=["run", "split", "-error"], name="prediction_by_error")]

    def __str__(self) -> str:
        values = ((modality, getattr(self, modality)) for modality in Modality)
        return ", ".join(f"{modality} {value:+.2f}" for modality, value in values if value is not None)
