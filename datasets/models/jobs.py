"""The ledger of long work."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models

from datasets.models.projects import Project


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
