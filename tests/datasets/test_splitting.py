import itertools
import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from datasets.splitting import (
    CLASS_ORDER,
    SPLIT_ORDER,
    Candidate,
    CannotSplit,
    Grouping,
    Problem,
    assign_splits,
    best_places,
    count_classes,
    group_clips,
    settle_grouping,
)
from datasets.vocabulary import SentimentClass, Split


def made_up(clips: int, sources: int, *, seed: int = 1, speakers: int = 0) -> list[Candidate]:
    chance = random.Random(seed)
    rows = []
    for number in range(clips):
        source = number % sources
        speaker = f"speaker {source % speakers}" if speakers else ""
        rows.append(Candidate(f"v{source:02d}", f"{number:04d}", speaker, chance.choice(CLASS_ORDER)))
    return rows


def splits_of(clips: list[Candidate], splits: dict, name: str) -> dict[str, set[Split]]:
    found: dict[str, set[Split]] = {}
    for clip in clips:
        found.setdefault(getattr(clip, name), set()).add(splits[clip.key])
    return found


@pytest.mark.parametrize("seed", range(20))
def test_no_source_and_no_speaker_is_in_two_splits(seed: int) -> None:
    clips = made_up(60, 12, seed=seed, speakers=5)
    splits = assign_splits(clips, seed=seed)
    assert set(splits) == {clip.key for clip in clips}
    for name in ("video_id", "speaker"):
        assert all(len(found) == 1 for found in splits_of(clips, splits, name).values())


def test_clips_without_a_known_speaker_are_not_bound_by_it() -> None:
    clips = made_up(60, 12)
    assert len(group_clips(clips, Grouping.SPEAKER)) == 12


def test_sources_are_bound_through_a_chain_of_speakers() -> None:
    neutral = SentimentClass.NEU
    chain = [("a", "1"), ("b", "1"), ("b", "2"), ("c", "2"), ("d", "3")]
    clips = [Candidate(source, str(n), speaker, neutral) for n, (source, speaker) in enumerate(chain)]
    groups = group_clips(clips, Grouping.SPEAKER)
    assert sorted(sorted({clip.video_id for clip in group}) for group in groups) == [["a", "b", "c"], ["d"]]
    assert len(group_clips(clips, Grouping.SOURCE)) == 4
    assert len(group_clips(clips, Grouping.CLIP)) == 5


@pytest.mark.parametrize(("clips", "sources"), [(60, 12), (300, 40), (4402, 150)])
def test_sizes_are_near_nine_two_three(clips: int, sources: int) -> None:
    sizes = Counter(assign_splits(made_up(clips, sources), seed=1111).values())
    for split, share in zip(SPLIT_ORDER, (9, 2, 3), strict=True):
        assert abs(sizes[split] - clips * share / 14) <= clips / sources  # a group cannot be parted


def test_classes_are_alike_in_all_splits_of_many_clips() -> None:
    clips = made_up(2000, 200)
    splits = assign_splits(clips, seed=1111)
    everywhere = Counter(clip.sentiment for clip in clips)
    for split in Split:
        here = Counter(clip.sentiment for clip in clips if splits[clip.key] is split)
        for name in SentimentClass:
            assert abs(here[name] / here.total() - everywhere[name] / len(clips)) < 0.01


@pytest.mark.parametrize("seed", range(10))
def test_few_groups_are_split_nearly_as_well_as_trying_everything(seed: int) -> None:
    groups = group_clips(made_up(35, 8, seed=seed), Grouping.SPEAKER)
    problem = Problem(groups=np.array([count_classes(group) for group in groups]), fixed=np.zeros((3, 6), np.int64))
    everything = np.array(list(itertools.product(range(3), repeat=8)))
    counts = np.stack([problem.counts(places) for places in everything])
    found = problem.cost(problem.counts(best_places(problem, random.Random(seed))))
    assert found <= problem.cost(counts).min() * 1.1


def test_the_seed_decides_and_the_order_of_clips_does_not() -> None:
    clips = made_up(60, 12)
    once = assign_splits(clips, seed=1111)
    assert assign_splits(list(reversed(clips)), seed=1111) == once
    assert any(assign_splits(clips, seed=seed) != once for seed in range(5))


@pytest.mark.parametrize(
    ("sources", "speakers", "expected"),
    [(6, 6, Grouping.SPEAKER), (6, 1, Grouping.SOURCE), (2, 2, Grouping.CLIP), (1, 1, Grouping.CLIP)],
)
def test_the_strictest_grouping_is_the_first_that_leaves_no_split_empty(
    sources: int, speakers: int, expected: Grouping
) -> None:
    clips = made_up(12, sources, speakers=speakers)
    assert settle_grouping(clips, Grouping.STRICTEST) is expected
    assert settle_grouping(clips, Grouping.SPEAKER) is Grouping.SPEAKER
    assert set(assign_splits(clips, seed=1, grouping=Grouping.STRICTEST).values()) == set(Split)


def test_three_sources_fill_three_splits() -> None:
    assert set(assign_splits(made_up(9, 3), seed=1).values()) == set(Split)


@pytest.mark.parametrize("sources", [1, 2])
def test_fewer_than_three_sources_cannot_be_split(sources: int) -> None:
    with pytest.raises(CannotSplit, match=rf"all clips come from {sources} source.*at least 3") as caught:
        assign_splits(made_up(10, sources), seed=1)
    assert caught.value.details == {"groups": sources, "needed": 3}


def test_speakers_that_link_everything_are_named_as_the_reason() -> None:
    with pytest.raises(CannotSplit, match=r"12 sources, which their speakers link into 1.*split by source"):
        assign_splits(made_up(60, 12, speakers=1), seed=1)


def test_splitting_by_clip_needs_no_sources() -> None:
    assert set(assign_splits(made_up(5, 1), seed=1, grouping=Grouping.CLIP).values()) == set(Split)
    with pytest.raises(CannotSplit, match="only 2"):
        assign_splits(made_up(2, 1), seed=1, grouping=Grouping.CLIP)


def given(video_id: str, clip_id: str, split: Split | None) -> Candidate:
    return Candidate(video_id, clip_id, "", SentimentClass.NEU, split)


def test_an_imported_split_is_kept_even_where_it_leaks_or_lacks_a_split() -> None:
    clips = [given("a", "1", Split.TRAIN), given("a", "2", Split.TEST), given("b", "1", Split.TRAIN)]
    assert assign_splits(clips, seed=1) == {clip.key: clip.given for clip in clips}


def test_clips_without_a_given_split_follow_their_source_or_fill_what_is_missing() -> None:
    clips = [given("a", "1", Split.TRAIN), given("a", "2", None), given("b", "1", None), given("c", "1", None)]
    splits = assign_splits(clips, seed=1)
    assert splits["a", "2"] is Split.TRAIN
    assert {splits["b", "1"], splits["c", "1"]} == {Split.VALID, Split.TEST}


def test_clips_stay_where_the_version_before_had_them_and_new_ones_fill_up() -> None:
    clips = made_up(60, 12)
    splits = assign_splits(clips, seed=1)
    known = [replace(clip, before=splits[clip.key]) for clip in clips]
    new = [replace(clip, video_id=f"new {clip.video_id}") for clip in made_up(20, 4, seed=2)]
    again = assign_splits([*known, *new], seed=1)
    assert {key: again[key] for key in splits} == splits
    assert {again[clip.key] for clip in new} <= set(Split)


def test_a_group_that_was_parted_goes_where_most_of_it_was() -> None:
    places = [Split.TEST, Split.TEST, Split.TRAIN, None]
    group = [replace(given("a", str(n), None), before=before) for n, before in enumerate(places)]
    assert set(assign_splits(group, seed=1).values()) == {Split.TEST}


def test_a_given_split_is_stronger_than_the_one_before() -> None:
    clip = replace(given("a", "1", Split.VALID), before=Split.TEST)
    assert assign_splits([clip], seed=1) == {clip.key: Split.VALID}
