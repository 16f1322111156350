"""What a run has learned."""

import uuid
from typing import ClassVar

from django.db import models

from datasets.models import Job
from modeling.models.runs import Run


class RepresentationMap(models.Model):
    """A run's text, audio and vision representations of supervised clips, each mapped to a plane by t-SNE."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="representation_maps")
    perplexity = models.FloatField()
    seed = models.PositiveIntegerField()
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    # {"clips": [id], "points": {modality: [[x, y]]}}, x and y within -1 … 1; null until the job has ended
    result = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "perplexity", "seed"], name="one_representation_map_per_setting")
        ]

    def __str__(self) -> str:
        return f"map of {self.run_id}"

    @property
    def state(self) -> str:
        """A state of the ledger."""
        if self.result is not None:
            return Job.State.SUCCEEDED
        return self.job.state if self.job else Job.State.FAILED
