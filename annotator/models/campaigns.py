"""Campaigns, their clips and their people."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models

from annotator.aggregation.rules import PAPERS, RuleName
from datasets.models import Clip, Project

RULES = [(rule.value, rule.value) for rule in RuleName]


class Campaign(models.Model):
    """One labeling effort: clips, annotators, rules."""

    class State(models.TextChoices):
        MAKING = "making"  # assignments are being given out; nobody is shown it
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
        JOINING = "joining"  # is being given assignments; is shown none and waited for by nothing

    # Who is shown nothing and counts nowhere.
    AWAY = (State.EXCLUDED, State.JOINING)
    # What an admin may make of them.
    SETTABLE = (State.ACTIVE, State.PAUSED, State.EXCLUDED)

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="memberships")
    annotator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    pseudonym = models.CharField(max_length=20)  # "A1" …
    # What the latest MembershipChange says.
    state = models.CharField(max_length=8, choices=State.choices, default=State.ACTIVE)
    # Modalities whose calibration is behind them, as CalibrationRound and Admission tell.
    admitted = models.JSONField(default=list)
    # Modalities before which they tried sound and screen, as ReadinessCheck tells, or which they rated unasked before.
    checked = models.JSONField(default=list)

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
