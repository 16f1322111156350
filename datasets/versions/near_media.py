"""Videos of different splits that look nearly the same: the distance between their perceptual fingerprints."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from datasets.manifest import FrozenClip
from datasets.versions.near_pairs import Groups, Likenesses, Near, likest

WORDS = 3  # frames, of 64 bits each (datasets.media.fingerprint)
BITS = 64 * WORDS
# Copies in another size, quality or brightness differ in fewer bits, other pictures in about half of them.
MOST_BITS_APART = 18
MOST_LENGTH_APART = 0.1  # of the longer one
ROWS_AT_ONCE = 500


def near_media(clips: Sequence[FrozenClip], fingerprints: Mapping[str, str], *, most: int) -> Near:
    """Pairs of clips in different splits that look and last nearly the same: how many, and the likest `most`.

    `fingerprints` has hex digits by clip name; clips without any are not compared.
    """
    known = [clip for clip in clips if fingerprints.get(clip.name)]
    groups = Groups(known, [(clip.milliseconds, fingerprints[clip.name]) for clip in known])
    return likest(groups, alike(groups), most=most)


def alike(groups: Groups[tuple[int, str]]) -> Iterator[Likenesses]:
    """Pairs of videos that are near, each and itself among them; only those of like length are looked at."""
    yield groups.itself()
    number = np.array(sorted(range(len(groups.sames)), key=lambda each: groups.sames[each]), np.int64)
    length = np.array([groups.sames[each][0] for each in number], np.float64)
    digits = "".join(groups.sames[each][1] for each in number)
    words = np.frombuffer(bytes.fromhex(digits), np.uint64).reshape(-1, WORDS)
    for start in range(0, len(number), ROWS_AT_ONCE):
        block = slice(start, start + ROWS_AT_ONCE)
        stop = int(np.searchsorted(length, longest_like(length[block][-1]), side="right"))
        apart = sum(np.bitwise_count(words[block, None, word] ^ words[None, start:stop, word]) for word in range(WORDS))
        row, column = np.nonzero(apart <= MOST_BITS_APART)
        one, other = start + row, start + column
        like = (one < other) & (length[other] <= longest_like(length[one]))
        one, other, apart = one[like], other[like], apart[row[like], column[like]]
        yield number[one], number[other], 1 - apart / BITS


def longest_like(length: Any) -> Any:
    """The length, or lengths, up to which another video is about as long as a shorter one."""
    return length / (1 - MOST_LENGTH_APART)
