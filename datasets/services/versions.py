"""Publish versions: freeze a draft, number it, and start what follows from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import orjson
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from config.collector import paused_collector
from config.errors import Conflict, DomainError, NotFound
from config.sentences import sentence
from datasets.jobs import enqueue
from datasets.manifest import FrozenScore
from datasets.media.storage import keep, workspace
from datasets.models import Project, Version, VersionClip
from datasets.people import record_event
from datasets.rows import write_rows
from datasets.selectors.versions import FrozenState, frozen_states, newest_version
from datasets.services.drafts import STEPS, Draft, draft_version
from datasets.services.leaks import request_leak_search
from datasets.splitting import Grouping
from datasets.versions.numbering import FIRST, next_number
from datasets.vocabulary import Modality
from datasets.watching import Unwatched, Watch

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
    watch: Watch | None = None,
    pk: UUID | None = None,
) -> Published:
    """Freeze the project's clips, labels and splits as a version, and search it for copies across splits.

    Starts a run too when the project wishes one. What is frozen is of one moment. `pk` is for a new version, so that
    whoever tries again knows whether it is there.

    Raises NothingToPublish or CannotSplit.
    """
    watch, pk = watch or Unwatched(), pk or uuid4()
    while True:
        # Drafted before the transaction: on SQLite nobody could save while it is open.
        draft = draft_version(project=project, seed=seed, grouping=grouping, watch=watch)
        if same := version_like(project, draft):
            return Published(same, created=False)
        watch.progress(STEPS - 1, STEPS, sentence("writing_version", "Writing the version"))
        number, statistics, rows = number_after(draft), draft.statistics, list(version_rows(draft))
        with stored_manifest(draft, pk) as key, watch.commit():
            # Two who publish at once take turns, so that numbers neither collide nor skip.
            project = Project.objects.select_for_update().get(pk=project.pk)
            if same := version_like(project, draft):
                return Published(same, created=False)
            if newest_version(project) == draft.follows:
                version = Version.objects.create(
                    pk=pk,
                    project=project,
                    number=number,
                    sha256=draft.sha256,
                    manifest=key,
                    parent=draft.follows,
                    seed=seed,
                    notes=notes,
                    simulated=project.simulated or draft.manifest.simulated,
                    statistics=statistics,
                    created_by=author,
                )
                write_rows(VersionClip, ROW_COLUMNS, rows, constant={"version": pk})
                begin_what_follows(version, author)
                return Published(version, created=True)
        # Somebody published meanwhile: clips keep their places of that version now, and the number follows it.


def version_like(project: Project, draft: Draft) -> Version | None:
    """The version that has this content already; WithdrawnVersion when it was taken back."""
    same = Version.objects.filter(project=project, sha256=draft.sha256).first()
    if same:
        require_standing(same)
    return same


@contextmanager
def stored_manifest(draft: Draft, pk: UUID) -> Iterator[str]:
    """The manifest in storage under the key of the version; gone again unless the version is there in the end."""
    with workspace() as folder:
        path = folder / "manifest.json"
        path.write_bytes(draft.content)
        key = keep(path, f"versions/{pk}/manifest.json")
    try:
        yield key
    finally:
        if not Version.objects.filter(pk=pk).exists():
            default_storage.delete(key)


def begin_what_follows(version: Version, author: User | None) -> None:
    """Record the publishing, start the search for copies, and the run that the project may wish; in its transaction."""
    project = version.project
    record_event(
        verb="publish_version", subject=version.number, project=project, actor=author,
        version=str(version.pk), sha256=version.sha256, clips=version.statistics["clips"],
    )  # fmt: skip
    request_leak_search(version=version, author=author)
    if project.train_on_publish is not None:
        enqueue(
            kind="train_on_publish", queue="training",
            title=sentence(
                "train_on_publish", "Train on {project} {number}", project=project.name, number=version.number
            ),
            payload={"version": str(version.pk), "settings": project.train_on_publish},
            project=project, created_by=author,
        )  # fmt: skip


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


def number_after(draft: Draft) -> str:
    """Number of the draft as the version that follows the newest (datasets.versions.numbering)."""
    if draft.follows is None:
        return FIRST
    now = {
        draft.clips[clip.key]: FrozenState(clip.split or "", *(clip.labels.get(modality) for modality in Modality))
        for clip in draft.manifest.clips
    }
    return next_number(draft.follows.number, frozen_states(draft.follows), now)


@dataclass(frozen=True)
class Preview:
    """What publishing would do now, or why it cannot."""

    error: DomainError | None = None
    draft: Draft | None = None
    same_as: Version | None = None  # the version that already has this content
    number: str = ""

    def facts(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "feasible": self.error is None,
            "code": self.error and self.error.code,
            "reason": self.error and self.error.message,
            "number": self.number or None,
            "same_as": self.same_as and str(self.same_as.pk),
            "statistics": self.draft and self.draft.statistics,
        }


def preview_version(
    *, project: Project, seed: int, grouping: Grouping = Grouping.STRICTEST, watch: Watch | None = None
) -> Preview:
    """Draft a version and compare it with those there are; writes nothing."""
    try:
        draft = draft_version(project=project, seed=seed, grouping=grouping, watch=watch)
    except DomainError as error:
        return Preview(error=error)
    same = Version.objects.filter(project=project, sha256=draft.sha256).first()
    number = same.number if same else number_after(draft)
    return Preview(draft=draft, same_as=same, number=number)


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
            # As JSON already: what is made of it in the transaction keeps others waiting.
            orjson.Fragment(
                orjson.dumps(
                    {
                        str(modality): [score_facts(score) for score in scores]
                        for modality, scores in clip.scores.items()
                    }
                )
            ),
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
