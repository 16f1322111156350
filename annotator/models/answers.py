"""Who rates what, the answers, and how far everybody is."""

import uuid
from typing import ClassVar, Self

from django.db import models

from annotator.judging import Reason
from annotator.models.campaigns import Membership
from datasets.models import MODALITIES, Clip
from datasets.vocabulary import HIGHEST_SCORE, LOWEST_SCORE

REASONS = [(reason.value, reason.value) for reason in Reason]


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Questions asked of assignments."""

    def counting(self) -> Self:
        """Those whose answers make labels: a clip's first, never its repeat."""
        return self.filter(is_repeat=False)

    def repeats(self) -> Self:
        """Those that show a clip a second time."""
        return self.filter(is_repeat=True)


class Assignment(models.Model):
    """Leave for one annotator to perceive and rate one clip in one stage.

    A repeat asks for a clip again, well after the first time, and tells nobody so: its answer is compared with the
    first and is no part of any label.
    `position` is the clip's place in this annotator's own shuffle of the batch. `current` points at the answer that
    counts now; answers themselves are never altered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The foreign keys have no indexes of their own: those below begin with them, and every index costs each insert.
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="assignments", db_index=False)
    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="assignments", db_index=False)
    modality = models.CharField(max_length=10, choices=MODALITIES)
    batch = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    is_repeat = models.BooleanField(default=False)
    current = models.ForeignKey("Annotation", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["membership", "clip", "modality", "is_repeat"], name="one_assignment_and_repeat_per_annotator"
            )
        ]
        indexes: ClassVar = [
            # The next clips of a stage are the first entries of it, however many were rated before.
            models.Index(
                fields=["membership", "modality", "batch", "position"],
                condition=models.Q(current__isnull=True),
                name="assignment_unanswered",
            ),
            models.Index(fields=["clip", "modality"], name="assignment_by_clip"),
            models.Index(fields=["membership"], condition=models.Q(is_repeat=True), name="assignment_repeated"),
            # The last answer of an annotator is one look-up, however many there are.
            models.Index(
                fields=["membership", "-current"], condition=models.Q(current__isnull=False), name="assignment_answered"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Progress(models.Model):
    """How far one annotator is in one stage of one batch: what counting their assignments would give.

    Written by annotator.services.progress alone, in the transaction that answers or gives out assignments.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="progress", db_index=False)
    batch = models.PositiveIntegerField()
    modality = models.CharField(max_length=10, choices=MODALITIES)
    done = models.PositiveIntegerField()
    total = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["membership", "batch", "modality"], name="one_progress_per_stage"),
            models.CheckConstraint(condition=models.Q(done__lte=models.F("total")), name="done_within_total"),
        ]

    def __str__(self) -> str:
        return f"{self.done} of {self.total}"


class Annotation(models.Model):
    """One answer to an assignment: a score, or why there can be none. A change of mind is a row that supersedes."""

    class Origin(models.TextChoices):
        BROWSER = "browser"
        IMPORT = "import"
        SIMULATED = "simulated"

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="annotations")
    score = models.SmallIntegerField(null=True)
    reason = models.CharField(max_length=16, choices=REASONS, blank=True, default="")  # why there is no score
    comment = models.CharField(max_length=500, blank=True, default="")
    seconds = models.FloatField(null=True)  # time spent, without idle time, measured by the browser
    plays = models.PositiveIntegerField(null=True)
    origin = models.CharField(max_length=9, choices=Origin.choices, default=Origin.BROWSER)
    idempotency_key = models.CharField(max_length=64)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="successor")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idempotency_key"], name="one_annotation_per_key"),
            models.CheckConstraint(
                condition=models.Q(score__gte=LOWEST_SCORE, score__lte=HIGHEST_SCORE),
                name="score_on_the_scale",
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=False, reason="") | (models.Q(score=None) & ~models.Q(reason="")),
                name="score_or_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["assignment", "-created_at"], name="annotation_by_time"),
            # Nearly all are blank: the few that are not are found at once.
            models.Index(fields=["reason"], name="annotation_by_reason"),
            models.Index(fields=["comment"], name="annotation_by_comment"),
        ]

    def __str__(self) -> str:
        return self.reason if self.score is None else f"{self.score:+d}"
