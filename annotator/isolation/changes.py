"""Where a picture differs from the one that was read before it: what did not change need not be read again."""

from collections.abc import Collection, Iterable

import numpy as np
from numpy.typing import NDArray

from annotator.isolation.boxes import Box, join_overlapping

Picture = NDArray[np.uint8]
Blocks = NDArray[np.float64]

BLOCK = 4
# Mean difference of a block's pixels, of 255, in the colour that changed most. The faintest text that the recognizer
# finds changes a block by 9 when it appears. Compared is what was read, so that a slow fade adds up: then too, text is
# found before it stands out by 4 more than it must.
LEAST_CHANGE = 4.0
# The recognizer sees a place in what surrounds it.
SURROUNDINGS = 32


def change_of_blocks(before: Picture, after: Picture) -> Blocks:
    """How much each block of 4 x 4 pixels changed, (block rows, block columns); the last of each may be smaller."""
    difference = np.maximum(before, after) - np.minimum(before, after)
    height, width = difference.shape[:2]
    rows, columns = -(-height // BLOCK), -(-width // BLOCK)
    most = np.zeros((rows * BLOCK, columns * BLOCK), np.uint8)
    np.maximum(np.maximum(difference[..., 0], difference[..., 1]), difference[..., 2], out=most[:height, :width])
    sums = most.reshape(rows, BLOCK, columns, BLOCK).sum(axis=(1, 3), dtype=np.int32)
    means: Blocks = sums / np.outer(_lengths(height), _lengths(width))
    return means


def places_to_read(change: Blocks, size: tuple[int, int], known: Collection[Box]) -> list[Box]:
    """Boxes around what changed with its surroundings, and around every known text that they touch, none overlapping.

    `size` is the width and height of the picture in pixels.
    """
    from scipy import ndimage  # only here: who shows what was read needs none of it

    near = ndimage.maximum_filter(change > LEAST_CHANGE, size=2 * SURROUNDINGS // BLOCK + 1)
    found = ndimage.find_objects(ndimage.label(near)[0])
    places = join_overlapping(_box_of(rows, columns, size) for rows, columns in found)
    # A text that is taken in may reach over to another one.
    while set(wider := join_overlapping([*places, *_touched(known, places)])) != set(places):
        places = wider
    return places


def _lengths(side: int) -> NDArray[np.int_]:
    """How long each block along a side is."""
    return np.minimum(BLOCK, side - np.arange(0, side, BLOCK))


def _touched(known: Collection[Box], places: Collection[Box]) -> Iterable[Box]:
    return (text for text in known if any(text.overlaps(place) for place in places))


def _box_of(rows: slice, columns: slice, size: tuple[int, int]) -> Box:
    width, height = size
    box = Box(columns.start * BLOCK / width, rows.start * BLOCK / height,
              columns.stop * BLOCK / width, rows.stop * BLOCK / height)  # fmt: skip
    return box.grown(0.0, 0.0)
