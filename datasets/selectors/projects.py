"""How much projects hold."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from config.kept import kept
from datasets.models import Clip, Label, Project, Source, Version
from datasets.vocabulary import Modality

Counts = dict[str, int]


def counts_of(projects: Sequence[Project]) -> dict[UUID, Counts]:
    """Sources, clips, supervised clips, clips with a multimodal label and versions of each.

    Counted apart: joined in one query, every source would be multiplied by every clip.
    """
    found = {
        "sources": by_project(Source.objects.filter(project__in=projects)),
        "clips": by_project(Clip.objects.filter(project__in=projects)),
        "supervised": by_project(Clip.objects.filter(project__in=projects, supervised=True)),
        "versions": by_project(Version.objects.filter(project__in=projects)),
    }
    # Labels come with a new id and go with their clip, so these two tell whether there are others now.
    last = Label.objects.order_by("-pk").values_list("pk", "settled_at").first()
    found["labelled"] = kept("labelled-clips", (last, Clip.objects.count()), count_labelled)
    return {project.pk: {name: count.get(project.pk, 0) for name, count in found.items()} for project in projects}


def count_labelled() -> dict[UUID, int]:
    """How many clips of every project have a multimodal label."""
    return by_project(Label.objects.filter(modality=Modality.MULTIMODAL), "clip__project")


def by_project(rows: "QuerySet[Any]", path: str = "project") -> dict[UUID, int]:
    """How many rows each project has; none for those that have none."""
    return dict(rows.order_by().values_list(path).annotate(rows=Count("pk")))
