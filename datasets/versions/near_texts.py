"""Transcripts of different splits that say nearly the same: the Jaccard similarity of their pairs of characters."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from datasets.manifest import FrozenClip
from datasets.vocabulary import Split

NEAR = 0.8  # share of character pairs in common, of all that either has
SHORTEST = 4  # characters; shorter texts ("真的", "是啊") are alike without being copies
ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class NearPair:
    """Two clips of different splits that are nearly the same; likeness 0 … 1, 1 for the same."""

    first: str
    second: str
    splits: tuple[Split, Split]
    likeness: float


def plain(text: str) -> str:
    """A text without what makes no difference to its reader: width, case, punctuation, spaces.

    >>> plain("你好， World！")
    '你好world'
    """
    return "".join(character for character in unicodedata.normalize("NFKC", text).lower() if character.isalnum())


def near_texts(clips: Sequence[FrozenClip]) -> list[NearPair]:
    """Pairs of clips in different splits whose transcripts are near, the likest first."""
    long_enough = [clip for clip in clips if clip.split and len(plain(clip.transcript)) >= SHORTEST]
    if not long_enough:
        return []
    vectorizer = CountVectorizer(analyzer=lambda text: {a + b for a, b in pairwise(text)})
    pairs = vectorizer.fit_transform([plain(clip.transcript) for clip in long_enough])  # (clips, character pairs)
    found = [
        NearPair(here[row].name, there[column].name, (one, other), round(likeness, 3))
        for one, other in combinations(Split, 2)
        for here, there in [([c for c in long_enough if c.split is one], [c for c in long_enough if c.split is other])]
        for row, column, likeness in alike(rows_of(pairs, long_enough, one), rows_of(pairs, long_enough, other))
    ]
    return sorted(found, key=lambda pair: (-pair.likeness, pair.first, pair.second))


def rows_of(pairs: csr_matrix, clips: Sequence[FrozenClip], split: Split) -> csr_matrix:
    """The rows of one split's clips."""
    return pairs[[place for place, clip in enumerate(clips) if clip.split is split]]


def alike(here: csr_matrix, there: csr_matrix) -> Iterator[tuple[int, int, float]]:
    """Row of one, row of the other, and their Jaccard similarity, where it is NEAR or more."""
    sizes = np.asarray(there.sum(axis=1)).ravel()
    for start in range(0, here.shape[0], ROWS_AT_ONCE):
        block = here[start : start + ROWS_AT_ONCE]
        common = (block @ there.T).tocoo()
        either = np.asarray(block.sum(axis=1)).ravel()[common.row] + sizes[common.col] - common.data
        likeness = common.data / either
        for place in np.flatnonzero(likeness >= NEAR):
            yield start + int(common.row[place]), int(common.col[place]), float(likeness[place])
