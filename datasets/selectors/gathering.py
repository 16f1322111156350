"""A project's clips as they stand now, with their settled labels and the scores behind them, ready to be frozen."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import Any
from uuid import UUID

import orjson

from datasets.manifest import FrozenClip, FrozenScore
from datasets.models import Clip, Label, Project
from datasets.provenance import TEXTS, Provenance, SourceTerms
from datasets.rows import Cell, Keys, as_key, read_rows
from datasets.vocabulary import Modality, Split

Key = tuple[str, str]  # (video_id, clip_id)
MODALITIES = {str(modality): modality for modality in Modality}


@dataclass(frozen=True)
class Gathered:
    """A project's clips, ordered by their ids, without splits."""

    clips: Sequence[FrozenClip]
    keys: Mapping[Key, UUID]  # primary keys
    given: Mapping[Key, Split]  # splits that an import gave


@dataclass(frozen=True)
class SettledLabels:
    """Labels in fifths, the scores behind them, who settled them and by which rules, by clip."""

    fifths: Mapping[UUID, dict[Modality, int]]
    scores: Mapping[UUID, dict[Modality, list[FrozenScore]]]
    origins: Mapping[UUID, set[str]]
    rules: Mapping[UUID, set[str]] = field(default_factory=dict)  # names; blank for the paper's


def read_clips(project: Project) -> list[tuple[Cell, ...]]:
    """All clips of a project, by one query, for `gather_clips`."""
    rows = Clip.objects.filter(project=project).values_list(
        "pk", "source__video_id", "clip_id", "transcript", "sha256", "seconds", "speaker", "scenario", "supervised",
        "given_split",
    )  # fmt: skip
    return list(read_rows(rows))


def gather_clips(rows: Sequence[tuple[Cell, ...]], labels: SettledLabels) -> Gathered:
    """Rows of `read_clips` with these labels."""
    clips: list[FrozenClip] = []
    keys: dict[Key, UUID] = {}
    given: dict[Key, Split] = {}
    for cell, video_id, clip_id, transcript, sha256, seconds, speaker, scenario, supervised, split in rows:
        pk = as_key(cell)
        clips.append(
            FrozenClip(
                video_id=video_id,
                clip_id=clip_id,
                transcript=transcript,
                media_sha256=sha256,
                milliseconds=round(seconds * 1000),
                speaker=speaker,
                scenario=scenario,
                supervised=bool(supervised),
                # What is unsupervised has no label that counts, even if somebody settled one.
                labels=labels.fifths.get(pk, {}) if supervised else {},
                scores=labels.scores.get(pk, {}) if supervised else {},
            )
        )
        keys[video_id, clip_id] = pk
        if split:
            given[video_id, clip_id] = Split(split)
    return Gathered(sorted(clips, key=lambda clip: clip.key), keys, given)


def gather_provenance(project: Project) -> Provenance:
    """What the project's admins say of it and of its sources, as it stands in the database."""
    texts = Project.objects.values(*TEXTS).get(pk=project.pk)
    known = project.sources.exclude(origin="", consent="").values_list("video_id", "origin", "consent")
    return Provenance(
        **texts,
        sources={video_id: SourceTerms(origin, consent) for video_id, origin, consent in known},
    )


def read_labels(project: Project) -> list[tuple[Cell, ...]]:
    """Everything that is settled in a project, by one query; worked out by `settle` when it is no longer read."""
    columns = ("clip_id", "modality", "fifths", "scores", "origin", "rule")
    return list(read_rows(Label.objects.filter(clip__project=project).values_list(*columns)))


def settle(rows: list[tuple[Cell, ...]]) -> SettledLabels:
    """Rows of `read_labels` by clip; takes them off the list, so that both are not there at once."""
    fifths: dict[UUID, dict[Modality, int]] = defaultdict(dict)
    scores: dict[UUID, dict[Modality, list[FrozenScore]]] = defaultdict(dict)
    origins: dict[UUID, set[str]] = defaultdict(set)
    rules: dict[UUID, set[str]] = defaultdict(set)
    keys = Keys()
    while rows:
        cell, name, value, given, origin, rule = rows.pop()
        clip, modality = keys[cell], MODALITIES[name]
        fifths[clip][modality] = value
        origins[clip].add(origin)
        rules[clip].add(rule)
        if facts := orjson.loads(given):
            scores[clip][modality] = [frozen_score(score) for score in facts]
    return SettledLabels(fifths, scores, origins, rules)


def frozen_score(facts: Mapping[str, Any]) -> FrozenScore:
    """An entry of `Label.scores`, its time in whole milliseconds."""
    seconds = facts.get("seconds")
    return FrozenScore(
        intern(facts["annotator"]),  # one text for all scores of an annotator
        facts["score"],
        None if seconds is None else round(seconds * 1000),
        facts.get("plays"),
        bool(facts.get("simulated", False)),
    )


def clips_by_origin(origins: Mapping[UUID, set[str]], clips: Sequence[UUID]) -> dict[str, list[UUID]]:
    """Those of the clips that have labels of each origin; the origin of most clips first."""
    found: dict[str, list[UUID]] = defaultdict(list)
    for clip in clips:
        for origin in sorted(origins.get(clip, ())):
            found[origin].append(clip)
    return dict(sorted(found.items(), key=lambda each: -len(each[1])))
