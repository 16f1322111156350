"""Rectangles in a picture, as shares of its width and height."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Box:
    """A rectangle from (left, top) to (right, bottom), each 0 … 1, so that it fits the picture at any size."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """From top to bottom, as a share of the picture's."""
        return self.bottom - self.top

    def holds_middle_of(self, other: "Box") -> bool:
        """Whether the middle of another lies within."""
        across, down = (other.left + other.right) / 2, (other.top + other.bottom) / 2
        return self.left <= across <= self.right and self.top <= down <= self.bottom

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share some area."""
        beside = self.right <= other.left or other.right <= self.left
        above = self.bottom <= other.top or other.bottom <= self.top
        return not (beside or above)

    def share_within(self, other: "Box") -> float:
        """The share of its area that lies within another, 0 … 1."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        area = (self.right - self.left) * (self.bottom - self.top)
        return max(0.0, width) * max(0.0, height) / area if area > 0 else 0.0

    def joined(self, other: "Box") -> "Box":
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def grown(self, width: float, height: float) -> Self:
        """Grown by so much on each side, within the picture."""
        return type(self)(
            max(0.0, self.left - width),
            max(0.0, self.top - height),
            min(1.0, self.right + width),
            min(1.0, self.bottom + height),
        )

    def without(self, hole: "Box") -> list["Box"]:
        """What is left of the box around a hole, as up to four boxes: above, below, left and right of it."""
        if not self.overlaps(hole):
            return [self]
        top, bottom = max(self.top, hole.top), min(self.bottom, hole.bottom)
        around = [
            Box(self.left, self.top, self.right, top),
            Box(self.left, bottom, self.right, self.bottom),
            Box(self.left, top, hole.left, bottom),
            Box(hole.right, top, self.right, bottom),
        ]
        return [box for box in around if box.left < box.right and box.top < box.bottom]


def join_overlapping(boxes: Iterable[Box]) -> list[Box]:
    """Boxes joined until no two overlap."""
    apart: list[Box] = []
    for box in boxes:
        joined = box
        while touching := [other for other in apart if other.overlaps(joined)]:
            for other in touching:
                apart.remove(other)
                joined = joined.joined(other)
        apart.append(joined)
    return apart
