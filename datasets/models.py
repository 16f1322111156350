"""Tables of what is collected, agreed and frozen: projects, sources, clips, labels, versions, exports, jobs."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models

from datasets.vocabulary import Modality, Split

MODALITIES = [(m.value, m.value) for m in Modality]
SPLITS = [(s.value, s.value) for s in Split]


class Project(models.Model):
    """One dataset in the making, and the people who work on it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100, unique=True)
    description = models.TextField(blank=True)
    licence = models.CharField(max_length=200, blank=True)
    # True for data made by programs: every page and export that shows it says so.
    simulated = models.BooleanField(default=False)
    # Settings of the run that publishing a version starts by itself; null for none.
    train_on_publish = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """What one person may do in one project."""

    class Kind(models.TextChoices):
        ANNOTATOR = "annotator"
        ADMIN = "admin"
        RESEARCHER = "researcher"

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="roles")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="project_roles")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "user", "kind"], name="one_role_of_a_kind_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.kind} of {self.project}"


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
    # Where burned-in text stands, found once per source: null until looked for (annotator.isolation).
    text_regions = models.JSONField(null=True)
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


class VersionReport(models.Model):
    """What is computed from a frozen version, once; all of it could be computed again from the manifest."""

    version = models.OneToOneField(Version, on_delete=models.CASCADE, primary_key=True, related_name="report")
    figures = models.JSONField(null=True)  # datasets.versions.figures
    leaks = models.JSONField(null=True)  # near-identical transcripts and videos across splits
    leak_job = models.ForeignKey("Job", on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"report of {self.version_id}"


class Job(models.Model):
    """One piece of long work in the ledger (datasets.jobs): state, lease, attempts, progress."""

    class State(models.TextChoices):
        WAITING = "waiting"  # for its children
        QUEUED = "queued"
        RUNNING = "running"
        SUCCEEDED = "succeeded"
        FAILED = "failed"
        CANCELLED = "cancelled"

    ENDED = (State.SUCCEEDED, State.FAILED, State.CANCELLED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, related_name="jobs")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    payload = models.JSONField(default=dict)
    queue = models.CharField(max_length=20)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    # Lower runs first.
    priority = models.PositiveSmallIntegerField(default=5)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Grows by one at every claim; a worker whose number is not the row's has lost its lease.
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=200, blank=True)
    cancel_requested = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    doing = models.CharField(max_length=300, blank=True)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    log_tail = models.TextField(blank=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "priority", "created_at"], name="job_by_state"),
            models.Index(fields=["parent", "state"], name="job_by_parent"),
            models.Index(fields=["project", "-created_at"], name="job_by_project"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} ({self.state})"


class Event(models.Model):
    """One line of the record of who changed what; written by services, never altered."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, related_name="events")
    actor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    details = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
