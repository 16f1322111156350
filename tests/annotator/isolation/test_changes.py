"""Whatever a person could see change counts as a change; the rustle of compression does not."""

import numpy as np
import pytest

from annotator.isolation.boxes import Box
from annotator.isolation.changes import LEAST_CHANGE, change_of_blocks, places_to_read

SIZE = (320, 180)


def grey(level=100):
    return np.full((SIZE[1], SIZE[0], 3), level, np.uint8)


def places(before, after, known=()):
    return places_to_read(change_of_blocks(before, after), SIZE, list(known))


def test_rustle_is_no_change():
    noise = np.random.default_rng(1).integers(-2, 3, (SIZE[1], SIZE[0], 3))
    assert places(grey(), (grey() + noise).astype(np.uint8)) == []


@pytest.mark.parametrize("channel", [0, 1, 2])
@pytest.mark.parametrize(("x", "y"), [(0, 0), (319, 179), (101, 57)])
def test_a_stroke_of_four_faint_pixels_counts_wherever_and_in_whatever_colour_it_is(channel, x, y):
    after = grey()
    after[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2, channel] += 40
    (place,) = places(grey(), after)
    assert place.left <= x / SIZE[0] <= place.right
    assert place.top <= y / SIZE[1] <= place.bottom


def test_strokes_that_move_within_a_block_and_leave_its_mean_as_it_was_count():
    before, after = grey(), grey()
    before[80:84, 80:82] = after[80:84, 82:84] = 200
    assert (change_of_blocks(before, after) > LEAST_CHANGE).sum() == 1


def test_a_change_is_read_with_what_surrounds_it_and_apart_from_others():
    after = grey()
    after[10:14, 10:14] = 200
    after[160:164, 300:304] = 200
    assert len(places(grey(), after)) == 2
    (near,) = places(grey(), np.where(np.arange(SIZE[0])[None, :, None] < 200, after, 100).astype(np.uint8))
    assert near.right * SIZE[0] >= 14 + 32


def test_a_known_text_is_read_whole_or_not_at_all():
    after = grey()
    after[10:14, 10:14] = 200
    touching, next_to_it, far = Box(0.1, 0.1, 0.5, 0.2), Box(0.45, 0.15, 0.8, 0.3), Box(0.1, 0.8, 0.9, 0.9)
    (place,) = places(grey(), after, [touching, next_to_it, far])
    assert (place.right, place.bottom) == (0.8, 0.3)


def test_a_picture_that_changed_nearly_everywhere_is_read_whole():
    assert places(grey(), grey(200)) == [Box(0.0, 0.0, 1.0, 1.0)]
