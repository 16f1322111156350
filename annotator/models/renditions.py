"""What annotators are shown, what was found in it, and what admins say about it."""

import uuid
from typing import ClassVar, Self

from django.contrib.auth.models import User
from django.db import models

from config.sentences import in_english
from datasets.models import MODALITIES, Clip, Source


class RenditionQuerySet(models.QuerySet["Rendition"]):
    """Questions asked of renditions."""

    def served(self) -> Self:
        """Those that annotators may be shown: the audit passed, or an admin overruled it for this very file."""
        return self.filter(models.Q(passed=True) | models.Exists(overrulings_of_outer()))

    def withheld(self) -> Self:
        """Those that nobody is shown."""
        return self.filter(~models.Exists(overrulings_of_outer()), passed=False)


def overrulings_of_outer() -> "models.QuerySet[Overruling]":
    """Subquery: what admins ruled about the outer rendition's clip, stage and bytes."""
    same = {name: models.OuterRef(name) for name in ("clip", "modality", "sha256")}
    return Overruling.objects.filter(**same)


class Rendition(models.Model):
    """The media file made from a clip for one stage; served when its audit passed or an admin overruled it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="renditions")
    modality = models.CharField(max_length=10, choices=MODALITIES)  # never text: the transcript is no file
    isolation_digest = models.CharField(max_length=64)
    file = models.CharField(max_length=500)
    sha256 = models.CharField(max_length=64)
    bytes = models.BigIntegerField()
    passed = models.BooleanField()
    made_at = models.DateTimeField(auto_now_add=True)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clip", "modality", "isolation_digest"], name="one_rendition_per_stage")
        ]
        indexes: ClassVar = [
            models.Index(fields=["isolation_digest", "made_at"], name="rendition_by_time"),
            # Pages by key, of all and of those that failed.
            models.Index(fields=["isolation_digest", "id"], name="rendition_by_key"),
            models.Index(fields=["isolation_digest", "passed", "id"], name="rendition_by_verdict"),
        ]

    def __str__(self) -> str:
        return f"{self.modality} of {self.clip_id}"


class Audit(models.Model):
    """What was found in a rendition: streams, metadata, figures, versions of tools, findings."""

    rendition = models.OneToOneField(Rendition, on_delete=models.CASCADE, related_name="audit")
    passed = models.BooleanField()
    # config.sentences as stored; empty when passed.
    findings = models.JSONField(default=list)
    record = models.JSONField()  # everything measured, as annotator.isolation.audit gives it
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return "passed" if self.passed else in_english(self.findings)


class Overruling(models.Model):
    """An admin's decision to show a rendition whose audit failed: about these bytes, so one made otherwise is withheld.

    The audit stays as it was; this stands beside it.
    """

    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="overrulings")
    modality = models.CharField(max_length=10, choices=MODALITIES)
    sha256 = models.CharField(max_length=64)
    reason = models.TextField()
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clip", "modality", "sha256"], name="one_overruling_per_file")
        ]

    def __str__(self) -> str:
        return self.reason


class TextReading(models.Model):
    """Where the picture of a clip shows text, as it was read in its file."""

    clip = models.OneToOneField(Clip, on_delete=models.CASCADE, related_name="text_reading")
    sha256 = models.CharField(max_length=64)  # of the file
    rate = models.FloatField()  # pictures a second
    # Regions as annotator.isolation.burned_text gives them, in the clip's own time.
    regions = models.JSONField()

    def __str__(self) -> str:
        return f"{len(self.regions)} regions in {self.clip_id}"


class RegionDrawing(models.Model):
    """Where an admin says that a source's pictures show text, in place of what was found; the latest counts."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="region_drawings")
    # Boxes as annotator.isolation.boxes gives them, shares of width and height, masked in every clip of the source.
    boxes = models.JSONField()
    drawn_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    drawn_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{len(self.boxes)} boxes on {self.source_id}"


class TranscriptReview(models.Model):
    """Somebody read a clip's transcript against its sound and says that this is it; another text needs another."""

    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="transcript_reviews")
    transcript = models.TextField()
    reviewed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    reviewed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.transcript} ({self.reviewed_by_id})"
