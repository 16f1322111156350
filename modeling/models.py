"""Tables of modeling: feature sets, runs, their epochs and predictions."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models

from datasets.models import MODALITIES, SPLITS, Clip, Job, Version


class FeatureSet(models.Model):
    """Arrays extracted from one version's clips in one modality by one extractor, stored ragged."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="feature_sets")
    modality = models.CharField(max_length=10, choices=MODALITIES)
    extractor = models.CharField(max_length=30)  # "lsa", "bert", "egemaps", "landmarks"
    settings = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)  # of extractor, its version and settings
    job = models.OneToOneField(Job, on_delete=models.SET_NULL, null=True, related_name="feature_set")
    file = models.CharField(max_length=500, blank=True)  # storage key; blank until complete
    sha256 = models.CharField(max_length=64, blank=True)
    columns = models.JSONField(default=list)
    rate = models.FloatField(null=True)  # frames per second; null for one vector a clip
    frames = models.BigIntegerField(null=True)
    failures = models.JSONField(default=list)  # [{"clip": "video$_$clip", "reason": …}]
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "modality", "digest"], name="one_feature_set_per_extractor")
        ]

    def __str__(self) -> str:
        return f"{self.modality} by {self.extractor}"


class Run(models.Model):
    """One execution of a recipe. A retry is a new run."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="runs")
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
    device = models.CharField(max_length=30, blank=True)
    best_epoch = models.PositiveIntegerField(null=True)
    weights = models.CharField(max_length=500, blank=True)  # storage key, safetensors
    weights_sha256 = models.CharField(max_length=64, blank=True)
    # {"test": {"multimodal": {...}, "text": {...}, "audio": {...}, "vision": {...}}}, set once
    metrics = models.JSONField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.model} {self.recipe_name} on {self.version_id}"


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
    """A run's four predictions for one clip."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="predictions")
    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="+")
    split = models.CharField(max_length=5, choices=SPLITS, blank=True)
    multimodal = models.FloatField()
    text = models.FloatField()
    audio = models.FloatField()
    vision = models.FloatField()
    error = models.FloatField(null=True)  # |multimodal prediction - label|; null without a label

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "clip"], name="one_prediction_per_clip")]
        indexes: ClassVar = [models.Index(fields=["run", "split", "-error"], name="prediction_by_error")]

    def __str__(self) -> str:
        return f"{self.multimodal:+.2f}"
