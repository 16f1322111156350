"""Where a prediction errs, against cases worked by hand."""

import pytest

from modeling.error_analysis import (
    ErrorGroup,
    PredictedClip,
    analyse_errors,
    confusion,
    errors_by_agreement,
    errors_by_class,
    errors_by_duration,
    errors_by_scenario,
)


def clip(label: float, prediction: float, **fields: object) -> PredictedClip:
    return PredictedClip(label=label, prediction=prediction, **fields)  # type: ignore[arg-type]


def told(groups: list[ErrorGroup]) -> list[tuple[object, ...]]:
    return [
        (each.name or (each.low, each.high), each.clips, pytest.approx(each.mae), pytest.approx(each.bias))
        for each in groups
    ]


def test_each_clip_counts_in_the_row_of_its_class_and_the_column_of_the_predicted_one() -> None:
    clips = [clip(-1.0, -0.8), clip(-0.8, -0.6), clip(-0.2, 0.05), clip(0.0, 0.0), clip(0.6, 0.69), clip(0.8, -1.0)]
    assert confusion(clips) == [
        [1, 1, 0, 0, 0],  # -1.0 stays NEG, -0.8 is taken for WNEG
        [0, 0, 1, 0, 0],
        [0, 0, 1, 0, 0],
        [0, 0, 0, 1, 0],
        [1, 0, 0, 0, 0],
    ]


def test_a_value_on_a_cut_belongs_to_the_class_below_it() -> None:
    assert confusion([clip(0.0, 0.1), clip(0.0, 0.11), clip(0.0, -0.1), clip(0.0, 0.7), clip(0.0, -0.7)])[2] == [
        1, 1, 1, 2, 0,
    ]  # fmt: skip


def test_errors_of_a_class_are_those_of_the_clips_labelled_so() -> None:
    clips = [clip(-1.0, -0.5), clip(-0.8, -0.9), clip(1.0, 0.4)]
    assert told(errors_by_class(clips)) == [("NEG", 2, 0.3, 0.2), ("POS", 1, 0.6, -0.6)]


def test_scenarios_come_largest_first_and_unknown_ones_not_at_all() -> None:
    clips = [clip(0, 0.1, scenario="street"), clip(0, 0.2, scenario="home"), clip(0, -0.4, scenario="home"), clip(0, 1)]
    assert told(errors_by_scenario(clips)) == [("home", 2, 0.3, -0.1), ("street", 1, 0.1, 0.1)]


def test_durations_are_told_in_quarters_from_short_to_long() -> None:
    clips = [clip(0, seconds / 10, seconds=seconds) for seconds in (8, 1, 2, 7, 3, 4, 6, 5)] + [clip(0, 1)]
    assert told(errors_by_duration(clips)) == [
        ((1, 2), 2, 0.15, 0.15),
        ((3, 4), 2, 0.35, 0.35),
        ((5, 6), 2, 0.55, 0.55),
        ((7, 8), 2, 0.75, 0.75),
    ]
    assert told(errors_by_duration([clip(0, 0.5, seconds=3)])) == [((3, 3), 1, 0.5, 0.5)]


def test_agreement_is_the_span_of_the_scores_and_wide_spans_are_told_together() -> None:
    clips = [
        clip(0, 0.1, scores=(1, 1, 1)),
        clip(0, 0.2, scores=(-1, 0, 1)),
        clip(0, -0.4, scores=(3, 1)),
        clip(0, 0.5, scores=(-2, 2)),
        clip(0, 0.7, scores=(-3, 3)),
        clip(0, 1.0),
    ]
    assert told(errors_by_agreement(clips)) == [((0, 0), 1, 0.1, 0.1), ((2, 2), 2, 0.3, -0.1), ((4, 6), 2, 0.6, 0.6)]


def test_no_clip_has_no_groups_and_an_empty_confusion() -> None:
    found = analyse_errors([])
    assert (found.clips, found.by_class, found.by_scenario, found.by_duration, found.by_agreement) == (
        0,
        [],
        [],
        [],
        [],
    )
    assert found.confusion == [[0] * 5] * 5
