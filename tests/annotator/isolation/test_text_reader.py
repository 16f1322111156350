"""Pictures that follow each other are read only where they changed, and no text is overlooked for it."""

import cv2
import numpy as np
import pytest

from annotator.isolation import text_reader
from annotator.isolation.text_reader import TextReader, is_writing, read_text

WIDTH, HEIGHT = 480, 272


def picture(*lines, seed=1, head=0.0):
    """A soft background with compression-like noise, a moving disc for a head, and lines of (text, y, brightness)."""
    shade = np.linspace(60, 120, WIDTH)[None, :] + np.linspace(0, 40, HEIGHT)[:, None]
    made = np.repeat(shade[:, :, None], 3, axis=2)
    made += np.random.default_rng(seed).integers(-1, 2, made.shape)
    made = np.ascontiguousarray(made.astype(np.uint8))
    cv2.circle(made, (int(200 + 30 * head), 90), 45, (150, 170, 200), -1)
    for text, y, brightness in lines:
        colour = (brightness,) * 3
        cv2.putText(made, text, (60, y), cv2.FONT_HERSHEY_SIMPLEX, 1.0, colour, 2)
    return made


def texts(found):
    return sorted(text for _, text in found)


def test_what_was_read_in_parts_is_what_is_read_in_the_whole():
    pictures = [
        picture(("WONDERFUL", 250, 255), seed=1, head=0.0),
        picture(("WONDERFUL", 250, 255), seed=2, head=1.0),
        picture(("MORNING", 250, 255), seed=3, head=1.0),
        picture(("MORNING", 250, 255), ("NEWS", 40, 240), seed=4, head=0.5),
        picture(("NEWS", 40, 240), seed=5, head=0.5),
        picture(seed=6, head=0.0),
    ]
    reader = TextReader()
    in_parts = [texts(reader.read(each)) for each in pictures]
    assert in_parts == [texts(read_text(each)) for each in pictures]
    assert in_parts == [["WONDERFUL"], ["WONDERFUL"], ["MORNING"], ["MORNING", "NEWS"], ["NEWS"], []]


def test_a_line_that_changes_by_one_letter_is_read_anew():
    reader = TextReader()
    assert texts(reader.read(picture(("TABLE 104", 250, 255)))) == ["TABLE 104"]
    assert texts(reader.read(picture(("TABLE 164", 250, 255), seed=2))) == ["TABLE 164"]


@pytest.mark.parametrize("steps", [8, 30])
def test_a_line_that_fades_in_is_found_no_later_than_by_reading_the_whole(steps):
    reader = TextReader()
    ground = 105
    for step in range(steps + 1):
        shown = picture(("GRADUAL", 250, ground + (255 - ground) * step // steps), seed=step)
        assert reader.read(shown) or not read_text(shown)
    assert texts(reader.read(shown)) == ["GRADUAL"]


def test_a_picture_that_only_rustles_is_not_read_again(monkeypatch):
    reader = TextReader()
    reader.read(picture(("WONDERFUL", 250, 255), seed=1))
    monkeypatch.setattr("annotator.isolation.text_reader.detect", None)
    assert texts(reader.read(picture(("WONDERFUL", 250, 255), seed=2))) == ["WONDERFUL"]


@pytest.fixture
def asked(monkeypatch):
    """How many lines were recognized each time."""
    counts: list[int] = []
    recognized = text_reader._texts
    monkeypatch.setattr(text_reader, "_texts", lambda *given: counts.append(len(given[1])) or recognized(*given))
    return counts


def test_a_line_that_stays_is_recognized_once(asked):
    reader = TextReader()
    reader.read(picture(("WONDERFUL", 190, 255), head=0.0))
    found = reader.read(picture(("WONDERFUL", 190, 255), ("NEWS", 240, 255), seed=2, head=3.0))
    assert texts(found) == ["NEWS", "WONDERFUL"]
    assert asked == [1, 1]


@pytest.mark.parametrize(("thorough", "surely", "times"), [(False, 0.9, 1), (True, 0.9, 3), (False, 1.1, 3)])
def test_a_line_is_recognized_once_while_its_ground_moves_if_surely_and_not_to_check(
    asked, monkeypatch, thorough, surely, times
):
    monkeypatch.setattr(text_reader, "READ_SURELY", surely)
    reader = TextReader(thorough=thorough)
    for seed, shade in enumerate((0, 8, 16)):
        shown = picture(("WONDERFUL", 250, 255), seed=seed)
        cv2.rectangle(shown, (0, 256), (WIDTH, HEIGHT), (140 + shade,) * 3, -1)
        assert texts(reader.read(shown)) == ["WONDERFUL"]
    assert sum(asked) == times


def test_a_single_letter_as_large_as_a_head_is_an_outline_and_no_writing():
    assert not is_writing("G", 0.6)
    assert not is_writing("—", 0.05)
    assert is_writing("好", 0.1)
    assert is_writing("我们成功了", 0.6)
