"""Feature sets."""

import uuid
from typing import ClassVar, Self

from django.db import models

from datasets.models import MODALITIES, Job, Version


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
    failures = models.JSONField(default=list)  # [{"clip": "video$_$clip", "reason": a kept sentence}]
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
