"""Semantic numbers of versions: what changed since the version before decides which part of the number grows."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

FIRST = "1.0.0"

Clip = TypeVar("Clip", bound=Hashable)


def next_number(before: str, was: Mapping[Clip, object], now: Mapping[Clip, object]) -> str:
    """Number of a version after `before`, from the split and labels of every clip in either.

    Changed labels or splits, or clips left out, bump the major number, added clips the minor, all else the patch.
    """
    major, minor, patch = (int(part) for part in before.split("."))
    if any(now.get(clip) != facts for clip, facts in was.items()):
        return f"{major + 1}.0.0"
    if len(now) > len(was):
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"
