"""What comes before a stage: reference scores, calibration, who was let in, checks of sound and screen."""

from typing import ClassVar, Self

from django.contrib.auth.models import User
from django.db import models

from annotator.judging import Reason
from annotator.models.campaigns import Campaign, Membership
from datasets.models import MODALITIES, Clip
from datasets.vocabulary import HIGHEST_SCORE, LOWEST_SCORE


class ReferenceQuerySet(models.QuerySet["Reference"]):
    """Questions asked of references."""

    def standing(self) -> Self:
        """Those that count: the latest of each clip and modality, unless it takes the one before back."""
        same = {name: models.OuterRef(name) for name in ("campaign", "clip", "modality")}
        later = Reference.objects.filter(**same, pk__gt=models.OuterRef("pk"))
        return self.filter(~models.Exists(later)).exclude(use=Reference.Use.NONE)


class Reference(models.Model):
    """The score that an admin holds a clip to have in one modality, why, and what it is for; never altered.

    A later one of the same clip and modality replaces it. One use each: who was told a clip's score cannot be tested
    by it.
    """

    class Use(models.TextChoices):
        STANDARD = "standard"  # shown with score and reason, to be reopened at any time
        CALIBRATION = "calibration"  # rated before the stage; score and reason are told afterwards
        GOLD = "gold"  # rated within the stage like any clip; nothing is ever told
        NONE = "none"  # takes the one before back

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="references")
    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="references")
    modality = models.CharField(max_length=10, choices=MODALITIES)
    use = models.CharField(max_length=11, choices=Use.choices)
    score = models.SmallIntegerField()
    reason = models.TextField()
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(score__gte=LOWEST_SCORE, score__lte=HIGHEST_SCORE), name="reference_on_the_scale"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "modality", "clip"], name="reference_by_clip")]

    def __str__(self) -> str:
        return f"{self.use} {self.modality} {self.score:+d}"


# The uses whose clips reach an annotator as references; gold clips come as assignments and look like any other.
TOLD = (Reference.Use.STANDARD, Reference.Use.CALIBRATION)


class CalibrationRound(models.Model):
    """One annotator's way through some reference clips; its answers never count as annotations."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="calibration_rounds")
    modality = models.CharField(max_length=10, choices=MODALITIES)
    number = models.PositiveIntegerField()
    references = models.JSONField()  # their ids, in the order in which they are met
    limit = models.FloatField()  # the mean distance that lets in, as it was set when the round began
    # The mean distance reached; null until the last clip is behind them, and where too few could be judged.
    distance = models.FloatField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["membership", "modality", "number"], name="one_round_per_number")
        ]

    def __str__(self) -> str:
        return f"round {self.number} of {self.modality}"


class CalibrationAnswer(models.Model):
    """An annotator's score for a reference clip, or that it could not be judged for technical reasons."""

    round = models.ForeignKey(CalibrationRound, on_delete=models.CASCADE, related_name="answers")
    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="+")
    score = models.SmallIntegerField(null=True)
    reason = models.CharField(max_length=16, choices=[(Reason.TECHNICAL.value,) * 2], blank=True, default="")
    comment = models.CharField(max_length=500, blank=True, default="")
    seconds = models.FloatField()
    plays = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "reference"], name="one_answer_per_round"),
            models.CheckConstraint(
                condition=models.Q(score__gte=LOWEST_SCORE, score__lte=HIGHEST_SCORE),
                name="calibration_on_the_scale",
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=False, reason="") | (models.Q(score=None) & ~models.Q(reason="")),
                name="calibration_score_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reason if self.score is None else f"{self.score:+d}"


class Admission(models.Model):
    """That an admin let an annotator into a stage without the calibration, and why; never altered."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="admissions")
    modality = models.CharField(max_length=10, choices=MODALITIES)
    reason = models.TextField()
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["membership", "modality"], name="one_admission_per_stage")
        ]

    def __str__(self) -> str:
        return self.reason


class ReadinessCheck(models.Model):
    """That an annotator heard the tones or saw the greys before a stage, or went on without."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="checks")
    modality = models.CharField(max_length=10, choices=MODALITIES)
    passed = models.BooleanField()  # false: skipped, knowingly
    tries = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return "passed" if self.passed else "skipped"
