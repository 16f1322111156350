"""Analyses that take long: what each is of, its latest answer, and the job that computes it."""

import uuid
from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from datasets.models.jobs import Job
from datasets.models.projects import Project


class Analysis(models.Model):
    """One question about rows too many to read within a request (datasets.questions), with its latest answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="analyses")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=100)  # the id of what it is about; two ids are joined by a space
    parameters = models.CharField(max_length=100, blank=True)  # what else is asked, such as an order
    answer = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    # Of which state of the facts the answer is: datasets.questions.Stamp.
    settings = models.TextField(blank=True)
    last_fact = models.BigIntegerField(default=0)
    computed_at = models.DateTimeField(null=True)
    # The latest; while it is open nobody begins another.
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject", "parameters"], name="one_analysis_per_question")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject} {self.parameters}".rstrip()
