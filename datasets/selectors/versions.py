"""Frozen versions as later ones need them: the newest, and where its clips were."""

from typing import NamedTuple
from uuid import UUID

from config.errors import NotFound
from config.sentences import sentence
from datasets.manifest import Manifest, read_manifest
from datasets.media.storage import local
from datasets.models import Project, Version
from datasets.questions import Report, unheard
from datasets.rows import Keys, read_rows
from datasets.splitting import Grouping
from datasets.versions.difference import Difference, compare


class NoEarlierVersion(NotFound):
    """There is nothing before a project's first version."""

    code = "no_earlier_version"


class FrozenState(NamedTuple):
    """Of a clip, what decides a version's number: its split (blank for none) and its labels in fifths."""

    split: str
    text: int | None
    audio: int | None
    vision: int | None
    multimodal: int | None


def newest_version(project: Project) -> Version | None:
    """The version that the next one follows."""
    return project.versions.order_by("-created_at", "-pk").first()


def frozen_states(version: Version) -> dict[UUID, FrozenState]:
    """The state of every clip of a version, by primary key."""
    rows = version.rows.values_list("clip_id", *FrozenState._fields)
    keys = Keys()
    return {keys[cell]: FrozenState(*state) for cell, *state in read_rows(rows)}


def grouping_of(version: Version) -> Grouping:
    """What was kept together in one split; told by the manifest where the version is older than that statistic."""
    told = version.statistics.get("split_by")
    return Grouping(told) if told else manifest_of(version).grouping


def manifest_of(version: Version) -> Manifest:
    """What a version froze, read from its stored manifest and checked against its SHA-256."""
    with local(version.manifest) as path:
        return read_manifest(path.read_bytes(), sha256=version.sha256)


def version_before(version: Version) -> Version:
    """The version that this one followed; NoEarlierVersion for a project's first."""
    if version.parent is None:
        raise NoEarlierVersion(
            f"Version {version.number} is the first of “{version.project.name}”, so there is none before it to compare "
            "with; name another version."
        )
    return version.parent


def difference_between(before: Version, after: Version, report: Report = unheard) -> Difference:
    """What changed from one version to another, of the same project or not."""
    report(0, 3, sentence("reading_version", "Reading {number}", number=before.number))
    was = manifest_of(before)
    report(1, 3, sentence("reading_version", "Reading {number}", number=after.number))
    now = manifest_of(after)
    report(2, 3, sentence("comparing_clips", "Comparing every clip"))
    return compare(was, now)
