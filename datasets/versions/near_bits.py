"""Rows of bits that differ in few of them, among those of like length."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.integer[Any]]
Words = npt.NDArray[np.uint64]

ROWS_AT_ONCE = 128
FOUND_AT_ONCE = 100_000


def near_bits(
    lengths: npt.NDArray[Any], words: Words, *, share: float, most_apart: Callable[[Numbers, Numbers], Any]
) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Pairs of rows, and in how many bits they differ, a portion at a time; each pair once.

    `words` has a row's bits. Of two rows the shorter has at least this share of the other's length; of how many bits
    they may differ `most_apart` says, told their lengths.
    """
    order = np.argsort(lengths, kind="stable")
    lengths, columns = lengths[order], np.ascontiguousarray(words[order].T)
    for start in range(0, len(order), ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        longest = lengths[rows] / share + 1e-9
        stop = int(np.searchsorted(lengths, longest[-1], side="right"))
        apart = np.zeros((len(longest), stop - start), np.uint16)
        for column in columns:
            apart += np.bitwise_count(column[rows, None] ^ column[None, start:stop])
        # More than is allowed to the longest of them is allowed to none.
        allowed = most_apart(lengths[rows], np.minimum(longest, lengths[stop - 1]))
        one, other = np.nonzero(apart <= np.asarray(allowed).reshape(-1, 1))
        apart = apart[one, other].astype(np.int64)
        one, other = one + start, other + start
        near = (one < other) & (lengths[other] <= longest[one - start])
        near &= apart <= most_apart(lengths[one], lengths[other])
        one, other, apart = one[near], other[near], apart[near]
        for first in range(0, len(one), FOUND_AT_ONCE):
            found = slice(first, first + FOUND_AT_ONCE)
            yield order[one[found]], order[other[found]], apart[found]
