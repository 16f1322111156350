"""The ledger of long work."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.db import models

from config.sentences import Sentence, Stored
from datasets.models.projects import Project

SENTENCE_LENGTH = 300


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
    title = models.CharField(max_length=SENTENCE_LENGTH)
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
    doing = models.CharField(max_length=SENTENCE_LENGTH, blank=True)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    # The three sentences with their codes and facts (config.sentences); null where none was kept.
    title_said = models.JSONField(null=True)
    doing_said = models.JSONField(null=True)
    error_said = models.JSONField(null=True)
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

    def said(self, name: str) -> Stored:
        """Its title, what it does, or why it failed: as it was kept, in English alone from before there were codes."""
        kept: Stored = getattr(self, f"{name}_said") or getattr(self, name)
        return kept


def said(**sentences: Sentence) -> dict[str, Any]:  # Any: columns
    """The columns of a job that keep its title, what it does, or why it failed."""
    columns: dict[str, Any] = {}
    for name, each in sentences.items():
        english = each.english if name == "error" else each.english[:SENTENCE_LENGTH]
        columns |= {name: english, f"{name}_said": each.as_record()}
    return columns
