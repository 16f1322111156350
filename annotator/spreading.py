"""In which order workers take clips, so that those who start together do not start with the same source."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Item = TypeVar("Item")

# As many workers as are woken at once.
SOURCES_AT_ONCE = 16


def spread(items: Iterable[Item], source_of: Callable[[Item], Hashable], at_once: int = SOURCES_AT_ONCE) -> list[Item]:
    """The items by groups of sources, in each first one item of every source, then the others in their order.

    Whoever takes the first item of a source reads that source for all of its items.

    >>> spread(["a1", "a2", "b1", "a3", "b2", "c1"], lambda item: item[0], at_once=2)
    ['a1', 'b1', 'a2', 'a3', 'b2', 'c1']
    """
    numbers: dict[Hashable, int] = {}
    placed = []
    for item in items:
        source = source_of(item)
        comes_later = source in numbers
        group = numbers.setdefault(source, len(numbers)) // at_once
        placed.append(((group, comes_later), item))
    return [item for _, item in sorted(placed, key=lambda each: each[0])]
