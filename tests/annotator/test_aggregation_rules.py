"""What holds for every rule that makes labels of scores, and what each does of its own."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.aggregation.comparison import measure_distance
from annotator.aggregation.ewe import weigh_annotators
from annotator.aggregation.interface import nearest_fifths
from annotator.aggregation.rules import PAPERS, RULES, RuleName, label_stage
from annotator.aggregation.trimmed_mean import TooFewScores, label_in_fifths
from datasets.vocabulary import HIGHEST_FIFTHS, LOWEST_FIFTHS

NAMES = [f"A{number}" for number in range(1, 8)]
CLIPS = some.lists(
    some.dictionaries(some.sampled_from(NAMES), some.integers(-3, 3), min_size=3), min_size=1, max_size=12
).map(lambda rows: {f"c{place}": row for place, row in enumerate(rows)})
BY_THEMSELVES = [RuleName.TRIMMED_MEAN, RuleName.MEAN, RuleName.MEDIAN]
SYMMETRIC = [*BY_THEMSELVES, RuleName.EWE]
UNHURRIED = settings(deadline=None, max_examples=40)
every_rule = pytest.mark.parametrize("rule", list(RuleName))


def table(rows: list[list[int]]) -> dict[str, dict[str, int]]:
    return {f"c{place}": dict(zip(NAMES, row, strict=False)) for place, row in enumerate(rows)}


def test_every_name_has_a_rule_and_the_papers_is_the_first():
    assert set(RULES) == set(RuleName)
    assert next(iter(RuleName)) == PAPERS == "trimmed_mean"


@every_rule
@UNHURRIED
@given(clips=CLIPS)
def test_every_clip_gets_one_label_on_the_grid(rule, clips):
    labels = label_stage(rule, clips)
    assert labels.keys() == clips.keys()
    assert all(isinstance(label, int) and LOWEST_FIFTHS <= label <= HIGHEST_FIFTHS for label in labels.values())


@every_rule
@UNHURRIED
@given(clips=CLIPS, chance=some.randoms(use_true_random=False))
def test_the_order_of_clips_and_annotators_does_not_matter(rule, clips, chance):
    keys = list(clips)
    chance.shuffle(keys)
    shuffled = {key: dict(chance.sample(list(clips[key].items()), len(clips[key]))) for key in keys}
    assert label_stage(rule, shuffled) == label_stage(rule, clips)


@pytest.mark.parametrize("rule", SYMMETRIC)
@UNHURRIED
@given(clips=CLIPS)
def test_negating_every_score_negates_every_label(rule, clips):
    negated = {clip: {name: -score for name, score in row.items()} for clip, row in clips.items()}
    assert label_stage(rule, negated) == {clip: -label for clip, label in label_stage(rule, clips).items()}


@every_rule
@pytest.mark.parametrize("score", range(-3, 4))
def test_what_all_agree_on_is_the_label(rule, score):
    others = [[other] * 7 for other in (-3, -1, 0, 2, 3)]
    labels = label_stage(rule, table([[score] * 7, *others]))
    assert labels["c0"] == nearest_fifths(Fraction(score))


@pytest.mark.parametrize("rule", BY_THEMSELVES)
@UNHURRIED
@given(clips=CLIPS)
def test_a_label_by_one_clip_alone_is_the_same_among_others(rule, clips):
    together = label_stage(rule, clips)
    assert together == {clip: label_stage(rule, {clip: row})[clip] for clip, row in clips.items()}


@UNHURRIED
@given(clips=CLIPS)
def test_the_papers_rule_is_its_formula(clips):
    assert label_stage(PAPERS, clips) == {clip: label_in_fifths(list(row.values())) for clip, row in clips.items()}


@every_rule
def test_two_scores_are_too_few_for_any_rule(rule):
    with pytest.raises(TooFewScores, match="there are 2"):
        label_stage(rule, {"c": {"A1": 1, "A2": 1}})


@every_rule
def test_no_clips_have_no_labels(rule):
    assert label_stage(rule, {}) == {}


def test_ties_go_to_even_fifths():
    assert nearest_fifths(Fraction(3, 10)) == 0  # 0.5
    assert nearest_fifths(Fraction(9, 10)) == 2  # 1.5
    assert nearest_fifths(Fraction(-3, 2)) == -2  # -2.5


def test_mean_and_median_part_where_one_score_is_far_out():
    clips = table([[3, 3, 3, 3, 3, 3, -3]])
    assert label_stage(RuleName.MEAN, clips)["c0"] == 4  # 15/7 · 5/3 = 3.57
    assert label_stage(RuleName.MEDIAN, clips)["c0"] == 5


def opposing(clips: int = 30) -> dict[str, dict[str, int]]:
    """Six who say what is there and a seventh who says the opposite, of clips through the whole scale."""
    return table([[*([place % 7 - 3] * 6), 3 - place % 7] for place in range(clips)])


def test_whoever_says_the_opposite_weighs_nothing_in_ewe():
    weights = weigh_annotators(opposing())
    assert weights == dict.fromkeys(NAMES[:6], 1000) | {"A7": 0}
    labels = label_stage(RuleName.EWE, opposing())
    assert labels["c0"] == -5
    assert label_stage(RuleName.MEAN, opposing())["c0"] == -4  # -15/7 · 5/3


def test_a_weight_is_the_correlation_with_the_mean_of_all():
    clips = table([[0, 1, 2], [1, 1, 0], [3, 2, 3], [-2, -3, 0]])
    mean = [1.0, 2 / 3, 8 / 3, -5 / 3]
    centred = [value - sum(mean) / 4 for value in mean]
    own = [value - 0.5 for value in (0, 1, 3, -2)]
    product = sum(a * b for a, b in zip(own, centred, strict=True))
    expected = product / (sum(a * a for a in own) * sum(b * b for b in centred)) ** 0.5
    assert weigh_annotators(clips)["A1"] == round(1000 * expected)


def test_where_nobody_can_be_weighed_ewe_is_the_mean():
    clips = table([[1, 2, 3], [1, 2, 3]])  # everybody gives one score throughout
    assert label_stage(RuleName.EWE, clips) == label_stage(RuleName.MEAN, clips)


def test_dawid_and_skene_read_the_opposite_for_what_it_is():
    labels = label_stage(RuleName.DAWID_SKENE, opposing(70))
    assert [labels[f"c{place}"] for place in range(7)] == [-5, -3, -2, 0, 2, 3, 5]


# Comparison -----------------------------------------------------------------------------------------------------------


def test_the_same_labels_lie_no_distance_apart():
    distance = measure_distance({"a": 1, "b": 5, "c": -2}, {"a": 1, "b": 5, "c": -2})
    assert (distance.changed, distance.mean_difference, distance.class_changes) == (0, 0.0, 0)
    assert distance.correlation == pytest.approx(1)
    assert distance.differences[10] == sum(distance.differences) == 3


def test_a_distance_counts_changed_labels_and_changed_classes():
    distance = measure_distance({"a": 3, "b": 0, "c": -5, "d": 1}, {"a": 4, "b": 0, "c": -4, "d": 3})
    assert (distance.clips, distance.changed, distance.class_changes) == (4, 3, 1)  # only a left its class
    assert distance.mean_difference == pytest.approx((0.2 + 0 + 0.2 + 0.4) / 4)
    assert (distance.differences[11], distance.differences[12]) == (2, 1)


def test_labels_that_are_all_the_same_have_no_correlation():
    assert measure_distance({"a": 0, "b": 0, "c": 0}, {"a": 1, "b": 0, "c": 2}).correlation is None
    assert measure_distance({}, {}).mean_difference is None
