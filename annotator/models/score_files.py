"""Files of scores that were sent in, until they have been imported."""

import uuid

from django.contrib.auth.models import User
from django.db import models

from annotator.models.campaigns import Campaign


class ScoreFile(models.Model):
    """A file of scores as it was sent, and what a first look into it told (annotator.foreign_scores.Layout)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="score_files")
    name = models.CharField(max_length=100)
    file = models.CharField(max_length=200)  # storage key
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=12)
    encoding = models.CharField(max_length=10)
    columns = models.JSONField()  # a table's header
    sent_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
