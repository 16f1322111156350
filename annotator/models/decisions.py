"""Labels that an admin settled."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models

from annotator.models.campaigns import Campaign
from datasets.models import MODALITIES, Clip
from datasets.vocabulary import HIGHEST_FIFTHS, LOWEST_FIFTHS


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
