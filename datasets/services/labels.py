"""Labels handed down by whoever settled them: a campaign's aggregation or an import."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from config.errors import DomainError
from datasets.models import Clip, Label, Project
from datasets.people import record_event
from datasets.rows import write_rows
from datasets.vocabulary import HIGHEST_FIFTHS, LOWEST_FIFTHS, Modality


class BadLabel(DomainError):
    """A settled label cannot be recorded."""

    code = "bad_label"


@dataclass(frozen=True)
class SettledLabel:
    """One clip's label in one modality, in fifths, with the scores it can be recomputed from (as in `Label.scores`)."""

    clip_id: UUID  # primary key of the clip
    modality: Modality
    fifths: int
    scores: Sequence[Mapping[str, Any]] | orjson.Fragment = field(default_factory=list)
    rule: str = ""  # name of the rule that made it of them; blank for the paper's


@transaction.atomic
def record_labels(*, project: Project, rows: Iterable[SettledLabel], origin: str, actor: User | None = None) -> int:
    """Write labels in bulk, replacing those that the clips had in the same modalities; returns how many.

    Raises BadLabel for a clip of another project, a value off the grid, or two values for one clip and modality.
    """
    known = set(Clip.objects.filter(project=project).values_list("pk", flat=True))
    labels = write_rows(
        Label,
        ["clip", "modality", "fifths", "scores", "rule"],
        ((row.clip_id, row.modality, row.fifths, row.scores, row.rule) for row in checked_labels(rows, known=known)),
        constant={"origin": origin, "settled_at": timezone.now()},
        replace=["clip", "modality"],
    )
    record_event(verb="record_labels", subject=origin, project=project, actor=actor, labels=labels)
    return labels


@transaction.atomic
def drop_labels(
    *, project: Project, places: Collection[tuple[UUID, str]], origin: str, actor: User | None = None
) -> int:
    """Take back labels of these clips and modalities that the origin settled; returns how many."""
    found = Label.objects.filter(clip__project=project, origin=origin, clip__in={clip for clip, _ in places})
    dropped = [
        pk for pk, clip, modality in found.values_list("pk", "clip_id", "modality") if (clip, modality) in places
    ]
    Label.objects.filter(pk__in=dropped).delete()
    if dropped:
        record_event(verb="drop_labels", subject=origin, project=project, actor=actor, labels=len(dropped))
    return len(dropped)


def checked_labels(rows: Iterable[SettledLabel], *, known: set[UUID]) -> Iterator[SettledLabel]:
    """The rows one by one; BadLabel at the first that must not be written. `known` are the project's clips."""
    seen: set[tuple[UUID, str]] = set()
    for row in rows:
        if row.clip_id not in known:
            raise BadLabel(f"Clip {row.clip_id} is not in this project, so its label cannot be recorded.")
        if not LOWEST_FIFTHS <= row.fifths <= HIGHEST_FIFTHS:
            raise BadLabel(f"Clip {row.clip_id}: {row.fifths} is off the grid; labels lie from -5 to 5 fifths.")
        place = (row.clip_id, str(row.modality))
        if place in seen:
            raise BadLabel(f"Clip {row.clip_id} was given two {row.modality} labels at once; give one.")
        seen.add(place)
        yield row
