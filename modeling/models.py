"""Tables of modeling: feature sets, runs, their epochs and predictions, and sweeps with their trials."""

import uuid
from typing import ClassVar, Self

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Case, Count, OuterRef, Subquery, When
from django.db.models.functions import Coalesce

from datasets.models import MODALITIES, SPLITS, Clip, Job, Version
from datasets.vocabulary import Modality
from modeling.recipes import Recipe
from modeling.sweeping.goal import HIGHER_IS_BETTER, Objective, Pruner

OBJECTIVES = [(each.value, each.value) for each in Objective]
PRUNERS = [(each.value, each.value) for each in Pruner]


class FeatureSetQuerySet(models.QuerySet["FeatureSet"]):
    """Questions about feature sets."""

    def complete(self) -> Self:
        """Those whose file is there."""
        return self.exclude(file="")


class FeatureSet(models.Model):
    """Arrays extracted from one version's clips in one modality by one extractor, stored ragged."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="feature_sets")
    modality = models.CharField(max_length=10, choices=MODALITIES)
    extractor = models.CharField(max_length=30)  # "lsa", "bert", "egemaps", "landmarks"
    settings = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)  # of extractor, its version and settings
    # Asking again for clips that failed makes another feature set, since runs may have read this one.
    attempt = models.PositiveSmallIntegerField(default=1)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="feature_sets")
    file = models.CharField(max_length=500, blank=True)  # storage key; blank until complete
    sha256 = models.CharField(max_length=64, blank=True)
    columns = models.JSONField(default=list)
    rate = models.FloatField(null=True)  # frames per second; null for one vector a clip
    frames = models.BigIntegerField(null=True)
    failures = models.JSONField(default=list)  # [{"clip": "video$_$clip", "reason": …}]
    # Share of sampled frames that show a face: {"overall": …, "clips": {"video$_$clip": …}}; null for other features.
    found = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FeatureSetQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "modality", "digest", "attempt"], name="one_feature_set_per_attempt"
            )
        ]

    def __str__(self) -> str:
        return f"{self.modality} by {self.extractor}"

    @property
    def is_complete(self) -> bool:
        """Whether its file is there; until then its job says how far it is."""
        return bool(self.file)

    @property
    def state(self) -> str:
        """Its job's state until it is complete; a job may have served other feature sets and failed only there."""
        if self.is_complete:
            return Job.State.SUCCEEDED
        return self.job.state if self.job else Job.State.FAILED


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
    text = models.ForeignKey(FeatureSet, on_delete=models.PROTECT, related_name="+")
    audio = models.ForeignKey(FeatureSet, on_delete=models.PROTECT, related_name="+")
    vision = models.ForeignKey(FeatureSet, on_delete=models.PROTECT, related_name="+")
    code_revision = models.CharField(max_length=64, blank=True)
    job = models.OneToOneField(Job, on_delete=models.SET_NULL, null=True, related_name="run")
    cancelled_at = models.DateTimeField(null=True)  # while it waited for its features; later its job knows
    device = models.CharField(max_length=30, blank=True)
    best_epoch = models.PositiveIntegerField(null=True)
    weights = models.CharField(max_length=500, blank=True)  # storage key, safetensors
    weights_sha256 = models.CharField(max_length=64, blank=True)
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
            )
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.recipe_name} on {self.version_id}"

    @property
    def feature_sets(self) -> dict[Modality, FeatureSet]:
        """What it reads, by modality."""
        return {Modality.TEXT: self.text, Modality.AUDIO: self.audio, Modality.VISION: self.vision}

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
    def error(self) -> str:
        """Why it failed, in one sentence; blank when it did not."""
        if self.state != Job.State.FAILED:
            return ""
        jobs = [self.job] if self.job else [each.job for each in self.feature_sets.values() if not each.is_complete]
        return next((job.error for job in jobs if job and job.error), "The features that it waited for were not made.")


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


class RepresentationMap(models.Model):
    """A run's text, audio and vision representations of supervised clips, each mapped to a plane by t-SNE."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="representation_maps")
    perplexity = models.FloatField()
    seed = models.PositiveIntegerField()
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    # {"clips": [id], "points": {modality: [[x, y]]}}, x and y within -1 … 1; null until the job has ended
    result = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "perplexity", "seed"], name="one_representation_map_per_setting")
        ]

    def __str__(self) -> str:
        return f"map of {self.run_id}"

    @property
    def state(self) -> str:
        """A state of the ledger."""
        if self.result is not None:
            return Job.State.SUCCEEDED
        return self.job.state if self.job else Job.State.FAILED


class SweepQuerySet(models.QuerySet["Sweep"]):
    """Questions about sweeps."""

    def with_best(self) -> Self:
        """Each with `best_value` and `best_number` of its finished trials, so that a page of sweeps stays one query."""
        finished = Trial.objects.filter(sweep=OuterRef("pk")).exclude(value=None)
        ordered = {up: finished.order_by("-value" if up else "value", "number") for up in (True, False)}
        return self.annotate(
            **{
                f"best_{name}": Case(
                    When(objective__in=HIGHER_IS_BETTER, then=Subquery(ordered[True].values(name)[:1])),
                    default=Subquery(ordered[False].values(name)[:1]),
                )
                for name in ("value", "number")
            }
        )


class Sweep(models.Model):
    """A search for better settings of a recipe, by trials that see the validation split alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="sweeps")
    name = models.CharField(max_length=100, blank=True)
    recipe_name = models.CharField(max_length=30)
    recipe = models.JSONField()  # every setting; a trial changes those of the space
    text = models.ForeignKey(FeatureSet, on_delete=models.PROTECT, related_name="+")
    audio = models.ForeignKey(FeatureSet, on_delete=models.PROTECT, related_name="+")
    vision = models.ForeignKey(FeatureSet, on_delete=models.PROTECT, related_name="+")
    space = models.JSONField()  # as modeling.sweeping.space.SearchSpace.to_list gives it
    objective = models.CharField(max_length=12, choices=OBJECTIVES)
    pruner = models.CharField(max_length=10, choices=PRUNERS)
    seed = models.PositiveIntegerField()  # of the search, and of every trial's training
    trials_wanted = models.PositiveIntegerField()
    # Its parts are the trials; the job itself ends when all of them have.
    job = models.OneToOneField(Job, on_delete=models.SET_NULL, null=True, related_name="sweep")
    importance = models.JSONField(null=True)  # setting -> share, greatest first; null while too few trials ended
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SweepQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name or f"sweep of {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def feature_sets(self) -> dict[Modality, FeatureSet]:
        """What its trials read, by modality."""
        return {Modality.TEXT: self.text, Modality.AUDIO: self.audio, Modality.VISION: self.vision}

    @property
    def state(self) -> str:
        """Its job's state."""
        return self.job.state if self.job else Job.State.FAILED


class TrialQuerySet(models.QuerySet["Trial"]):
    """Questions about trials."""

    def with_progress(self) -> Self:
        """By number, each with `epochs_done` and everything that its state is read from, in one query."""
        counted = Epoch.objects.filter(run=OuterRef("run")).order_by().values("run").annotate(rows=Count("pk"))
        described = self.select_related("run__job", "run__text__job", "run__audio__job", "run__vision__job")
        return described.annotate(epochs_done=Coalesce(Subquery(counted.values("rows")), 0)).order_by("number")


class Trial(models.Model):
    """One run of a sweep, with the values that it tries."""

    PRUNED = "pruned"

    sweep = models.ForeignKey(Sweep, on_delete=models.CASCADE, related_name="trials")
    number = models.PositiveIntegerField()  # from 0
    parameters = models.JSONField()  # setting of the space -> value
    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="trial")
    value = models.FloatField(null=True)  # of the objective after the best epoch; null until it finished
    pruned_after = models.PositiveIntegerField(null=True)  # epoch after which it was stopped as hopeless

    objects = TrialQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["sweep", "number"], name="one_trial_per_number")]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"trial {self.number}"

    @property
    def state(self) -> str:
        """Its job's state, or `pruned`."""
        return self.PRUNED if self.pruned_after is not None else self.run.state

    @property
    def has_ended(self) -> bool:
        """Whether its training is over with a result."""
        return self.value is not None or self.pruned_after is not None
