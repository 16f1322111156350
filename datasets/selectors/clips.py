"""Clips by whether they are labelled."""

from functools import partial
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from config.kept import kept
from datasets.models import Clip, Label

FEW = 500


def with_label(clips: QuerySet[Clip]) -> QuerySet[Clip]:
    """Those with a label in any modality."""
    return clips.filter(Exists(Label.objects.filter(clip=OuterRef("pk"))))


def without_label(clips: QuerySet[Clip], project: UUID | None, supervised: bool | None) -> QuerySet[Clip]:
    """Those without any: `clips` are of the project, where one is named, and so supervised.

    Where few are left, the search for a page of them goes through all clips; so it is done once.
    """
    few = few_without_label(project, supervised) if project else None
    return clips.filter(~Exists(Label.objects.filter(clip=OuterRef("pk"))) if few is None else Q(pk__in=few))


def few_without_label(project: UUID, supervised: bool | None) -> list[UUID] | None:
    """All keys of a project's clips without label; None when there are more than FEW."""
    clips = Clip.objects.filter(project=project)
    last = Label.objects.order_by("-pk").values_list("pk", "settled_at").first()
    if supervised is not None:
        clips = clips.filter(supervised__in=[supervised])
    # Labels come with a new id and go with their clip.
    key, marker = f"unlabelled-{project}-{supervised}", (last, clips.count())
    return kept(key, marker, partial(read_few_without_label, clips))


def read_few_without_label(clips: QuerySet[Clip]) -> list[UUID] | None:
    """The same, read now."""
    keys = list(without_label(clips, None, None).values_list("pk", flat=True)[: FEW + 1])
    return keys if len(keys) <= FEW else None
