"""Clips of different splits that are nearly the same: how many pairs there are, and the likest of them.

Clips that are the same to a comparison (the same words, the same picture) are one group, so that what is said a
thousand times is compared once, and a million pairs are counted without being made.
"""

import heapq
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from datasets.manifest import FrozenClip
from datasets.versions.near_bits import Numbers
from datasets.vocabulary import Split

Same = TypeVar("Same", bound=Hashable)  # what clips of a group have in common
# Number of one group, of the other, and how like they are, 0 … 1, 1 for the same: arrays of one length.
Likenesses = tuple[Numbers, Numbers, npt.NDArray[np.float64]]

ABSENT = np.iinfo(np.int32).max  # as the place of a clip: behind every other
LAST = np.iinfo(np.int64).max


@dataclass(frozen=True)
class NearPair:
    """Two clips of different splits that are nearly the same."""

    first: str
    second: str
    splits: tuple[Split, Split]
    likeness: float


@dataclass(frozen=True)
class Near:
    """How many pairs were found, and the likest, in order."""

    found: int
    pairs: Sequence[NearPair]


class Groups(Generic[Same]):
    """Clips that have a split, by what is the same in them."""

    def __init__(self, clips: Sequence[FrozenClip], sames: Sequence[Same]) -> None:
        named = sorted((clip.name, clip.split, same) for clip, same in zip(clips, sames, strict=True) if clip.split)
        numbers: dict[Same, int] = {}
        places: list[dict[Split, list[int]]] = []  # in the order of names
        self.names = [name for name, _, _ in named]
        for place, (_, split, same) in enumerate(named):
            number = numbers.setdefault(same, len(numbers))
            if number == len(places):
                places.append({each: [] for each in Split})
            places[number][split].append(place)
        self.sames = list(numbers)
        self.places = places
        shape = (len(places), len(Split))
        self.sizes = np.array([[len(of[split]) for split in Split] for of in places], np.int64).reshape(shape)
        first = [[of[split][0] if of[split] else ABSENT for split in Split] for of in places]
        self.first = np.array(first, np.int64).reshape(shape)

    def itself(self) -> Likenesses:
        """Each group as like as can be to itself."""
        every = np.arange(len(self.places))
        return every, every, np.ones(len(every))

    def counted(self, one: Numbers, other: Numbers) -> Numbers:
        """How many pairs of clips across splits each pair of groups has."""
        here, there = self.sizes[one], self.sizes[other]
        within = (here * there).sum(1)
        across: Numbers = here.sum(1) * there.sum(1) - within
        return across // np.where(one == other, 2, 1)

    def leading(self, one: Numbers, other: Numbers) -> Numbers:
        """The place in the order of names of each pair of groups' first pair of clips, as one number."""
        ways = [
            np.where(np.maximum(first, second) == ABSENT, LAST, first * ABSENT + second)
            for here, there in combinations(range(len(Split)), 2)
            for first, second in [
                (self.first[one, here], self.first[other, there]),
                (self.first[other, here], self.first[one, there]),
            ]
        ]
        lowest: Numbers = np.min(ways, axis=0)
        return lowest

    def pairs(self, one: int, other: int, likeness: float) -> Iterator[Iterator[NearPair]]:
        """All pairs of clips that two groups have across splits; each of the iterators in the order of names."""
        for splits in combinations(Split, 2):
            for here, there in {(one, other), (other, one)}:
                yield self.pairs_between(here, there, splits, likeness)

    def pairs_between(self, here: int, there: int, splits: tuple[Split, Split], likeness: float) -> Iterator[NearPair]:
        """One of a group in the one split, one of another group in the other."""
        for first, second in product(self.places[here][splits[0]], self.places[there][splits[1]]):
            yield NearPair(self.names[first], self.names[second], splits, likeness)


def likest(groups: Groups[Same], compared: Iterable[Likenesses], *, most: int) -> Near:
    """Count the pairs of clips that pairs of groups have, each given once, and make the likest of them."""
    found = 0
    kept: Likenesses = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    for one, other, likeness in compared:
        counts = groups.counted(one, other)
        found += int(counts.sum())
        apart = counts > 0
        added = (one[apart], other[apart], likeness[apart].round(3))
        one, other, likeness = (np.concatenate(both) for both in zip(kept, added, strict=True))
        # A pair of groups behind so many others has no pair of clips among the likest.
        best = np.lexsort((groups.leading(one, other), -likeness))[:most]
        kept = one[best], other[best], likeness[best]
    ways = [
        way
        for one, other, likeness in zip(*(column.tolist() for column in kept), strict=True)
        for way in groups.pairs(one, other, likeness)
    ]
    merged = heapq.merge(*ways, key=lambda pair: (-pair.likeness, pair.first, pair.second))
    return Near(found, list(islice(merged, most)))
