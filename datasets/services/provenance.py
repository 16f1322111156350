"""Write down where sources come from and what the people in them agreed to."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from config.errors import DomainError
from datasets.models import Project, Source
from datasets.people import record_event
from datasets.provenance import TEXTS, Provenance

NAMED = 5  # unknown sources that an error names


class UnknownSources(DomainError):
    """A description is of sources that the project does not have."""

    code = "unknown_sources"


@transaction.atomic
def describe_sources(
    *, project: Project, terms: Mapping[str, Mapping[str, str]], actor: User | None = None
) -> list[Source]:
    """Write `origin` and `consent`, whichever is given, of the sources with these video ids: all of them or none.

    Returns those that changed. Raises UnknownSources.
    """
    found = sources_of(project, terms)
    if unknown := [name for name in terms if name not in found]:
        more = f" and {len(unknown) - NAMED} more" if len(unknown) > NAMED else ""
        raise UnknownSources(
            f"“{project.name}” has no source {', '.join(unknown[:NAMED])}{more}; nothing was changed. Import its clips "
            "first, or mend the video_id.",
            sources=unknown,
        )
    changed = [source for name, source in found.items() if apply(source, terms[name])]
    Source.objects.bulk_update(changed, ["origin", "consent"], batch_size=200)
    if changed:
        record_event(
            verb="described sources", subject=project.name, project=project, actor=actor,
            sources=sorted(source.video_id for source in changed)[:NAMED], count=len(changed),
        )  # fmt: skip
    return changed


def sources_of(project: Project, video_ids: Iterable[str]) -> dict[str, Source]:
    """The project's sources among these, by video id."""
    names = list(video_ids)
    # Asked in pieces: databases take only so many values in one question.
    pieces = (names[start : start + 500] for start in range(0, len(names), 500))
    return {source.video_id: source for piece in pieces for source in project.sources.filter(video_id__in=piece)}


def apply(source: Source, terms: Mapping[str, str]) -> bool:
    """Set what is given; returns whether that changed anything."""
    before = source.origin, source.consent
    source.origin = terms.get("origin", source.origin)
    source.consent = terms.get("consent", source.consent)
    return before != (source.origin, source.consent)


@transaction.atomic
def take_over(*, project: Project, provenance: Provenance) -> None:
    """Fill in what an export of ours says and the project leaves blank; what its admins wrote stays."""
    project = Project.objects.select_for_update().get(pk=project.pk)
    blank: dict[str, Any] = {
        name: text for name in TEXTS if (text := getattr(provenance, name)) and not getattr(project, name)
    }
    for name, text in blank.items():
        setattr(project, name, text)
    project.save(update_fields=list(blank))
    sources = sources_of(project, provenance.sources)
    for video_id, source in sources.items():
        source.origin = source.origin or provenance.sources[video_id].origin
        source.consent = source.consent or provenance.sources[video_id].consent
    Source.objects.bulk_update(sources.values(), ["origin", "consent"], batch_size=200)
