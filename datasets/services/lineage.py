"""What a version came from and what stands on it; apps above this one tell of what they keep."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.db.models import Count, Prefetch, QuerySet

from config.kept import kept
from config.sentences import Stored
from datasets.models import Download, Export, Job, Version
from datasets.vocabulary import Modality

SHOWN = 50  # of each kind, the newest or largest; totals are of all
IMPORTS = ("import_clips", "import_chsims", "import_features")


@dataclass(frozen=True)
class Taken:
    """Who took a file away, and when."""

    by: str
    at: datetime


@dataclass(frozen=True)
class Relative:
    """One thing that a version came from or that stands on it."""

    id: str
    name: str
    said: Stored | None = None  # the name for pages in another language, where it is a sentence
    at: datetime | None = None
    by: str | None = None
    state: str = ""  # of the ledger, or "withdrawn"; blank for what has none
    clips: int | None = None  # of the version, where only some belong to it
    modality: Modality | None = None  # of a feature set
    on: Sequence[str] = ()  # ids of the relatives that it was made of
    downloads: Sequence[Taken] = ()  # the latest first


@dataclass(frozen=True)
class Relatives:
    """Those of one kind: how many there are, and the first of them."""

    total: int = 0
    shown: Sequence[Relative] = field(default_factory=tuple)


Teller = Callable[[Version], Relatives]
_tellers: dict[str, Teller] = {}


def register_teller(kind: str, teller: Teller) -> None:
    """Have an app above this one tell of its `campaigns`, `feature_sets` or `runs`; called when the app is ready."""
    _tellers[kind] = teller


def lineage_of(version: Version) -> Mapping[str, Relatives]:
    """Everything around a version, by kind: first what it came from, then what stands on it."""
    return {
        "sources": sources_of(version),
        "imports": imports_before(version),
        "campaigns": told("campaigns", version),
        "parents": versions_among(Version.objects.filter(children=version)),
        "children": versions_among(version.children.all()),
        "exports": exports_of(version),
        "feature_sets": told("feature_sets", version),
        "runs": told("runs", version),
    }


def name_of(user: User | None) -> str | None:
    """A person's user name."""
    return user.username if user else None


def told(kind: str, version: Version) -> Relatives:
    """What another app tells; nothing where none is there to tell."""
    return _tellers[kind](version) if kind in _tellers else Relatives()


def sources_of(version: Version) -> Relatives:
    """Videos that its clips were cut from, most clips first."""
    return kept(f"sources-{version.pk}", version.sha256, partial(count_sources, version))


def count_sources(version: Version) -> Relatives:
    """The same, counted now."""
    counted = version.rows.values_list("clip__source", "clip__source__video_id").annotate(clips=Count("pk"))
    rows = counted.order_by("-clips", "clip__source__video_id")
    return Relatives(len(rows), [Relative(str(pk), name, clips=clips) for pk, name, clips in rows[:SHOWN]])


def imports_before(version: Version) -> Relatives:
    """Imports into the project that had begun when it was published, and ended well."""
    begun = Job.objects.filter(
        project=version.project_id, kind__in=IMPORTS, state=Job.State.SUCCEEDED, created_at__lt=version.created_at
    ).select_related("created_by")
    found = [
        Relative(str(job.pk), job.title, job.said("title"), at=job.finished_at, by=name_of(job.created_by))
        for job in begun.order_by("-created_at")[:SHOWN]
    ]
    return Relatives(begun.count(), found)


def versions_among(versions: QuerySet[Version]) -> Relatives:
    """Other versions, the newest first."""
    found = [
        Relative(
            str(each.pk), each.number, at=each.created_at, by=name_of(each.created_by),
            state="withdrawn" if each.withdrawn_at else "",
        )
        for each in versions.select_related("created_by").order_by("-created_at")[:SHOWN]
    ]  # fmt: skip
    return Relatives(versions.count(), found)


def exports_of(version: Version) -> Relatives:
    """Files made from it, the newest first, and who took them away."""
    taken = Prefetch("downloads", Download.objects.select_related("user").order_by("-at"))
    exports = version.exports.select_related("job__created_by").prefetch_related(taken).order_by("-created_at")
    return Relatives(version.exports.count(), [export_relative(export) for export in exports[:SHOWN]])


def export_relative(export: Export) -> Relative:
    """One file."""
    job = export.job
    return Relative(
        str(export.pk),
        export.format,
        at=export.created_at,
        by=name_of(job.created_by if job else None),
        state=Job.State.SUCCEEDED if export.file else job.state if job else Job.State.FAILED,
        downloads=[Taken(each.user.username, each.at) for each in export.downloads.all()],
    )
