"""Projects and the people who work on them."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models


class Project(models.Model):
    """One dataset in the making, and the people who work on it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100, unique=True)
    description = models.TextField(blank=True)
    licence = models.CharField(max_length=200, blank=True)
    # How the sources were collected, and what the people in them agreed to (datasets.provenance).
    collection = models.TextField(blank=True)
    consent = models.TextField(blank=True)
    # True for data made by programs: every page and export that shows it says so.
    simulated = models.BooleanField(default=False)
    # Settings of the run that publishing a version starts by itself; null for none.
    train_on_publish = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """What one person may do in one project."""

    class Kind(models.TextChoices):
        ANNOTATOR = "annotator"
        ADMIN = "admin"
        RESEARCHER = "researcher"

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="roles")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="project_roles")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "user", "kind"], name="one_role_of_a_kind_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.kind} of {self.project}"


class Event(models.Model):
    """One line of the record of who changed what; written by services, never altered."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, related_name="events")
    actor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    details = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
