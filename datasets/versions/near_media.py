"""Videos of different splits that look nearly the same: the distance between their perceptual fingerprints."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from datasets.manifest import FrozenClip
from datasets.versions.near_texts import NearPair
from datasets.vocabulary import Split

BITS = 192  # three frames of 64 bits (datasets.media.fingerprint)
# Copies in another size, quality or brightness differ in fewer bits, other pictures in about half of them.
MOST_BITS_APART = 18
MOST_LENGTH_APART = 0.1  # of the longer one
ROWS_AT_ONCE = 500

Bits = npt.NDArray[np.uint8]


def near_media(clips: Sequence[FrozenClip], fingerprints: Mapping[str, str]) -> list[NearPair]:
    """Pairs of clips in different splits that look and last nearly the same, the likest first.

    `fingerprints` has hex digits by clip name; clips without any are not compared.
    """
    known = [clip for clip in clips if clip.split and fingerprints.get(clip.name)]
    found = []
    for one, other in combinations(Split, 2):
        here, there = ([clip for clip in known if clip.split is split] for split in (one, other))
        for row, column, apart in near_rows(bits_of(here, fingerprints), bits_of(there, fingerprints)):
            if last_alike(here[row], there[column]):
                likeness = round(1 - apart / BITS, 3)
                found.append(NearPair(here[row].name, there[column].name, (one, other), likeness))
    return sorted(found, key=lambda pair: (-pair.likeness, pair.first, pair.second))


def bits_of(clips: Sequence[FrozenClip], fingerprints: Mapping[str, str]) -> Bits:
    """Fingerprints as bytes (clips, 24)."""
    rows = [np.frombuffer(bytes.fromhex(fingerprints[clip.name]), np.uint8) for clip in clips]
    return np.stack(rows) if rows else np.zeros((0, BITS // 8), np.uint8)


def near_rows(here: Bits, there: Bits) -> list[tuple[int, int, int]]:
    """Row of one, row of the other, and how many bits differ, where they are few."""
    found = []
    for start in range(0, len(here), ROWS_AT_ONCE):
        block = here[start : start + ROWS_AT_ONCE]
        apart = np.bitwise_count(block[:, None] ^ there[None]).sum(-1, dtype=np.int64)  # (block, there)
        for row, column in np.argwhere(apart <= MOST_BITS_APART):
            found.append((start + int(row), int(column), int(apart[row, column])))
    return found


def last_alike(one: FrozenClip, other: FrozenClip) -> bool:
    """Whether two clips are about as long."""
    longer = max(one.milliseconds, other.milliseconds)
    return abs(one.milliseconds - other.milliseconds) <= MOST_LENGTH_APART * longer
