"""Transcripts of different splits that say nearly the same: the Jaccard similarity of their pairs of characters."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix, triu
from sklearn.feature_extraction.text import CountVectorizer

from datasets.manifest import FrozenClip
from datasets.versions.near_pairs import Groups, Likenesses, Near, likest

NEAR = 0.8  # share of character pairs in common, of all that either has
SHORTEST = 4  # characters; shorter texts ("真的", "是啊") are alike without being copies
ROWS_AT_ONCE = 500
CANDIDATES_AT_ONCE = 100_000


def plain(text: str) -> str:
    """A text without what makes no difference to its reader: width, case, punctuation, spaces.

    >>> plain("你好， World！")
    '你好world'
    """
    return "".join(character for character in unicodedata.normalize("NFKC", text).lower() if character.isalnum())


def near_texts(clips: Sequence[FrozenClip], *, most: int) -> Near:
    """Pairs of clips in different splits whose transcripts are near: how many, and the likest `most`."""
    texts = [plain(clip.transcript) for clip in clips]
    long_enough = [(clip, text) for clip, text in zip(clips, texts, strict=True) if len(text) >= SHORTEST]
    groups = Groups([clip for clip, _ in long_enough], [text for _, text in long_enough])
    return likest(groups, alike(groups), most=most)


def alike(groups: Groups[str]) -> Iterator[Likenesses]:
    """Pairs of texts that are near, each text and itself among them."""
    yield groups.itself()
    if len(groups.sames) < 2:
        return
    vectorizer = CountVectorizer(analyzer=lambda text: {a + b for a, b in pairwise(text)})
    pairs = vectorizer.fit_transform(groups.sames).astype(np.int32)  # (texts, character pairs)
    sizes = np.diff(pairs.indptr)
    for one, other in candidates(pairs):
        common = np.asarray(pairs[one].multiply(pairs[other]).sum(axis=1)).ravel()
        likeness = common / (sizes[one] + sizes[other] - common)
        near = likeness >= NEAR
        yield one[near], other[near], likeness[near]


def candidates(pairs: csr_matrix) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows of one and of the other text, of all that may be near: near ones have one of their rarest pairs in common.

    Of n pairs a near text has at least NEAR · n in common with another, so at most n - NEAR · n are not in it; of one
    more than these, one is in it, and of whichever order both are in, the first that they share is among these of both.
    """
    rarest = rarest_pairs(pairs)
    columns = rarest.T.tocsr()
    sizes = np.diff(pairs.indptr)
    for start in range(0, rarest.shape[0], ROWS_AT_ONCE):
        met = triu(rarest[start : start + ROWS_AT_ONCE] @ columns, k=start + 1).tocoo()
        one, other = met.row.astype(np.int64) + start, met.col.astype(np.int64)
        # What is much longer is not near.
        fit = np.minimum(sizes[one], sizes[other]) >= NEAR * np.maximum(sizes[one], sizes[other])
        one, other = one[fit], other[fit]
        for first in range(0, len(one), CANDIDATES_AT_ONCE):
            yield one[first : first + CANDIDATES_AT_ONCE], other[first : first + CANDIDATES_AT_ONCE]


def rarest_pairs(pairs: csr_matrix) -> csr_matrix:
    """Of each row the rarest entries, one more than a near text may lack."""
    sizes = np.diff(pairs.indptr)
    rows = np.repeat(np.arange(len(sizes)), sizes)
    frequency = np.bincount(pairs.indices, minlength=pairs.shape[1])
    order = np.lexsort((pairs.indices, frequency[pairs.indices], rows))
    place = np.arange(len(rows)) - pairs.indptr[rows]  # within its row
    kept = place < (sizes - np.ceil(NEAR * sizes - 1e-9) + 1)[rows]
    shape = (np.ones(kept.sum(), np.int32), (rows[kept], pairs.indices[order][kept]))
    return csr_matrix(shape, shape=pairs.shape)
