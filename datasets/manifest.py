"""The manifest of a version: every fact it froze, as canonical JSON whose SHA-256 names the version.

Whole numbers only (labels in fifths, times in milliseconds), keys sorted, no spaces, UTF-8, clips ordered by their ids,
texts exactly as they are. Nothing in it depends on where or when it was made: no database id, date or author.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from sys import intern
from typing import Any, NamedTuple

import orjson

from config.collector import paused_collector
from config.errors import DomainError
from datasets.provenance import Provenance, provenance_facts, read_provenance
from datasets.splitting import Grouping
from datasets.vocabulary import Modality, Split

FORMAT = "cueset manifest 1"


class BadManifest(DomainError):
    """A stored manifest is not what was published."""

    code = "bad_manifest"


class FrozenScore(NamedTuple):
    """What one annotator answered, known by pseudonym only. (A tuple, since a version holds a hundred thousand.)"""

    annotator: str
    score: int
    milliseconds: int | None = None  # time spent
    plays: int | None = None
    simulated: bool = False


@dataclass(frozen=True)
class FrozenClip:
    """A clip as a version froze it."""

    video_id: str
    clip_id: str
    transcript: str
    media_sha256: str
    milliseconds: int
    speaker: str = ""
    scenario: str = ""
    supervised: bool = True
    split: Split | None = None  # None for unsupervised clips
    labels: Mapping[Modality, int] = field(default_factory=dict)  # fifths; no entry where there is no label
    scores: Mapping[Modality, Sequence[FrozenScore]] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """Names the clip within its project, and orders it."""
        return self.video_id, self.clip_id

    @property
    def name(self) -> str:
        """The clip's id in feature files (FORMATS: `video_id$_$clip_id`)."""
        return f"{self.video_id}$_${self.clip_id}"


@dataclass(frozen=True)
class Manifest:
    """Everything a version froze."""

    clips: Sequence[FrozenClip]  # ordered by key
    aggregation: str  # name of the rule that made labels of scores
    seed: int  # of the split
    grouping: Grouping
    provenance: Provenance = field(default_factory=Provenance)

    @property
    def simulated(self) -> bool:
        """Whether any score in it was made by a program."""
        return any(score.simulated for clip in self.clips for scores in clip.scores.values() for score in scores)


def write_manifest(manifest: Manifest) -> bytes:
    """Canonical JSON: the same facts give the same bytes."""
    provenance = provenance_facts(manifest.provenance)
    content = {
        "format": FORMAT,
        **({"provenance": provenance} if provenance else {}),
        "aggregation": manifest.aggregation,
        "split": {"seed": manifest.seed, "grouping": str(manifest.grouping), "shares": [9, 2, 3]},
        # Clip by clip, so that the facts of all are never there at once.
        "clips": [
            orjson.Fragment(canonical(clip_facts(clip))) for clip in sorted(manifest.clips, key=attrgetter("key"))
        ],
    }
    return canonical(content)


def canonical(facts: dict[str, Any]) -> bytes:
    """JSON with sorted keys and without spaces, in UTF-8."""
    return orjson.dumps(facts, option=orjson.OPT_SORT_KEYS)


def clip_facts(clip: FrozenClip) -> dict[str, Any]:
    """One clip as plain JSON; scores ordered by pseudonym."""
    return {
        "video_id": clip.video_id,
        "clip_id": clip.clip_id,
        "transcript": clip.transcript,
        "media": clip.media_sha256,
        "milliseconds": clip.milliseconds,
        "speaker": clip.speaker,
        "scenario": clip.scenario,
        "supervised": clip.supervised,
        "split": clip.split and str(clip.split),
        "labels": {str(modality): fifths for modality, fifths in clip.labels.items()},
        "scores": {
            str(modality): [
                # Twice as fast as _asdict, and there may be a million.
                {"annotator": annotator, "score": score, "milliseconds": time, "plays": plays, "simulated": simulated}
                for annotator, score, time, plays, simulated in sorted(scores, key=itemgetter(0))
            ]
            for modality, scores in clip.scores.items()
            if scores
        },
    }


def digest(manifest: bytes) -> str:
    """The version's name: SHA-256 of its manifest, in hex."""
    return hashlib.sha256(manifest).hexdigest()


@paused_collector()
def read_manifest(content: bytes, *, sha256: str) -> Manifest:
    """The facts of a stored manifest; BadManifest when its bytes are not those that were published."""
    if digest(content) != sha256:
        raise BadManifest(f"The stored manifest is not the one published as {sha256[:12]}…; restore it from a backup.")
    facts = orjson.loads(content)
    return Manifest(
        clips=[frozen_clip(clip) for clip in facts["clips"]],
        aggregation=facts["aggregation"],
        seed=facts["split"]["seed"],
        grouping=Grouping(facts["split"]["grouping"]),
        provenance=read_provenance(facts.get("provenance", {})),
    )


def frozen_clip(facts: Mapping[str, Any]) -> FrozenClip:
    """One clip from plain JSON."""
    return FrozenClip(
        video_id=facts["video_id"],
        clip_id=facts["clip_id"],
        transcript=facts["transcript"],
        media_sha256=facts["media"],
        milliseconds=facts["milliseconds"],
        speaker=facts["speaker"],
        scenario=facts["scenario"],
        supervised=facts["supervised"],
        split=Split(facts["split"]) if facts["split"] else None,
        labels={Modality(modality): fifths for modality, fifths in facts["labels"].items()},
        scores={
            Modality(modality): [frozen_score(score) for score in scores]
            for modality, scores in facts["scores"].items()
        },
    )


def frozen_score(facts: Mapping[str, Any]) -> FrozenScore:
    """One score from plain JSON; all of an annotator's share one pseudonym."""
    return FrozenScore(
        intern(facts["annotator"]), facts["score"], facts["milliseconds"], facts["plays"], facts["simulated"]
    )
