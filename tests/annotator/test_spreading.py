"""Clips of one source stand apart, and otherwise keep their order."""

from annotator.spreading import spread


def first(item):
    return item[0]


def test_each_source_comes_once_before_any_comes_again():
    assert spread(["a1", "a2", "b1", "b2", "c1"], first) == ["a1", "b1", "c1", "a2", "b2"]


def test_sources_are_begun_in_groups_so_that_the_first_clips_are_not_kept_waiting():
    items = [f"{source}{number}" for source in "abcd" for number in range(2)]
    assert spread(items, first, at_once=2) == ["a0", "b0", "a1", "b1", "c0", "d0", "c1", "d1"]


def test_nothing_is_lost_or_comes_twice():
    items = [f"{source}{number}" for number in range(9) for source in "xyzxx"]
    assert sorted(spread(items, first, at_once=2)) == sorted(items)
    assert spread([], first) == []
