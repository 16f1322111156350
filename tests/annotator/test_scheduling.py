"""Who rates what next."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.scheduling import (
    LEAST_APART,
    Stage,
    StageState,
    current_batch,
    open_stage,
    place_repeats,
    rests_until,
    shuffle_clips,
    split_into_batches,
    stage_before,
    state_of,
)
from datasets.vocabulary import Modality

CLIPS = list(range(40))


def stages(*done: int, size: int = 2) -> list[Stage]:
    """Batches of `size` clips with so many done in each stage, written out backwards."""
    made = [
        Stage(batch=number // 4 + 1, modality=list(Modality)[number % 4], done=count, total=size)
        for number, count in enumerate(done)
    ]
    return made[::-1]


def shuffled(annotator: str = "A1", modality: Modality = Modality.TEXT, batch: int = 1, seed: int = 1) -> list[int]:
    return shuffle_clips(CLIPS, seed=seed, batch=batch, annotator=annotator, modality=modality)


def test_the_first_stage_is_open_and_the_others_are_locked():
    fresh = stages(0, 0, 0, 0)
    states = {stage.modality: state_of(stage, fresh) for stage in fresh}
    assert states == dict.fromkeys(Modality, StageState.LOCKED) | {Modality.TEXT: StageState.OPEN}


def test_a_stage_opens_when_every_clip_of_the_one_before_is_rated():
    assert open_stage(stages(1, 0, 0, 0)) == Stage(1, Modality.TEXT, 1, 2)
    assert open_stage(stages(2, 0, 0, 0)) == Stage(1, Modality.AUDIO, 0, 2)
    assert open_stage(stages(2, 2, 2, 1)) == Stage(1, Modality.MULTIMODAL, 1, 2)


def test_answers_that_came_ahead_of_time_do_not_open_a_stage():
    assert open_stage(stages(1, 2, 2, 0)) == Stage(1, Modality.TEXT, 1, 2)


def test_the_next_batch_opens_when_the_multimodal_stage_of_this_one_is_done():
    assert open_stage(stages(2, 2, 2, 1, 0, 0, 0, 0)) == Stage(1, Modality.MULTIMODAL, 1, 2)
    assert open_stage(stages(2, 2, 2, 2, 0, 0, 0, 0)) == Stage(2, Modality.TEXT, 0, 2)


def test_the_current_batch_is_the_open_one_and_in_the_end_the_last():
    assert [stage.batch for stage in current_batch(stages(2, 2, 2, 2, 1, 0, 0, 0))] == [2] * 4
    finished = stages(2, 2, 2, 2, 2, 2, 2, 2)
    assert open_stage(finished) is None
    assert [(stage.batch, stage.modality) for stage in current_batch(finished)] == [(2, each) for each in Modality]


def test_a_shuffle_is_stable_and_keeps_every_clip():
    assert shuffled() == shuffled()
    assert sorted(shuffled()) == CLIPS
    assert shuffled() != CLIPS


def test_shuffles_differ_by_annotator_stage_batch_and_seed():
    orders = [shuffled(annotator=f"A{n}", modality=modality) for n in range(1, 8) for modality in Modality]
    orders += [shuffled(batch=2), shuffled(seed=2)]
    assert len({tuple(order) for order in orders}) == 30


def test_a_shuffle_is_the_same_in_every_process():
    assert shuffle_clips("abcdef", seed=1111, batch=1, annotator="A1", modality=Modality.TEXT) == list("bcefda")


def test_batches_cover_the_clips_in_order():
    batches = split_into_batches(CLIPS, 15)
    assert [len(batch) for batch in batches] == [15, 15, 10]
    assert [clip for batch in batches for clip in batch] == CLIPS


# The gap between stages -----------------------------------------------------------------------------------------------

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(hours=24)


def test_every_stage_but_the_first_has_one_before_it():
    assert [stage_before(modality) for modality in Modality] == [None, "text", "audio", "vision"]


def test_a_stage_rests_until_the_gap_has_passed():
    assert rests_until(NOON, DAY, NOON + timedelta(hours=23, minutes=59)) == NOON + DAY
    assert rests_until(NOON, DAY, NOON + DAY) is None


def test_without_a_gap_or_an_answer_nothing_rests():
    assert rests_until(NOON, timedelta(), NOON) is None
    assert rests_until(None, DAY, NOON) is None


# Repeats --------------------------------------------------------------------------------------------------------------


def walk(count: int, share: float = 0.05, annotator: str = "A1", seed: int = 1) -> list[tuple[int, bool]]:
    return place_repeats(
        list(range(count)), share=share, seed=seed, batch=1, annotator=annotator, modality=Modality.AUDIO
    )


@settings(deadline=None)
@given(some.integers(0, 300), some.floats(0, 0.5), some.integers(0, 99))
def test_every_clip_comes_once_in_its_order_and_a_share_of_them_again_well_after(count, share, seed):
    walked = walk(count, share, seed=seed)
    assert [clip for clip, is_repeat in walked if not is_repeat] == list(range(count))
    again = [place for place, (_, is_repeat) in enumerate(walked) if is_repeat]
    assert len(again) == min(round(share * count), max(0, count - max(LEAST_APART, count // 3)))
    assert len({walked[place][0] for place in again}) == len(again)
    for place in again:
        first = walked.index((walked[place][0], False))
        assert len({clip for clip, _ in walked[first + 1 : place]}) >= max(LEAST_APART, count // 3)


def test_five_in_a_hundred_clips_come_twice_by_default():
    assert sum(is_repeat for _, is_repeat in walk(200)) == 10


def test_without_a_share_or_in_a_short_stage_nothing_comes_twice():
    assert walk(200, share=0) == [(clip, False) for clip in range(200)]
    assert walk(LEAST_APART, share=0.5) == [(clip, False) for clip in range(LEAST_APART)]


def test_the_same_arguments_give_the_same_repeats_and_others_differ():
    assert walk(200) == walk(200)
    assert walk(200) != walk(200, annotator="A2")
    assert walk(200) != walk(200, seed=2)
