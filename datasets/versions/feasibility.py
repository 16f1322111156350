"""Whether clips can be split without a leak, by what is kept together, and what stands in the way."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from datasets.splitting import SHARES, Candidate, Grouping, group_clips
from datasets.vocabulary import SentimentClass, Split

GROUPINGS = (Grouping.SPEAKER, Grouping.SOURCE, Grouping.CLIP)


def judge_feasibility(clips: Sequence[Candidate]) -> dict[str, Any]:
    """For each grouping: how many groups there are, how large the largest is, whether three splits can be filled.

    `scarce` names classes with fewer clips than splits, which some split must lack.
    """
    return {
        "groupings": [judge_grouping(clips, grouping) for grouping in GROUPINGS],
        "scarce": [{"name": name, "clips": count} for name, count in scarce_classes(clips)],
    }


def judge_grouping(clips: Sequence[Candidate], grouping: Grouping) -> dict[str, Any]:
    """One grouping: feasible when every split gets a group; near 9 : 2 : 3 only when none is larger than training."""
    sizes = [len(group) for group in group_clips(clips, grouping)]
    largest = max(sizes, default=0)
    share = largest / len(clips) if clips else 0.0
    return {
        "split_by": str(grouping),
        "groups": len(sizes),
        "largest": largest,
        "feasible": len(sizes) >= len(Split),
        "near_shares": len(sizes) >= len(Split) and share <= float(SHARES[0] / SHARES.sum()),
    }


def scarce_classes(clips: Sequence[Candidate]) -> list[tuple[str, int]]:
    """Classes that have clips, but fewer than there are splits."""
    counts = Counter(clip.sentiment for clip in clips)
    return [(str(name), counts[name]) for name in SentimentClass if 0 < counts[name] < len(Split)]
