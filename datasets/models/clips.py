"""What is collected and agreed: sources, clips cut from them, labels."""

import uuid
from typing import ClassVar

from django.db import models

from datasets.models.projects import Project
from datasets.vocabulary import Modality, Split

MODALITIES = [(m.value, m.value) for m in Modality]
SPLITS = [(s.value, s.value) for s in Split]


class Source(models.Model):
    """A video that clips are cut from. A folder of ready clips has sources without a file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="sources")
    video_id = models.CharField(max_length=200)
    file = models.CharField(max_length=500, blank=True)  # storage key
    sha256 = models.CharField(max_length=64, blank=True)
    seconds = models.FloatField(null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    frame_rate = models.FloatField(null=True)
    # Where it comes from, and what the people in it agreed to (datasets.provenance).
    origin = models.CharField(max_length=500, blank=True)
    consent = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "video_id"], name="one_source_per_video_id")
        ]

    def __str__(self) -> str:
        return self.video_id


class Clip(models.Model):
    """One utterance: a stretch of video with its transcript."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="clips")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="clips")
    clip_id = models.CharField(max_length=200)
    # Position in the manifest it came from; gives lists a stable, meaningful order.
    order = models.PositiveIntegerField()
    start = models.FloatField(null=True)  # seconds in the source; null for clips that came ready
    end = models.FloatField(null=True)
    transcript = models.TextField()
    speaker = models.CharField(max_length=200, blank=True)
    scenario = models.CharField(max_length=200, blank=True)
    supervised = models.BooleanField(default=True)
    # A split given by an import is kept by every version.
    given_split = models.CharField(max_length=5, choices=SPLITS, blank=True)
    # Storage key of the cut clip; blank where only its labels or features were imported, and then what is not known of
    # its video (seconds, width, height, frame rate, sha256) is 0 or blank.
    file = models.CharField(max_length=500, blank=True)
    thumbnail = models.CharField(max_length=500, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    # What it looks like (datasets.media.fingerprint); blank until a version was searched for copies.
    fingerprint = models.CharField(max_length=48, blank=True)
    seconds = models.FloatField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    frame_rate = models.FloatField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "clip_id"], name="one_clip_per_clip_id"),
            models.CheckConstraint(condition=models.Q(seconds__gt=0) | models.Q(file=""), name="clip_lasts_some_time"),
        ]
        indexes: ClassVar = [
            # With the key, pages by key and counts of what has no label read the index alone.
            models.Index(fields=["project", "order", "id"], name="clip_by_order"),
            models.Index(fields=["project", "supervised", "order", "id"], name="clip_by_supervised"),
            models.Index(fields=["project", "scenario", "order", "id"], name="clip_by_scenario"),
            models.Index(fields=["project", "speaker", "order", "id"], name="clip_by_speaker"),
        ]

    def __str__(self) -> str:
        return f"{self.source.video_id}$_${self.clip_id}"


class Label(models.Model):
    """The agreed value of a clip in one modality, with the scores it can be recomputed from.

    `fifths` is the label times five, so the grid -1.0 … 1.0 is stored exactly. `scores` lists, per annotator,
    {"annotator": pseudonym, "score": -3…3, "seconds": …, "plays": …, "simulated": bool}; empty for imported labels.
    """

    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="labels")
    modality = models.CharField(max_length=10, choices=MODALITIES)
    fifths = models.SmallIntegerField()
    scores = models.JSONField(default=list)
    origin = models.CharField(max_length=200)  # "campaign sample", "import"
    # Name of the rule that made it of its scores; blank for the paper's and where nothing is known of scores.
    rule = models.CharField(max_length=20, blank=True, default="")
    settled_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clip", "modality"], name="one_label_per_modality"),
            models.CheckConstraint(condition=models.Q(fifths__gte=-5, fifths__lte=5), name="label_on_the_grid"),
        ]
        indexes: ClassVar = [models.Index(fields=["origin"], name="label_by_origin")]

    def __str__(self) -> str:
        return f"{self.clip_id} {self.modality} {self.fifths / 5:+.1f}"
