"""Read the text in pictures that follow each other, each only where it changed since it was read."""

import math
import re
from dataclasses import astuple, dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.isolation.boxes import Box
from annotator.isolation.changes import BLOCK, LEAST_CHANGE, Blocks, change_of_blocks, places_to_read
from annotator.isolation.frames import LONGEST_SIDE, Picture

SURE_ENOUGH = 0.5
# Detected boxes hug the strokes: outlines, shadows and compression reach beyond them by a share of the text's height.
PADDING = 0.35
LARGEST_LETTER = 0.2
WHOLE = Box(0.0, 0.0, 1.0, 1.0)
# Two boxes whose sides differ by less than this share of the picture are of one line.
SAME_PLACE = 0.012

# A line of several letters that was read this surely is the same one until a block changes by this share of the
# contrast around it: less is the ground that moves beneath. That a small letter differs by one stroke, as 土 from 士,
# may escape the record of what was found; its place is masked either way. Renditions are read more thoroughly.
READ_SURELY = 0.95
LEAST_OF_A_LINE = 1 / 8
# The detector works on sides that are multiples of this.
STEP = 32

Corners = NDArray[np.float32]


@dataclass(frozen=True)
class Found:
    """A line of text: its four corners in pixels, the padded box around it, what is written, and how sure that is.

    The text is "" where it is no writing; `score` is 0 to 1.
    """

    corners: Corners
    box: Box
    text: str
    score: float

    @property
    def read_surely(self) -> bool:
        """Whether several letters were read without doubt."""
        return self.score >= READ_SURELY and len(re.findall(r"\w", self.text)) > 1


class TextReader:
    """Remembers the pictures that it read: what looks the same again is what was read there before.

    A `thorough` one recognizes a line again wherever anything changed; others bear with what moves beneath one that was
    read surely.
    """

    def __init__(self, *, thorough: bool = False) -> None:
        """Nothing is known before the first picture, which is read whole."""
        self._thorough = thorough
        self._seen: Picture | None = None
        self._found: list[Found] = []

    def read(self, picture: Picture) -> list[tuple[Box, str]]:
        """Padded boxes with the text in them, of a BGR picture as large as those before, without what is no writing."""
        change, places = None, [WHOLE]
        if self._seen is not None:
            change = change_of_blocks(self._seen, picture)
            places = places_to_read(change, picture.shape[1::-1], [found.box for found in self._found])
        seen = picture.copy() if self._seen is None else self._seen
        for place in places:
            self._read_place(picture, place, change, seen)
        self._seen = seen
        return [(found.box, found.text) for found in self._found if found.text]

    def _read_place(self, picture: Picture, place: Box, change: Blocks | None, seen: Picture) -> None:
        rows, columns = pixels_of(place, picture.shape)
        before = [found for found in self._found if found.box.overlaps(place)]
        self._found = [found for found in self._found if not found.box.overlaps(place)]
        corner = np.array([columns.start, rows.start], dtype=np.float32)
        corners = [each + corner for each in detect(picture[rows, columns])]
        found = recognize(picture, corners, before, change, thorough=self._thorough)
        # What lies in the widened rim alone did not change and is known, whole, from before.
        self._found += [each for each in found if each.box.overlaps(place)]
        seen[rows, columns] = picture[rows, columns]


def read_text(picture: Picture) -> list[tuple[Box, str]]:
    """Padded boxes with the text in them, of one picture."""
    return TextReader().read(picture)


def detect(picture: Picture) -> list[Corners]:
    """The four corners, in pixels, of everything that looks like a line of text."""
    result = _detected(_engine(), picture)
    return [] if result.boxes is None else [np.asarray(box, dtype=np.float32) for box in result.boxes]


def recognize(
    picture: Picture, lines: list[Corners], before: list[Found], change: Blocks | None, *, thorough: bool
) -> list[Found]:
    """What is written in each line; a line that stood there before and has not changed is not recognized again."""
    height, width = picture.shape[:2]
    boxes = [padded(corners, width, height) for corners in lines]
    known = [_same(box, before, change, picture, thorough=thorough) for box in boxes]
    fresh = [corners for corners, same in zip(lines, known, strict=True) if same is None]
    texts = iter(_texts(picture, fresh))
    return [
        Found(corners, box, *(next(texts) if same is None else (same.text, same.score)))
        for corners, box, same in zip(lines, boxes, known, strict=True)
    ]


def is_writing(text: str, size: float) -> bool:
    """Whether something read is writing; `size` is the height of a line as a share of the picture's shorter side.

    The outline of a head is read as a single G, 9 or の: masking it would cover the whole speaker.
    """
    letters = re.findall(r"\w", text)
    return len(letters) > 1 or (len(letters) == 1 and size <= LARGEST_LETTER)


def padded(corners: Corners, width: int, height: int) -> Box:
    """The upright box around four corners in pixels, grown by a share of the text's height."""
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    margin = PADDING * float(min(bottom - top, right - left))
    box = Box(float(left) / width, float(top) / height, float(right) / width, float(bottom) / height)
    return box.grown(margin / width, margin / height)


def pixels_of(place: Box, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Rows and columns of a place, widened to multiples of 32 pixels, which the detector takes as they are."""
    height, width = shape[:2]
    return _widened(place.top, place.bottom, height), _widened(place.left, place.right, width)


def _widened(first: float, last: float, side: int) -> slice:
    begin, end = math.floor(first * side), math.ceil(last * side)
    length = min(side, math.ceil((end - begin) / STEP) * STEP)
    begin = min(begin, side - length)
    return slice(begin, begin + length)


def _texts(picture: Picture, lines: list[Corners]) -> list[tuple[str, float]]:
    """What is written in each line, and its score; "" where it is no writing or the recognizer is not sure."""
    if not lines:
        return []
    engine = _engine()
    result = engine.recognize_txt(engine.crop_text_regions(picture, lines))
    sides = [float(np.ptp(corners, axis=0).min()) / min(picture.shape[:2]) for corners in lines]
    read = zip(result.txts, result.scores, sides, strict=True)
    return [
        (text if score >= SURE_ENOUGH and is_writing(text, side) else "", float(score)) for text, score, side in read
    ]


def _same(box: Box, before: list[Found], change: Blocks | None, picture: Picture, *, thorough: bool) -> Found | None:
    """The line that stood in the same place before, if no block there changed since as it does with another line."""
    if change is None:
        return None
    for found in before:
        if _apart(box, found.box) <= SAME_PLACE:
            rows, columns = pixels_of(box.joined(found.box), picture.shape)
            blocks = tuple(slice(each.start // BLOCK, -(-each.stop // BLOCK)) for each in (rows, columns))
            contrast = float(np.ptp(picture[rows, columns])) if found.read_surely and not thorough else 0.0
            if change[blocks].max() <= max(LEAST_CHANGE, LEAST_OF_A_LINE * contrast):
                return found
    return None


def _apart(first: Box, second: Box) -> float:
    """The greatest distance between sides of the two."""
    return max(abs(float(one) - float(other)) for one, other in zip(astuple(first), astuple(second), strict=True))


def _detected(engine: Any, picture: Picture) -> Any:  # Any: rapidocr publishes no types
    return engine(np.ascontiguousarray(picture), use_det=True, use_cls=False, use_rec=False)


@cache
def _engine() -> Any:
    """The recognizer, whose models take seconds to load: once per process, when first needed."""
    from rapidocr import RapidOCR

    engine = RapidOCR(
        params={
            # "max" reduces a large frame and leaves a small one; the default enlarges it, at four times the cost.
            "Det.limit_type": "max",
            "Det.limit_side_len": LONGEST_SIDE,
            "Global.log_level": "error",
            # Otherwise each picture asks the system for its memory anew, a fifth of the time.
            "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,
            # Workers read side by side, one on each core; more threads of each would only wait for each other.
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        }
    )
    _detected(engine, np.zeros((STEP, STEP, 3), np.uint8))  # loads the detector
    # A picture's colours are scaled alike, which takes single precision a third of the time that doubles for each take.
    for figure in ("mean", "std"):
        setattr(engine.text_det, figure, np.float32(np.unique(getattr(engine.text_det, figure)).item()))
    return engine
