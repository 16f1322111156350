"""Answers that take long to compute, kept until what they are made of changes."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches

Answer = TypeVar("Answer")

SECONDS_KEPT = 24 * 3600


def kept(key: str, marker: object, compute: Callable[[], Answer]) -> Answer:
    """The answer kept under this key while `marker` stays the same, else a new one, which is kept in its place.

    `marker` is read anew each time and must change whenever the answer could: the greatest ids of rows that are only
    ever added, counts of rows, states. So nobody is told what is no longer true.
    """
    cache = caches["answers"]
    found = cache.get(key)
    if found is not None and found[0] == marker:
        answer: Answer = found[1]
        return answer
    answer = compute()
    cache.set(key, (marker, answer), SECONDS_KEPT)
    return answer
