"""What is frozen and handed out: versions, their rows, reports, exports and downloads."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models

from datasets.models.clips import SPLITS, Clip
from datasets.models.projects import Project


class Version(models.Model):
    """A frozen list of clips with their labels and splits, addressed by the SHA-256 of its manifest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="versions")
    number = models.CharField(max_length=20)  # "1.0.0"
    sha256 = models.CharField(max_length=64)
    manifest = models.CharField(max_length=500)  # storage key of the canonical JSON
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    seed = models.PositiveIntegerField()
    notes = models.TextField(blank=True)
    simulated = models.BooleanField(default=False)
    # Table 1 of the paper and other counts, computed once when published (datasets.statistics).
    statistics = models.JSONField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "sha256"], name="one_version_per_content"),
            models.UniqueConstraint(fields=["project", "number"], name="one_version_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.project.name} {self.number}"


class VersionClip(models.Model):
    """A clip as one version froze it. Labels in fifths; null where the clip has none (unsupervised clips)."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="rows")
    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="frozen_rows")
    order = models.PositiveIntegerField()  # row order of every file and array made from the version
    split = models.CharField(max_length=5, choices=SPLITS, blank=True)  # blank for unsupervised clips
    supervised = models.BooleanField()
    transcript = models.TextField()
    media_sha256 = models.CharField(max_length=64)
    multimodal = models.SmallIntegerField(null=True)
    text = models.SmallIntegerField(null=True)
    audio = models.SmallIntegerField(null=True)
    vision = models.SmallIntegerField(null=True)
    scores = models.JSONField(default=dict)  # modality -> list as in Label.scores

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "clip"], name="one_row_per_clip"),
            models.UniqueConstraint(fields=["version", "order"], name="one_row_per_place"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["version", "split", "order"], name="row_by_split"),
        ]

    def __str__(self) -> str:
        return f"{self.clip_id} in {self.version_id}"


class VersionReport(models.Model):
    """What was searched for in a frozen version, once; all of it could be found again."""

    version = models.OneToOneField(Version, on_delete=models.CASCADE, primary_key=True, related_name="report")
    leaks = models.JSONField(null=True)  # near-identical transcripts and videos across splits
    leak_job = models.ForeignKey("Job", on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"report of {self.version_id}"


class Export(models.Model):
    """One file made from a version for people outside, complete or absent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="exports")
    format = models.CharField(max_length=30)
    options = models.JSONField(default=dict)
    job = models.OneToOneField("Job", on_delete=models.SET_NULL, null=True, related_name="export")
    file = models.CharField(max_length=500, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    bytes = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.version} as {self.format}"


class Download(models.Model):
    """Somebody took an export away."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="downloads")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["export", "-at"], name="download_by_time")]

    def __str__(self) -> str:
        return f"{self.export_id} by {self.user_id}"
