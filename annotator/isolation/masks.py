"""Decide which rectangles of the picture are masked, and mask them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.isolation.boxes import Box, join_overlapping
from annotator.isolation.burned_text import Region
from annotator.isolation.parameters import MASK_METHODS
from config.sentences import Sentence, sentence

STRONG_BLUR = {
    "luma_radius": "min(12,(min(w,h)-1)/2)",
    "luma_power": 3,
    "chroma_radius": "min(12,(min(cw,ch)-1)/2)",
    "chroma_power": 3,
}

# Padding is a fifth of a letter's box on every side.
ALL_BUT_PADDING = 0.8
# A letter or two as high as this share of a face from brows to lips, padding included, are its features.
AS_HIGH_AS_FEATURES = 0.5
MOST_LETTERS_OF_FEATURES = 2
TEXT_ON_FACE = sentence("text_on_face", "Text reaches into a face, which is not masked: look at this clip.")


@dataclass(frozen=True)
class Mask:
    """Boxes to mask throughout a clip; a conflict is a region of text that reaches into a face, which wins."""

    boxes: tuple[Box, ...]
    conflicts: tuple[Sentence, ...] = ()


def plan_mask(regions: Sequence[Region], faces: Sequence[Box]) -> Mask:
    """Mask every region for the whole clip, except where a face is seen."""
    in_faces = [region for region in regions if is_read_into_face(region, faces)]
    conflicts: tuple[Sentence, ...] = (TEXT_ON_FACE,) if in_faces else ()
    left = join_overlapping(region.box for region in regions if region not in in_faces)
    for face in faces:
        if any(box.overlaps(face) for box in left):
            conflicts = (TEXT_ON_FACE,)
        left = [part for box in left for part in box.without(face)]
    return Mask(tuple(left), conflicts)


def is_read_into_face(region: Region, faces: Iterable[Box]) -> bool:
    """Whether a region is a face's feature, such as an open mouth that is read as 0, or eyes in glasses as のの or 60.

    What of it reaches out of the face is padding: to mask that would hide hair and brow and cost another encoding. If
    it is writing all the same, it can be read in what was made, and is found there.
    """
    letters = [len(re.findall(r"\w", text)) for text in region.texts]
    if not 1 <= max(letters, default=0) <= MOST_LETTERS_OF_FEATURES:
        return False
    return any(
        (sum(letters) == 1 and region.box.share_within(face) >= ALL_BUT_PADDING)
        or (face.holds_middle_of(region.box) and region.box.height >= AS_HIGH_AS_FEATURES * face.height)
        for face in faces
    )


def mask_picture(picture: Any, mask: Mask, size: tuple[int, int], method: str) -> Any:  # Any: ffmpeg-python nodes
    """Add the filters that make the boxes of a (width, height) picture unreadable.

    delogo paints a box from its edges alone, so nothing of its inside is left; a box blur must be as strong as
    radius 12 applied three times, since weaker ones could be read.
    """
    for box in mask.boxes:
        x, y, width, height = pixels(box, size)
        if method == "delogo":
            picture = picture.filter("delogo", x=x, y=y, w=width, h=height)
        elif method == "fill":
            picture = picture.filter("drawbox", x=x, y=y, w=width, h=height, color="black", t="fill")
        elif method == "boxblur":
            whole = picture.filter_multi_output("split")
            blurred = whole[1].filter("crop", width, height, x, y).filter("boxblur", **STRONG_BLUR)
            picture = whole[0].overlay(blurred, x=x, y=y)
        else:
            raise ValueError(f"Unknown mask method {method!r}: choose one of {', '.join(MASK_METHODS)}.")
    return picture


def pixels(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """x, y, width and height in even pixels, one pair inside the picture's border, which delogo needs to paint from."""
    width, height = size
    left, top = max(2, int(box.left * width) // 2 * 2), max(2, int(box.top * height) // 2 * 2)
    right = min(width - 2, -int(-box.right * width // 2) * 2)
    bottom = min(height - 2, -int(-box.bottom * height // 2) * 2)
    return min(left, width - 4), min(top, height - 4), max(2, right - left), max(2, bottom - top)
