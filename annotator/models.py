"""Tables of labeling: campaigns, their annotators, who rates what, the answers, and what they were shown."""

import uuid
from typing import ClassVar, Self

from django.contrib.auth.models import User
from django.db import models

from annotator.aggregation.rules import PAPERS, RuleName
from annotator.judging import Reason
from datasets.models import MODALITIES, Clip, Project, Source
from datasets.vocabulary import HIGHEST_FIFTHS, HIGHEST_SCORE, LOWEST_FIFTHS, LOWEST_SCORE

REASONS = [(reason.value, reason.value) for reason in Reason]
RULES = [(rule.value, rule.value) for rule in RuleName]


class Campaign(models.Model):
    """One labeling effort: clips, annotators, rules."""

    class State(models.TextChoices):
        OPEN = "open"
        PAUSED = "paused"
        CLOSED = "closed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="campaigns")
    name = models.CharField(max_length=100, unique=True)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    batch_size = models.PositiveIntegerField()
    seed = models.PositiveIntegerField()
    # annotator.isolation.parameters, as JSON, and its digest: only renditions made so are shown.
    isolation = models.JSONField()
    isolation_digest = models.CharField(max_length=64)
    # annotator.preparing, as JSON: calibration, checks and the gap between stages.
    preparation = models.JSONField(default=dict)
    # The rule that makes labels of scores; another one is chosen by an admin (annotator.aggregation.rules).
    aggregation = models.CharField(max_length=20, choices=RULES, default=PAPERS.value)
    # Share of a stage's clips that each annotator is shown a second time (annotator.scheduling.place_repeats).
    repeats = models.FloatField(default=0)
    # How far from its reference a gold clip's score may be, and whether gold clips get labels of their scores.
    gold_tolerance = models.PositiveSmallIntegerField(default=1)
    gold_counts = models.BooleanField(default=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class CampaignClip(models.Model):
    """A clip's place in a campaign."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="campaign_clips")
    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="campaign_clips")
    batch = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "clip"], name="one_place_per_clip")]

    def __str__(self) -> str:
        return f"{self.clip_id} in batch {self.batch}"


class Membership(models.Model):
    """One annotator's part in a campaign; exports and versions know them by pseudonym only."""

    class State(models.TextChoices):
        ACTIVE = "active"
        PAUSED = "paused"  # gives no answers for now; those given count
        EXCLUDED = "excluded"  # gives none any more; those given are kept and do not count

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="memberships")
    annotator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    pseudonym = models.CharField(max_length=20)  # "A1" …
    # What the latest MembershipChange says.
    state = models.CharField(max_length=8, choices=State.choices, default=State.ACTIVE)
    # Modalities whose calibration is behind them, as CalibrationRound and Admission tell.
    admitted = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "annotator"], name="one_membership_per_annotator"),
            models.UniqueConstraint(fields=["campaign", "pseudonym"], name="one_annotator_per_pseudonym"),
        ]

    def __str__(self) -> str:
        return f"{self.pseudonym} in {self.campaign_id}"

    @property
    def stands(self) -> "Campaign.State":
        """The campaign's state as this annotator meets it."""
        if self.campaign.state == Campaign.State.OPEN and self.state != self.State.ACTIVE:
            return Campaign.State.PAUSED
        return Campaign.State(self.campaign.state)


class MembershipChange(models.Model):
    """That an annotator was paused, excluded or taken back, by whom and why; never altered."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="changes")
    state = models.CharField(max_length=8, choices=Membership.State.choices)
    reason = models.TextField()
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.membership_id} {self.state}: {self.reason}"


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
    findings = models.JSONField(default=list)  # one sentence each; empty when passed
    record = models.JSONField()  # everything measured, as annotator.isolation.audit gives it
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return "passed" if self.passed else "; ".join(self.findings)


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


class Decision(models.Model):
    """A label that an admin settled by looking at everything about a clip. Another decision supersedes this one."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="decisions")
    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="decisions")
    modality = models.CharField(max_length=10, choices=MODALITIES)
    fifths = models.SmallIntegerField()
    reason = models.TextField()
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="successor")
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(fifths__gte=LOWEST_FIFTHS, fifths__lte=HIGHEST_FIFTHS), name="decision_on_the_grid"
            ),
            models.UniqueConstraint(
                fields=["campaign", "clip", "modality"],
                condition=models.Q(supersedes__isnull=True),
                name="one_first_decision_per_label",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clip_id} {self.modality} {self.fifths / 5:+.1f}"


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
    distance = models.FloatField(null=True)  # the mean distance reached; null until the last clip is rated
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["membership", "modality", "number"], name="one_round_per_number")
        ]

    def __str__(self) -> str:
        return f"round {self.number} of {self.modality}"


class CalibrationAnswer(models.Model):
    """An annotator's score for a reference clip."""

    round = models.ForeignKey(CalibrationRound, on_delete=models.CASCADE, related_name="answers")
    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="+")
    score = models.SmallIntegerField()
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
        ]

    def __str__(self) -> str:
        return f"{self.score:+d}"


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
