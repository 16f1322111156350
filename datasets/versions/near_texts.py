"""Transcripts of different splits that say nearly the same: the Jaccard similarity of their pairs of characters."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from datasets.manifest import FrozenClip
from datasets.versions.near_bits import Numbers, Words, near_bits
from datasets.versions.near_pairs import Groups, Likenesses, Near, likest

NEAR = 0.8  # share of character pairs in common, of all that either has
SHORTEST = 4  # characters; shorter texts ("真的", "是啊") are alike without being copies
ROWS_AT_ONCE = 5000
MARKS = 256


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
    """Pairs of texts that are near, each and itself among them."""
    yield groups.itself()
    if not groups.sames:
        return
    vectorizer = CountVectorizer(analyzer=lambda text: {a + b for a, b in pairwise(text)})
    pairs = vectorizer.fit_transform(groups.sames).astype(np.int32)  # (texts, character pairs)
    sizes = np.diff(pairs.indptr)
    for one, other, _ in near_bits(sizes, marked(pairs), share=NEAR, most_apart=most_apart):
        common = np.asarray(pairs[one].multiply(pairs[other]).sum(axis=1)).ravel()
        likeness = common / (sizes[one] + sizes[other] - common)
        near = likeness >= NEAR
        yield one[near], other[near], likeness[near]


def most_apart(one: Numbers, other: Numbers) -> npt.NDArray[np.floating[Any]]:
    """How many pairs of characters near texts of these sizes may not share.

    They are NEAR where c / (a + b - c) is, with c in common of a and b; a + b - 2c are not.
    """
    return (one + other) * ((1 - NEAR) / (1 + NEAR)) + 1e-9


def marked(pairs: csr_matrix) -> Words:
    """Each text in few bits, of which each pair of characters turns one: where pairs are shared, so are bits."""
    columns = np.arange(pairs.shape[1])
    mark_of = csr_matrix((np.ones(len(columns), np.int32), (columns, columns % MARKS)), shape=(len(columns), MARKS))
    blocks = [pairs[start : start + ROWS_AT_ONCE] @ mark_of for start in range(0, pairs.shape[0], ROWS_AT_ONCE)]
    return np.concatenate([np.packbits(block.toarray() % 2 == 1, axis=1).view(np.uint64) for block in blocks])
