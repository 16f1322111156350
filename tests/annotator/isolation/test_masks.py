"""Masks hide all text, spare the face, and stay inside the picture."""

import pytest

from annotator.isolation.boxes import Box
from annotator.isolation.burned_text import Region
from annotator.isolation.masks import TEXT_ON_FACE, mask_picture, pixels, plan_mask
from annotator.isolation.parameters import MASK_METHODS

LINE = Region(Box(0.2, 0.8, 0.8, 0.9), 0.0, 1.0)


def test_every_region_is_masked_once_for_the_whole_clip():
    mask = plan_mask([LINE, Region(Box(0.3, 0.85, 0.9, 0.95), 2.0, 3.0)], [])
    assert mask.boxes == (Box(0.2, 0.8, 0.9, 0.95),)
    assert mask.conflicts == ()


def test_a_face_is_never_masked_and_the_conflict_is_told():
    face = Box(0.4, 0.2, 0.6, 0.85)
    mask = plan_mask([LINE], [face])
    assert mask.boxes
    assert not any(box.overlaps(face) for box in mask.boxes)
    assert len(mask.conflicts) == 1


def test_a_mouth_that_is_read_as_a_letter_is_told_and_nothing_beside_it_is_masked():
    face = Box(0.36, 0.37, 0.64, 0.78)
    mouth = Region(Box(0.44, 0.61, 0.56, 0.80), 0.0, 1.0, ("0",))
    mask = plan_mask([LINE, mouth], [face])
    assert mask.boxes == (LINE.box,)
    assert mask.conflicts == (TEXT_ON_FACE,)


@pytest.mark.parametrize("texts", [("のの",), ("60",), ("の", "のの"), ("二",)])
def test_eyes_that_are_read_as_a_letter_or_two_leave_hair_and_brow_as_they_are(texts):
    face, eyes = Box(0.36, 0.37, 0.64, 0.78), Box(0.34, 0.24, 0.63, 0.57)
    mask = plan_mask([LINE, Region(eyes, 0.0, 1.0, texts)], [face])
    assert mask.boxes == (LINE.box,)
    assert mask.conflicts == (TEXT_ON_FACE,)


@pytest.mark.parametrize(
    ("box", "texts"),
    [
        (Box(0.34, 0.24, 0.63, 0.57), ("别生气",)),  # three letters are words
        (Box(0.34, 0.24, 0.63, 0.57), ("のの", "别生气")),
        (Box(0.34, 0.24, 0.63, 0.57), ()),  # drawn by an admin
        (Box(0.44, 0.30, 0.56, 0.44), ("好的",)),  # too small for eyes
        (Box(0.60, 0.24, 0.99, 0.57), ("好的",)),  # beside the face
    ],
)
def test_words_across_the_brow_are_masked_beside_the_face(box, texts):
    face = Box(0.36, 0.37, 0.64, 0.78)
    mask = plan_mask([Region(box, 0.0, 1.0, texts)], [face])
    assert mask.boxes == tuple(box.without(face))


@pytest.mark.parametrize(
    ("box", "texts"),
    [
        (Box(0.44, 0.61, 0.56, 0.80), ("好的",)),
        (Box(0.44, 0.61, 0.56, 0.80), ("好", "的")),
        (Box(0.44, 0.70, 0.56, 0.85), ("0",)),
    ],
)
def test_what_may_be_words_or_reaches_out_of_a_face_is_masked_beside_it(box, texts):
    face = Box(0.36, 0.37, 0.64, 0.78)
    (beside,) = plan_mask([Region(box, 0.0, 1.0, texts)], [face]).boxes
    assert (beside.top, beside.bottom) == (0.78, box.bottom)


@pytest.mark.parametrize(
    "box", [Box(0.0, 0.0, 1.0, 1.0), Box(0.99, 0.99, 1.0, 1.0), Box(0.0, 0.9, 0.01, 1.0), Box(0.5, 0.5, 0.5001, 0.5001)]
)
@pytest.mark.parametrize("size", [(640, 360), (160, 120), (1280, 720)])
def test_pixels_are_even_and_leave_delogo_a_border(box, size):
    x, y, width, height = pixels(box, size)
    assert all(number % 2 == 0 for number in (x, y, width, height))
    assert min(x, y) >= 2
    assert min(width, height) >= 2
    assert x + width <= size[0] - 2
    assert y + height <= size[1] - 2


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match=", ".join(MASK_METHODS)):
        mask_picture(None, plan_mask([LINE], []), (640, 360), "sticker")
