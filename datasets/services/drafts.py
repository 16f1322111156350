"""Draft a version: gather what is settled, split it, describe it; writes nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from config.collector import paused_collector
from config.errors import Conflict
from config.moment import one_moment
from config.sentences import sentence
from datasets.formats.isolation import IsolationReport
from datasets.manifest import FrozenClip, Manifest, digest, write_manifest
from datasets.models import Project, Version
from datasets.provenance import TEXTS, consents_of, origins_known
from datasets.selectors.gathering import (
    Key,
    SettledLabels,
    clips_by_origin,
    gather_clips,
    gather_provenance,
    read_clips,
    read_labels,
    settle,
)
from datasets.selectors.versions import frozen_states, grouping_of, newest_version
from datasets.services.receivers import report_isolation
from datasets.splitting import Candidate, Grouping, assign_splits, divide, settle_grouping
from datasets.statistics import describe_clips
from datasets.versions.feasibility import judge_feasibility
from datasets.vocabulary import Modality, Split, sentiment_class
from datasets.watching import Unwatched, Watch

# The rule by which labels are made of scores unless another is told (annotator.aggregation; the paper's section 3.2).
AGGREGATION = "trimmed_mean"
LEFT_OUT_NAMED = 50
STEPS = 4  # reading, splitting, describing, and writing it as a version


class NothingToPublish(Conflict):
    """No clip of the project has the labels that a version needs."""

    code = "nothing_to_publish"


@dataclass(frozen=True)
class LeftOut:
    """A supervised clip that a version cannot take yet."""

    clip: FrozenClip
    missing: tuple[Modality, ...]


@dataclass(frozen=True)
class Draft:
    """What publishing would freeze now."""

    manifest: Manifest
    content: bytes  # the manifest as canonical JSON
    sha256: str
    left_out: Sequence[LeftOut]
    clips: Mapping[Key, UUID]  # primary keys by (video_id, clip_id)
    follows: Version | None  # the newest version, from which clips keep their splits
    feasibility: Mapping[str, Any]  # what could be kept together (datasets.versions.feasibility)
    settled_by: Mapping[str, Sequence[UUID]]  # supervised clips by who settled their labels: a campaign or an import
    # How they were isolated: kept beside the manifest and no part of the hash, since auditing the same files again with
    # a newer tool must not make another version of the same labels.
    isolation: Sequence[IsolationReport]

    @cached_property
    def statistics(self) -> dict[str, Any]:
        """Tables and figures, and what was left out and why."""
        missing = Counter(str(modality) for clip in self.left_out for modality in clip.missing)
        return describe_clips(self.manifest.clips) | {
            "left_out": {
                "clips": len(self.left_out),
                "missing": {str(modality): missing[modality] for modality in Modality},
                "names": [left.clip.name for left in self.left_out[:LEFT_OUT_NAMED]],
            },
            "split_by": str(self.manifest.grouping),
            "feasibility": self.feasibility,
            "origins": {origin: len(clips) for origin, clips in self.settled_by.items()},
            "isolation": self.isolation,
            "provenance": self.provenance,
        }

    @property
    def provenance(self) -> dict[str, Any]:
        """What the version's page says of where the material comes from."""
        known = self.manifest.provenance
        sources = len({clip.video_id for clip in self.manifest.clips})
        return {name: getattr(known, name) for name in TEXTS} | {
            "origins": origins_known(known),
            "consents": [{"consent": name, "sources": n} for name, n in consents_of(known, sources).items()],
        }


@paused_collector()
def draft_version(
    *, project: Project, seed: int, grouping: Grouping = Grouping.STRICTEST, watch: Watch | None = None
) -> Draft:
    """Gather and split a project's clips as they stand at one moment; writes nothing.

    A supervised clip is taken when its four labels are settled, or when its multimodal label was imported ready.
    Raises NothingToPublish or CannotSplit.
    """
    watch = watch or Unwatched()
    watch.progress(0, STEPS, sentence("reading_labels", "Reading labels"))
    with one_moment():
        settled, clips = read_labels(project), read_clips(project)
        provenance = gather_provenance(project)
        newest = newest_version(project)
    labels = settle(settled)
    gathered = gather_clips(clips, labels)
    watch.progress(1, STEPS, sentence("splitting", "Splitting"))
    left_out = [left for clip in gathered.clips if (left := left_out_of(clip))]
    without = {left.clip.key for left in left_out}
    taken = [clip for clip in gathered.clips if clip.key not in without]
    if not any(clip.supervised for clip in taken):
        raise nothing_to_publish(project)
    candidates = [candidate(clip, gathered.given.get(clip.key)) for clip in taken if clip.supervised]
    grouping = settle_grouping(candidates, grouping)
    candidates = where_they_were(newest, candidates, gathered.keys, seed=seed, grouping=grouping)
    splits = assign_splits(candidates, seed=seed, grouping=grouping)
    frozen = [replace(clip, split=splits.get(clip.key)) for clip in taken]
    supervised = [gathered.keys[clip.key] for clip in frozen if clip.supervised]
    settled_by = clips_by_origin(labels.origins, supervised)
    manifest = Manifest(
        clips=frozen,
        aggregation=rules_of(labels, supervised),
        seed=seed,
        grouping=grouping,
        provenance=provenance.of_sources(clip.video_id for clip in frozen),
    )
    watch.progress(2, STEPS, sentence("describing", "Describing"))
    content = write_manifest(manifest)
    return Draft(
        manifest=manifest,
        content=content,
        sha256=digest(content),
        left_out=left_out,
        clips=gathered.keys,
        follows=newest,
        feasibility=judge_feasibility(candidates),
        settled_by=settled_by,
        isolation=report_isolation(project, settled_by),
    )


def nothing_to_publish(project: Project) -> NothingToPublish:
    """The error that says so."""
    return NothingToPublish(
        f"No clip of “{project.name}” is labelled in all four modalities, so there is nothing to publish; "
        "aggregate a campaign whose annotators have finished, or import labels."
    )


def rules_of(labels: SettledLabels, clips: Sequence[UUID]) -> str:
    """Name of the rule by which the clips' labels were made; several, in order, where campaigns chose differently."""
    names = {rule or AGGREGATION for clip in clips for rule in labels.rules.get(clip, ())}
    return " + ".join(sorted(names)) or AGGREGATION


def where_they_were(
    newest: Version | None, candidates: list[Candidate], keys: Mapping[Key, UUID], *, seed: int, grouping: Grouping
) -> list[Candidate]:
    """Candidates with their splits in the newest version, when that was made by the same seed and grouping.

    So that added clips move no other; another seed splits anew, and so does a project in which clips that are gone
    left a split empty.
    """
    if newest is None or newest.seed != seed or grouping_of(newest) is not grouping:
        return candidates
    states = frozen_states(newest)
    known = [
        replace(clip, before=Split(state.split)) if (state := states.get(keys[clip.key])) and state.split else clip
        for clip in candidates
    ]
    division = divide(known, grouping)
    empty = int((division.fixed[:, -1] == 0).sum())
    return known if len(division.free) >= empty else candidates


def left_out_of(clip: FrozenClip) -> LeftOut | None:
    """Why a clip cannot be taken; None when it can."""
    missing = tuple(modality for modality in Modality if modality not in clip.labels)
    imported = Modality.MULTIMODAL in clip.labels and Modality.MULTIMODAL not in clip.scores
    if not clip.supervised or not missing or imported:
        return None
    return LeftOut(clip=clip, missing=missing)


def candidate(clip: FrozenClip, given: Split | None) -> Candidate:
    """What splitting needs to know of a clip."""
    sentiment = sentiment_class(clip.labels[Modality.MULTIMODAL])
    return Candidate(clip.video_id, clip.clip_id, clip.speaker, sentiment, given)
