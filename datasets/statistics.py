"""Tables and figures of a version: the paper's Table 1, classes by modality, durations, leaks between splits."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from datasets.manifest import FrozenClip
from datasets.vocabulary import Modality, SentimentClass, Split, sentiment_class

UNSUPERVISED = "unsupervised"


def describe_clips(clips: Sequence[FrozenClip]) -> dict[str, Any]:
    """Everything that a version's page and card say about its clips, as JSON."""
    supervised = [clip for clip in clips if clip.supervised]
    return {
        "table1": table1(clips),
        "splits": {str(split): sum(clip.split == split for clip in supervised) for split in Split},
        "clips": len(clips),
        "supervised": len(supervised),
        "unsupervised": len(clips) - len(supervised),
        "classes": classes_by_modality(clips),
        "class_distance": class_distances(supervised),
        "leaks": leaks(supervised),
        "sources": len({clip.video_id for clip in clips}),
        "speakers": len({clip.speaker for clip in clips if clip.speaker}),
        "scenarios": dict(Counter(clip.scenario for clip in clips if clip.scenario).most_common()),
        "milliseconds": milliseconds(clips),
        "scores": sum(len(scores) for clip in clips for scores in clip.scores.values()),
        "simulated_scores": sum(
            score.simulated for clip in clips for scores in clip.scores.values() for score in scores
        ),
    }


def table1(clips: Sequence[FrozenClip]) -> list[dict[str, Any]]:
    """The paper's Table 1: a row per split (clips in total and of each class), all supervised ones, the unsupervised.

    Classes are those of the multimodal label; they are null for the unsupervised clips, which have none.
    """
    supervised = [clip for clip in clips if clip.supervised]
    rows = [row_of(str(split), [clip for clip in supervised if clip.split == split]) for split in Split]
    unsupervised = {"split": UNSUPERVISED, "total": len(clips) - len(supervised)}
    return [*rows, row_of("all", supervised), unsupervised | {str(name): None for name in SentimentClass}]


def row_of(split: str, clips: Sequence[FrozenClip]) -> dict[str, Any]:
    """One row of Table 1."""
    return {"split": split, "total": len(clips)} | count_classes(clips, Modality.MULTIMODAL)


def count_classes(clips: Iterable[FrozenClip], modality: Modality) -> dict[str, int]:
    """Clips of each class by their label in one modality; clips without that label are not counted."""
    found = Counter(sentiment_class(clip.labels[modality]) for clip in clips if modality in clip.labels)
    return {str(name): found[name] for name in SentimentClass}


def classes_by_modality(clips: Sequence[FrozenClip]) -> dict[str, dict[str, dict[str, int]]]:
    """Clips of each class for every modality and split."""
    return {
        str(modality): {
            str(split): count_classes((clip for clip in clips if clip.split == split), modality) for split in Split
        }
        for modality in Modality
    }


def class_distances(supervised: Sequence[FrozenClip]) -> dict[str, float | None]:
    """How far each split's class shares are from those of all clips: half the summed differences, 0 … 1.

    0 means the same shares; null for an empty split.
    """
    return {str(split): distance([clip for clip in supervised if clip.split == split], supervised) for split in Split}


def distance(part: Sequence[FrozenClip], whole: Sequence[FrozenClip]) -> float | None:
    """Total variation between the class shares of a part and of the whole."""
    here, everywhere = (count_classes(clips, Modality.MULTIMODAL) for clips in (part, whole))
    return variation(here, everywhere)


def distances_between(classes: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    """How far the class shares of every two splits lie apart, 0 … 1, from clips by split and class; null for an empty
    split.
    """
    return [
        {"splits": [one, other], "distance": variation(classes[one], classes[other])}
        for one, other in combinations(map(str, Split), 2)
    ]


def variation(here: Mapping[str, int], there: Mapping[str, int]) -> float | None:
    """Total variation between the class shares of two counts; null where one of them has no clip."""
    size, other = sum(here.values()), sum(there.values())
    if not size or not other:
        return None
    return round(sum(abs(here[name] / size - there[name] / other) for name in here) / 2, 4)


def leaks(supervised: Sequence[FrozenClip]) -> dict[str, list[dict[str, Any]]]:
    """Sources and speakers that are in more than one split; empty for every split made by source and speaker."""
    return {
        "sources": in_several_splits(supervised, lambda clip: clip.video_id),
        "speakers": in_several_splits(supervised, lambda clip: clip.speaker),
    }


def in_several_splits(clips: Iterable[FrozenClip], name_of: Callable[[FrozenClip], str]) -> list[dict[str, Any]]:
    """Names (blank ones aside) that occur in several splits, with those splits."""
    found: Mapping[str, set[str]] = defaultdict(set)
    for clip in clips:
        if clip.split and name_of(clip):
            found[name_of(clip)].add(str(clip.split))
    in_order = [str(split) for split in Split]
    return [
        {"name": name, "splits": sorted(splits, key=in_order.index)}
        for name, splits in sorted(found.items())
        if len(splits) > 1
    ]


def milliseconds(clips: Sequence[FrozenClip]) -> dict[str, int]:
    """How long the clips last: each split, the unsupervised, all of them, the shortest and the longest."""
    parts = {str(split): [clip for clip in clips if clip.split == split] for split in Split}
    parts |= {UNSUPERVISED: [clip for clip in clips if not clip.supervised], "all": list(clips)}
    lengths = [clip.milliseconds for clip in clips]
    sums = {name: sum(clip.milliseconds for clip in part) for name, part in parts.items()}
    return sums | {"shortest": min(lengths, default=0), "longest": max(lengths, default=0)}
