"""Videos of different splits that look nearly the same: the distance between their perceptual fingerprints."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from datasets.manifest import FrozenClip
from datasets.versions.near_bits import near_bits
from datasets.versions.near_pairs import Groups, Likenesses, Near, likest

BITS = 192  # three frames of 64 bits (datasets.media.fingerprint)
# Copies in another size, quality or brightness differ in fewer bits, other pictures in about half of them.
MOST_BITS_APART = 18
LIKE_LENGTH = 0.9  # what the shorter one lasts of the longer one, at least


def near_media(clips: Sequence[FrozenClip], fingerprints: Mapping[str, str], *, most: int) -> Near:
    """Pairs of clips in different splits that look and last nearly the same: how many, and the likest `most`.

    `fingerprints` has hex digits by clip name; clips without any are not compared.
    """
    known = [clip for clip in clips if fingerprints.get(clip.name)]
    groups = Groups(known, [(clip.milliseconds, fingerprints[clip.name]) for clip in known])
    return likest(groups, alike(groups), most=most)


def alike(groups: Groups[tuple[int, str]]) -> Iterator[Likenesses]:
    """Pairs of videos that are near, each and itself among them."""
    yield groups.itself()
    lengths = np.array([length for length, _ in groups.sames], np.int64)
    digits = "".join(digits for _, digits in groups.sames)
    words = np.frombuffer(bytes.fromhex(digits), np.uint64).reshape(-1, BITS // 64)
    for one, other, apart in near_bits(lengths, words, share=LIKE_LENGTH, most_apart=lambda *_: MOST_BITS_APART):
        yield one, other, 1 - apart / BITS
