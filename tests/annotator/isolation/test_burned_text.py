"""Burned-in text is found where it stands, merged over time, and compared with the transcript."""

from annotator.isolation.boxes import Box
from annotator.isolation.burned_text import (
    Region,
    find_text_regions,
    merge_over_time,
    shared_text,
)
from annotator.isolation.frames import sample_frames
from annotator.isolation.video_file import VideoFile
from tests.annotator.isolation.captioned import make_captioned_video

LINE = Box(0.2, 0.8, 0.8, 0.9)
LOGO = Box(0.0, 0.0, 0.2, 0.1)


def test_a_subtitle_is_found_where_and_when_it_stands(tmp_path):
    video = make_captioned_video(tmp_path / "a.mp4", [(1.0, 2.5, "WONDERFUL"), (2.5, 4.0, "MORNING")])
    (region,) = find_text_regions(sample_frames(VideoFile(video), 2.0))
    assert region.texts == ("WONDERFUL", "MORNING")
    assert (region.start, region.end) == (1.0, 4.0)
    assert region.box.top > 0.65
    assert region.box.left < 0.2


def test_a_picture_without_text_has_no_region(tmp_path):
    assert find_text_regions(sample_frames(VideoFile(make_captioned_video(tmp_path / "a.mp4", [])), 2.0)) == []


def test_lines_that_overlap_in_place_and_follow_in_time_are_one_region():
    seen = [Region(LINE, 0.0, 0.5, ("a",)), Region(LOGO, 0.0, 5.0, ("TV",)), Region(LINE, 1.0, 1.5, ("b",))]
    merged = merge_over_time(seen)
    assert Region(LINE, 0.0, 1.5, ("a", "b")) in merged
    assert len(merged) == 2


def test_text_that_comes_again_much_later_is_another_region():
    assert len(merge_over_time([Region(LINE, 0.0, 0.5), Region(LINE, 9.0, 9.5)])) == 2


def test_a_region_survives_being_kept():
    region = Region(LINE, 0.0, 1.5, ("你好", "b"))
    assert Region.from_record(region.as_record()) == region


def test_chinese_is_compared_by_character_and_latin_by_word():
    assert shared_text(["今天很好", "x"], "你好吗") == ["好"]
    assert shared_text(["A Happy day!"], "so happy, a man") == ["happy"]
    assert shared_text([], "你好") == []
    assert shared_text(["NEWS 24"], "") == []
