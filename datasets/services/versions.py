"""Publish versions: freeze a draft, number it, and start what follows from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from config.collector import paused_collector
from config.errors import Conflict, DomainError, NotFound
from datasets.jobs import enqueue
from datasets.manifest import FrozenScore
from datasets.media.storage import keep, workspace
from datasets.models import Project, Version, VersionClip
from datasets.people import record_event
from datasets.rows import write_rows
from datasets.selectors.versions import FrozenState, frozen_states, newest_version
from datasets.services.drafts import Draft, draft_version
from datasets.services.leaks import request_leak_search
from datasets.splitting import Grouping
from datasets.versions.numbering import FIRST, next_number
from datasets.vocabulary import Modality

ROW_COLUMNS = (
    "clip", "order", "split", "supervised", "transcript", "media_sha256", *Modality, "scores",
)  # fmt: skip


class WithdrawnVersion(Conflict):
    """The version was taken back."""

    code = "withdrawn_version"


@dataclass(frozen=True)
class Published:
    """A version, and whether it is new: publishing the same state again gives the one there is."""

    version: Version
    created: bool


@paused_collector()
def publish_version(
    *,
    project: Project,
    seed: int,
    notes: str = "",
    grouping: Grouping = Grouping.STRICTEST,
    author: User | None = None,
) -> Published:
    """Freeze the project's clips, labels and splits as a version, and search it for copies across splits.

    Starts a run too when the project wishes one.

    Raises NothingToPublish or CannotSplit.
    """
    # Drafted before the transaction: on SQLite nobody could save while it is open.
    draft = draft_version(project=project, seed=seed, grouping=grouping)
    with transaction.atomic():
        # Two who publish at once take turns, so that numbers neither collide nor skip.
        project = Project.objects.select_for_update().get(pk=project.pk)
        same = Version.objects.filter(project=project, sha256=draft.sha256).first()
        if same:
            require_standing(same)
            return Published(same, created=False)
        version = write_version(project, draft, notes=notes, author=author)
        record_event(
            verb="publish_version", subject=version.number, project=project, actor=author,
            version=str(version.pk), sha256=version.sha256, clips=len(draft.manifest.clips),
        )  # fmt: skip
        request_leak_search(version=version, author=author)
        if project.train_on_publish is not None:
            enqueue(
                kind="train_on_publish", queue="training", title=f"Train on {project.name} {version.number}",
                payload={"version": str(version.pk), "settings": project.train_on_publish},
                project=project, created_by=author,
            )  # fmt: skip
    return Published(version, created=True)


def require_standing(version: Version) -> None:
    """Raise WithdrawnVersion for content that was taken back."""
    if version.withdrawn_at:
        raise WithdrawnVersion(
            f"This content is version {version.number}, which was withdrawn ({version.withdrawn_reason}); change what "
            "was wrong, or choose another seed, and publish again.",
            version=str(version.pk),
        )


@transaction.atomic
def withdraw_version(*, version: Version, reason: str, actor: User | None = None) -> Version:
    """Tell everybody not to use a version, and why; nothing in it is altered, and it cannot be undone.

    Raises WithdrawnVersion when that has been done.
    """
    version = Version.objects.select_for_update().get(pk=version.pk)
    if version.withdrawn_at:
        raise WithdrawnVersion(f"Version {version.number} was withdrawn already: {version.withdrawn_reason}")
    version.withdrawn_at, version.withdrawn_reason = timezone.now(), reason
    version.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    record_event(
        verb="withdraw_version", subject=version.number, project=version.project, actor=actor,
        version=str(version.pk), reason=reason,
    )  # fmt: skip
    return version


def number_after(parent: Version | None, draft: Draft) -> str:
    """Number of the draft as the version that follows `parent` (datasets.versions.numbering)."""
    if parent is None:
        return FIRST
    now = {
        draft.clips[clip.key]: FrozenState(clip.split or "", *(clip.labels.get(modality) for modality in Modality))
        for clip in draft.manifest.clips
    }
    return next_number(parent.number, frozen_states(parent), now)


@dataclass(frozen=True)
class Preview:
    """What publishing would do now, or why it cannot."""

    error: DomainError | None = None
    draft: Draft | None = None
    same_as: Version | None = None  # the version that already has this content
    number: str = ""


def preview_version(*, project: Project, seed: int, grouping: Grouping = Grouping.STRICTEST) -> Preview:
    """Draft a version and compare it with those there are; writes nothing."""
    try:
        draft = draft_version(project=project, seed=seed, grouping=grouping)
    except DomainError as error:
        return Preview(error=error)
    same = Version.objects.filter(project=project, sha256=draft.sha256).first()
    number = same.number if same else number_after(newest_version(project), draft)
    return Preview(draft=draft, same_as=same, number=number)


def write_version(project: Project, draft: Draft, *, notes: str, author: User | None) -> Version:
    """Store the manifest, then the rows."""
    parent = newest_version(project)
    pk = uuid4()
    with workspace() as folder:
        path = folder / "manifest.json"
        path.write_bytes(draft.content)
        stored = keep(path, f"versions/{pk}/manifest.json")
    version = Version.objects.create(
        pk=pk,
        project=project,
        number=number_after(parent, draft),
        sha256=draft.sha256,
        manifest=stored,
        parent=parent,
        seed=draft.manifest.seed,
        notes=notes,
        simulated=project.simulated or draft.manifest.simulated,
        statistics=draft.statistics,
        created_by=author,
    )
    write_rows(VersionClip, ROW_COLUMNS, version_rows(draft), constant={"version": version.pk})
    return version


def version_rows(draft: Draft) -> Iterator[tuple[Any, ...]]:
    """The manifest's clips as ROW_COLUMNS, for questions that SQL answers."""
    for order, clip in enumerate(draft.manifest.clips):
        yield (
            draft.clips[clip.key],
            order,
            clip.split or "",
            clip.supervised,
            clip.transcript,
            clip.media_sha256,
            *(clip.labels.get(modality) for modality in Modality),
            {str(modality): [score_facts(score) for score in scores] for modality, scores in clip.scores.items()},
        )


def score_facts(score: FrozenScore) -> dict[str, Any]:
    """A score as in `Label.scores`."""
    annotator, value, milliseconds, plays, simulated = score
    return {
        "annotator": annotator,
        "score": value,
        "seconds": None if milliseconds is None else milliseconds / 1000,
        "plays": plays,
        "simulated": simulated,
    }


def find_version(version: str) -> Version:
    """The version with this id; NotFound says where ids come from."""
    try:
        return Version.objects.select_related("project").get(pk=version)
    except (Version.DoesNotExist, ValidationError) as error:
        raise NotFound(f"There is no version “{version}”; publish_version prints the ids of versions.") from error
