"""Draft a version: gather what is settled, split it, describe it; writes nothing."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from config.errors import Conflict
from datasets.manifest import FrozenClip, FrozenScore, Manifest, digest, write_manifest
from datasets.models import Clip, Label, Project
from datasets.splitting import Candidate, Grouping, assign_splits, settle_grouping
from datasets.statistics import describe_clips
from datasets.vocabulary import Modality, Split, sentiment_class

# The rule by which labels are made of scores (annotator.aggregation; the paper's section 3.2).
AGGREGATION = "trimmed_mean"
LEFT_OUT_NAMED = 50

Key = tuple[str, str]  # (video_id, clip_id)


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

    @cached_property
    def statistics(self) -> dict[str, Any]:
        """Tables and figures, and what was left out and why."""
        missing = Counter(str(modality) for clip in self.left_out for modality in clip.missing)
        return describe_clips(self.manifest.clips) | {
            "left_out": {
                "clips": len(self.left_out),
                "missing": {str(modality): missing[modality] for modality in Modality},
                "names": [left.clip.name for left in self.left_out[:LEFT_OUT_NAMED]],
            }
        }


def draft_version(*, project: Project, seed: int, grouping: Grouping = Grouping.STRICTEST) -> Draft:
    """Gather and split a project's clips as they stand; writes nothing.

    A supervised clip is taken when its four labels are settled, or when its multimodal label was imported ready.
    Raises NothingToPublish or CannotSplit.
    """
    keys, given, frozen = read_clips(project)
    left_out = [left for clip in frozen if (left := left_out_of(clip))]
    without = {left.clip.key for left in left_out}
    taken = [clip for clip in frozen if clip.key not in without]
    if not any(clip.supervised for clip in taken):
        raise NothingToPublish(
            f"No clip of “{project.name}” is labelled in all four modalities, so there is nothing to publish; "
            "aggregate a campaign whose annotators have finished, or import labels."
        )
    candidates = [candidate(clip, given.get(clip.key)) for clip in taken if clip.supervised]
    grouping = settle_grouping(candidates, grouping)
    splits = assign_splits(candidates, seed=seed, grouping=grouping)
    clips = [replace(clip, split=splits.get(clip.key)) for clip in taken]
    manifest = Manifest(clips=clips, aggregation=AGGREGATION, seed=seed, grouping=grouping)
    content = write_manifest(manifest)
    return Draft(manifest=manifest, content=content, sha256=digest(content), left_out=left_out, clips=keys)


def read_clips(
    project: Project,
) -> tuple[dict[Key, UUID], dict[Key, Split], list[FrozenClip]]:
    """The project's clips ordered by their ids: primary keys, given splits, and facts without splits."""
    # Labels first, in one query: a clip that comes in meanwhile is then merely one without labels.
    labels, scores = read_labels(project)
    keys: dict[Key, UUID] = {}
    given: dict[Key, Split] = {}
    frozen = []
    for clip in Clip.objects.filter(project=project).select_related("source"):
        facts = FrozenClip(
            video_id=clip.source.video_id,
            clip_id=clip.clip_id,
            transcript=clip.transcript,
            media_sha256=clip.sha256,
            milliseconds=round(clip.seconds * 1000),
            speaker=clip.speaker,
            scenario=clip.scenario,
            supervised=clip.supervised,
            # What is unsupervised has no label that counts, even if somebody settled one.
            labels=labels[clip.pk] if clip.supervised else {},
            scores=scores[clip.pk] if clip.supervised else {},
        )
        keys[facts.key] = clip.pk
        if clip.given_split:
            given[facts.key] = Split(clip.given_split)
        frozen.append(facts)
    return keys, given, sorted(frozen, key=lambda facts: facts.key)


def read_labels(
    project: Project,
) -> tuple[dict[UUID, dict[Modality, int]], dict[UUID, dict[Modality, list[FrozenScore]]]]:
    """Labels in fifths, and the scores behind them, by clip and modality."""
    labels: dict[UUID, dict[Modality, int]] = defaultdict(dict)
    scores: dict[UUID, dict[Modality, list[FrozenScore]]] = defaultdict(dict)
    rows = Label.objects.filter(clip__project=project).values_list("clip_id", "modality", "fifths", "scores")
    for clip, modality, fifths, given in rows:
        labels[clip][Modality(modality)] = fifths
        if given:
            scores[clip][Modality(modality)] = [frozen_score(score) for score in given]
    return labels, scores


def frozen_score(facts: Mapping[str, Any]) -> FrozenScore:
    """An entry of `Label.scores`, its time in whole milliseconds."""
    seconds = facts.get("seconds")
    return FrozenScore(
        annotator=facts["annotator"],
        score=facts["score"],
        milliseconds=None if seconds is None else round(seconds * 1000),
        plays=facts.get("plays"),
        simulated=bool(facts.get("simulated", False)),
    )


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
