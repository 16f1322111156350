"""What changed between two versions: clips, labels and the scores behind them, splits, texts, media, classes, rules."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from datasets.manifest import FrozenClip, FrozenScore, Manifest
from datasets.provenance import TEXTS, Provenance, SourceTerms
from datasets.vocabulary import Modality, Split


@dataclass(frozen=True)
class ScoreChange:
    """One annotator's score before and after; None where there is none."""

    annotator: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class LabelChange:
    """A clip's label in one modality before and after, in fifths (None: no label), and the scores that changed."""

    clip: str
    modality: Modality
    before: int | None
    after: int | None
    scores: Sequence[ScoreChange]

    @property
    def by(self) -> int:
        """How far the label moved, in fifths; 0 where it came or went, or only scores changed."""
        return 0 if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class SplitChange:
    """A clip that moved; None stands for no split (an unsupervised clip)."""

    clip: str
    before: Split | None
    after: Split | None


@dataclass(frozen=True)
class TextChange:
    """A transcript that was corrected."""

    clip: str
    before: str
    after: str


@dataclass(frozen=True)
class RuleChange:
    """A rule of the version (aggregation, seed or grouping) that is another one now."""

    rule: str
    before: str
    after: str


@dataclass(frozen=True)
class ProvenanceChange:
    """What is said of the material, and is another thing now; `video_id` where it is said of one source."""

    what: str
    before: str
    after: str
    video_id: str = ""


@dataclass(frozen=True)
class AnnotatorChange:
    """One annotator's part in a difference: in how many labels that moved a score changed, and how many in all."""

    annotator: str
    labels: int
    scores: int


@dataclass(frozen=True)
class Difference:
    """Everything that changed, each list in the order of the clips' ids."""

    added: Sequence[str]
    removed: Sequence[str]
    labels: Sequence[LabelChange]  # labels that moved, came or went
    rescored: Sequence[LabelChange]  # scores that changed and left the label where it was
    splits: Sequence[SplitChange]
    transcripts: Sequence[TextChange]
    media: Sequence[str]  # clips whose video file is another one
    rules: Sequence[RuleChange]
    provenance: Sequence[ProvenanceChange]

    @property
    def annotators(self) -> list[AnnotatorChange]:
        """Whose scores changed, by pseudonym, and how much of it moved labels."""
        moved = Counter(score.annotator for change in self.labels for score in change.scores)
        stayed = Counter(score.annotator for change in self.rescored for score in change.scores)
        return [AnnotatorChange(who, moved[who], moved[who] + stayed[who]) for who in sorted(moved | stayed)]

    @property
    def is_empty(self) -> bool:
        """Whether the two are the same in everything compared here."""
        return not any(vars(self).values())


def compare(before: Manifest, after: Manifest) -> Difference:
    """All changes from one version to another; clips are the same when their `video_id` and `clip_id` are."""
    was = {clip.key: clip for clip in before.clips}
    now = {clip.key: clip for clip in after.clips}
    both = [(was[key], now[key]) for key in sorted(was.keys() & now.keys())]
    labels = [change for old, new in both for change in label_changes(old, new)]
    return Difference(
        added=[now[key].name for key in sorted(now.keys() - was.keys())],
        removed=[was[key].name for key in sorted(was.keys() - now.keys())],
        labels=[change for change in labels if change.before != change.after],
        rescored=[change for change in labels if change.before == change.after],
        splits=[SplitChange(new.name, old.split, new.split) for old, new in both if old.split != new.split],
        transcripts=[
            TextChange(new.name, old.transcript, new.transcript)
            for old, new in both
            if old.transcript != new.transcript
        ],
        media=[new.name for old, new in both if old.media_sha256 != new.media_sha256],
        rules=list(rule_changes(before, after)),
        provenance=list(provenance_changes(before.provenance, after.provenance)),
    )


def label_changes(old: FrozenClip, new: FrozenClip) -> Iterator[LabelChange]:
    """A change for every modality in which the label or any annotator's score is another one."""
    if old.labels == new.labels and old.scores == new.scores:
        return
    for modality in Modality:
        before, after = old.labels.get(modality), new.labels.get(modality)
        scores = score_changes(old.scores.get(modality, ()), new.scores.get(modality, ()))
        if before != after or scores:
            yield LabelChange(new.name, modality, before, after, scores)


def score_changes(old: Sequence[FrozenScore], new: Sequence[FrozenScore]) -> list[ScoreChange]:
    """Annotators, by pseudonym, whose score changed, came or went."""
    was = {score.annotator: score.score for score in old}
    now = {score.annotator: score.score for score in new}
    return [
        ScoreChange(annotator, was.get(annotator), now.get(annotator))
        for annotator in sorted(was.keys() | now.keys())
        if was.get(annotator) != now.get(annotator)
    ]


def rule_changes(before: Manifest, after: Manifest) -> Iterator[RuleChange]:
    """Rules that are others now."""
    for rule in ("aggregation", "seed", "grouping"):
        old, new = str(getattr(before, rule)), str(getattr(after, rule))
        if old != new:
            yield RuleChange(rule, old, new)


def provenance_changes(before: Provenance, after: Provenance) -> Iterator[ProvenanceChange]:
    """What the publisher says otherwise now, of the whole and then source by source."""
    for what in TEXTS:
        old, new = getattr(before, what), getattr(after, what)
        if old != new:
            yield ProvenanceChange(what, old, new)
    for video_id in sorted(before.sources.keys() | after.sources.keys()):
        was, now = before.sources.get(video_id, SourceTerms()), after.sources.get(video_id, SourceTerms())
        for what in ("origin", "consent"):
            old, new = getattr(was, what), getattr(now, what)
            if old != new:
                yield ProvenanceChange(what, old, new, video_id)
