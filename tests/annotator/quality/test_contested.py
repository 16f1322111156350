"""What makes a clip contested."""

from statistics import stdev

import pytest

from annotator.aggregation.trimmed_mean import label_in_fifths
from annotator.quality.contested import weigh
from datasets.vocabulary import Modality


def test_labels_spreads_and_conflict_come_from_the_scores():
    text, audio = [3, 3, 3, 2, 3, 3, 3], [-3, -2, 0, 1, 2, 3, 0]
    contest = weigh({Modality.TEXT: text, Modality.AUDIO: audio})
    assert contest.labels[Modality.TEXT] == label_in_fifths(text) == 5
    assert contest.widest == contest.spreads[Modality.AUDIO] == pytest.approx(stdev(audio))
    assert contest.conflict == (5 - label_in_fifths(audio)) / 5


def test_a_modality_with_two_scores_says_nothing():
    contest = weigh({Modality.TEXT: [3, -3], Modality.VISION: [1, 1, 1]})
    assert (contest.labels[Modality.TEXT], contest.spreads[Modality.TEXT]) == (None, None)
    assert (contest.widest, contest.conflict) == (0, None)


def test_a_clip_without_scores_is_not_contested():
    assert weigh({}).widest is None
