"""Clips to splits near 9 : 2 : 3, no source or speaker in two of them, the classes alike in all (by seed)."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from config.errors import DomainError
from datasets.vocabulary import SentimentClass, Split

Counts = npt.NDArray[np.int64]

SPLIT_ORDER = list(Split)
CLASS_ORDER = list(SentimentClass)
SHARES = np.array([9, 2, 3])  # train : valid : test
# A clip too many weighs as much more in a split as the split is smaller: 18 is the least common multiple of the shares.
WEIGHTS = 18 // SHARES
EMPTY_SPLIT = 10**12  # worse than any imbalance

# More starts and steps did not improve 12 to 300 groups; of many small groups one start is already near perfect.
STARTS = 24
STARTS_IMPROVED = 3
STEPS = 60
SWAPS_TRIED = 4000
MANY_GROUPS = 500


class CannotSplit(DomainError):
    """The clips do not permit three splits without a leak."""

    code = "cannot_split"


class Grouping(StrEnum):
    """What must not be in two splits."""

    SPEAKER = "speaker"  # neither a speaker, where known, nor a source
    SOURCE = "source"
    CLIP = "clip"  # nothing is kept together: splits leak, and the statistics say so
    STRICTEST = "strictest"  # the first of these that leaves no split empty; see `settle_grouping`


@dataclass(frozen=True)
class Candidate:
    """What splitting needs to know of a supervised clip."""

    video_id: str
    clip_id: str
    speaker: str  # blank where unknown
    sentiment: SentimentClass  # by the multimodal label
    given: Split | None = None  # an imported split is kept as it is
    before: Split | None = None  # where the version before had it: kept as far as groups permit

    @property
    def key(self) -> tuple[str, str]:
        """Names the clip within its project."""
        return self.video_id, self.clip_id


@dataclass(frozen=True)
class Problem:
    """Groups that are free to go to any split, beside what the given splits already hold."""

    groups: Counts  # (groups, 6): clips of each class, and all of them
    fixed: Counts  # (3, 6): the same, of the clips whose split is given

    @property
    def total(self) -> Counts:
        """Clips of each class, and all of them (6,)."""
        total: Counts = self.groups.sum(0) + self.fixed.sum(0)
        return total

    def cost(self, counts: Counts) -> Counts:
        """How far splits (…, 3, 6) are from their shares of every class and of the whole; whole numbers, so exact."""
        away = np.abs(SHARES.sum() * counts - SHARES[:, None] * self.total)  # (…, 3, 6)
        empty = (counts[..., -1] == 0).sum(-1)
        cost: Counts = (away * WEIGHTS[:, None]).sum((-2, -1)) + EMPTY_SPLIT * empty
        return cost

    def counts(self, places: Counts) -> Counts:
        """Splits (3, 6) when group g goes to split places[g]."""
        counts = self.fixed.copy()
        np.add.at(counts, places, self.groups)
        return counts


def settle_grouping(clips: Sequence[Candidate], grouping: Grouping) -> Grouping:
    """The grouping itself, or for STRICTEST the first of speaker, source and clip that can fill three splits.

    A handful of clips of one video can be split by clip only; whoever publishes is told that such splits leak.
    """
    if grouping is not Grouping.STRICTEST:
        return grouping
    for strict in (Grouping.SPEAKER, Grouping.SOURCE):
        division = divide(clips, strict)
        if len(division.free) >= division.empty:
            return strict
    return Grouping.CLIP


@dataclass(frozen=True)
class Division:
    """Clips whose split is given, by their own or their group's, and the groups that are free to go anywhere."""

    splits: dict[tuple[str, str], Split]
    free: list[list[Candidate]]
    fixed: Counts  # (3, 6), as in Problem

    @property
    def empty(self) -> int:
        """How many splits the free groups must fill."""
        return int((self.fixed[:, -1] == 0).sum()) if self.free else 0


def divide(clips: Sequence[Candidate], grouping: Grouping) -> Division:
    """Tell what is given from what is free.

    Other clips of a group follow its first given one, else all go where most of them were in the version before.
    """
    splits: dict[tuple[str, str], Split] = {}
    free = []
    for group in group_clips(sorted(clips, key=lambda clip: clip.key), grouping):
        given = next((clip.given for clip in group if clip.given), None) or split_before(group)
        if given:
            splits |= {clip.key: clip.given or given for clip in group}
        else:
            free.append(group)
    fixed = np.zeros((len(SPLIT_ORDER), len(CLASS_ORDER) + 1), np.int64)
    for clip in clips:
        if clip.key in splits:
            fixed[SPLIT_ORDER.index(splits[clip.key])] += count_classes([clip])
    return Division(splits, free, fixed)


def split_before(group: Sequence[Candidate]) -> Split | None:
    """Where most clips of a group were in the version before; the first split of several; None for a new group."""
    places = [clip.before for clip in group if clip.before]
    return max(Split, key=places.count) if places else None


def assign_splits(
    clips: Sequence[Candidate], *, seed: int, grouping: Grouping = Grouping.SPEAKER
) -> dict[tuple[str, str], Split]:
    """A split for every clip by its (video_id, clip_id); the order of `clips` does not matter.

    Given splits are kept; the other clips of a group follow its first given one. Raises CannotSplit when there are
    fewer groups than splits to fill.
    """
    grouping = settle_grouping(clips, grouping)
    division = divide(clips, grouping)
    splits, free = dict(division.splits), division.free
    if free:
        check_enough_groups(free, empty=division.empty, grouping=grouping)
        problem = Problem(groups=np.array([count_classes(group) for group in free]), fixed=division.fixed)
        for group, place in zip(free, best_places(problem, random.Random(seed)), strict=True):  # noqa: S311
            splits |= {clip.key: SPLIT_ORDER[place] for clip in group}
    return splits


def check_enough_groups(free: Sequence[Sequence[Candidate]], *, empty: int, grouping: Grouping) -> None:
    """Raise CannotSplit, naming what to do, when some split would stay empty."""
    if len(free) >= empty:
        return
    if grouping is Grouping.CLIP:
        raise CannotSplit(f"Cannot split: {empty} splits need a clip each, but there are only {len(free)}; label more.")
    sources = len({clip.video_id for group in free for clip in group})
    remedy = Grouping.SOURCE if sources > len(free) else Grouping.CLIP
    linked = f", which their speakers link into {len(free)}" if sources > len(free) else ""
    raise CannotSplit(
        f"Cannot split: all clips come from {sources} source{'s' if sources > 1 else ''}{linked}, and none may be in "
        f"two splits; give at least {empty} unrelated sources, import a split for every clip, or split by "
        f"{remedy} (--split-by {remedy}) and accept the leak.",
        groups=len(free),
        needed=empty,
    )


def group_clips(clips: Sequence[Candidate], grouping: Grouping) -> list[list[Candidate]]:
    """Clips that share a source or a speaker, however indirectly, in one group (union-find)."""
    parents: dict[tuple[str, ...], tuple[str, ...]] = {}

    def root(node: tuple[str, ...]) -> tuple[str, ...]:
        parents.setdefault(node, node)
        while parents[node] != node:
            parents[node] = node = parents[parents[node]]
        return node

    for clip in clips:
        first, *others = ties(clip, grouping)
        for other in others:
            parents[root(other)] = root(first)
    groups = defaultdict(list)
    for clip in clips:
        groups[root(ties(clip, grouping)[0])].append(clip)
    return list(groups.values())


def ties(clip: Candidate, grouping: Grouping) -> list[tuple[str, ...]]:
    """What binds a clip to others that have the same."""
    if grouping is Grouping.CLIP:
        return [("clip", *clip.key)]
    speaker = [("speaker", clip.speaker)] if grouping is Grouping.SPEAKER and clip.speaker else []
    return [("source", clip.video_id), *speaker]


def count_classes(clips: Sequence[Candidate]) -> Counts:
    """Clips of each class, and all of them (6,)."""
    counts = np.zeros(len(CLASS_ORDER) + 1, np.int64)
    for clip in clips:
        counts[CLASS_ORDER.index(clip.sentiment)] += 1
    counts[-1] = len(clips)
    return counts


def best_places(problem: Problem, chance: random.Random) -> Counts:
    """The best split (groups,) found from several dealt starts, the best few of them improved step by step."""
    many = len(problem.groups) > MANY_GROUPS
    starts = [deal(problem, chance) for _ in range(1 if many else STARTS)]
    starts.sort(key=lambda places: int(problem.cost(problem.counts(places))))
    improved = [improve(problem, places, chance) for places in starts[:STARTS_IMPROVED]]
    return min(improved, key=lambda places: int(problem.cost(problem.counts(places))))


def deal(problem: Problem, chance: random.Random) -> Counts:
    """Give the groups out, larger ones first, each to the split where it mends most."""
    order = list(range(len(problem.groups)))
    chance.shuffle(order)
    order.sort(key=lambda group: -int(problem.groups[group, -1]))
    counts = problem.fixed.copy()
    places = np.zeros(len(order), np.int64)
    each = np.eye(len(SPLIT_ORDER), dtype=np.int64)[:, :, None]  # (3, 3, 1)
    for group in order:
        places[group] = np.argmin(problem.cost(counts + each * problem.groups[group]))
        counts[places[group]] += problem.groups[group]
    return places


def improve(problem: Problem, places: Counts, chance: random.Random) -> Counts:
    """Move the one group, or swap the one pair of groups, that helps most, until nothing helps."""
    places = places.copy()
    for _ in range(STEPS):
        counts = problem.counts(places)
        first, to_first, second, to_second = changes(places, chance)
        costs = problem.cost(
            counts + moved(problem, places, first, to_first) + moved(problem, places, second, to_second)
        )
        best = int(np.argmin(costs))
        if costs[best] >= problem.cost(counts):
            break
        places[second[best]] = to_second[best]
        places[first[best]] = to_first[best]
    return places


def changes(places: Counts, chance: random.Random) -> tuple[Counts, Counts, Counts, Counts]:
    """Every move of one group and many swaps of two: (first, to, second, to), each (changes,)."""
    groups, splits = len(places), len(SPLIT_ORDER)
    one, to = np.repeat(np.arange(groups), splits), np.tile(np.arange(splits), groups)
    if groups**2 <= SWAPS_TRIED:
        left, right = np.triu_indices(groups, 1)
    else:
        left = np.array(chance.choices(range(groups), k=SWAPS_TRIED))
        right = np.array(chance.choices(range(groups), k=SWAPS_TRIED))
        left, right = left[left != right], right[left != right]
    # A lone move is a swap whose second half moves a group to where it already is.
    still = (one + 1) % groups
    return (
        np.concatenate([one, left]),
        np.concatenate([to, places[right]]),
        np.concatenate([still, right]),
        np.concatenate([places[still], places[left]]),
    )


def moved(problem: Problem, places: Counts, groups: Counts, to: Counts) -> Counts:
    """What moving each group (m,) to a split (m,) changes in the counts (m, 3, 6)."""
    each = np.eye(len(SPLIT_ORDER), dtype=np.int64)
    return (each[to] - each[places[groups]])[:, :, None] * problem.groups[groups][:, None, :]
