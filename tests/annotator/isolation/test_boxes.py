"""Boxes join, grow and make room."""

import pytest

from annotator.isolation.boxes import Box, join_overlapping


def area(box):
    return (box.right - box.left) * (box.bottom - box.top)


def test_boxes_that_touch_through_a_third_become_one():
    boxes = [Box(0.1, 0.1, 0.3, 0.3), Box(0.5, 0.1, 0.7, 0.3), Box(0.2, 0.2, 0.6, 0.4)]
    assert join_overlapping(boxes) == [Box(0.1, 0.1, 0.7, 0.4)]


def test_boxes_that_only_share_an_edge_stay_apart():
    assert len(join_overlapping([Box(0.0, 0.0, 0.5, 0.5), Box(0.5, 0.0, 1.0, 0.5)])) == 2


@pytest.mark.parametrize(
    ("hole", "parts"),
    [
        (Box(0.4, 0.4, 0.6, 0.6), 4),
        (Box(0.0, 0.0, 0.5, 1.0), 1),
        (Box(0.0, 0.4, 1.0, 0.6), 2),
        (Box(0.0, 0.0, 1.0, 1.0), 0),
    ],
)
def test_a_hole_leaves_the_rest_of_the_box(hole, parts):
    box = Box(0.1, 0.1, 0.9, 0.9)
    left = box.without(hole)
    inside = Box(max(0.1, hole.left), max(0.1, hole.top), min(0.9, hole.right), min(0.9, hole.bottom))
    assert len(left) == parts
    assert not any(part.overlaps(hole) for part in left)
    assert sum(map(area, left)) == pytest.approx(area(box) - area(inside))


def test_a_box_grows_within_the_picture():
    assert Box(0.0, 0.5, 0.5, 0.99).grown(0.1, 0.1) == Box(0.0, 0.4, 0.6, 1.0)


def test_the_share_that_lies_within_another():
    box = Box(0.0, 0.0, 0.5, 0.5)
    assert box.share_within(Box(0.0, 0.0, 1.0, 1.0)) == 1.0
    assert box.share_within(Box(0.25, 0.0, 1.0, 1.0)) == 0.5
    assert box.share_within(Box(0.6, 0.6, 1.0, 1.0)) == 0.0
    assert Box(0.5, 0.5, 0.5, 0.5).share_within(box) == 0.0


@pytest.mark.parametrize(("other", "holds"), [(Box(0.0, 0.0, 0.5, 0.5), True), (Box(0.5, 0.0, 1.0, 0.5), False)])
def test_a_box_holds_the_middle_of_another_or_not(other, holds):
    assert Box(0.2, 0.2, 0.6, 0.6).holds_middle_of(other) is holds
