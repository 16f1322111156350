from dataclasses import replace

from datasets.manifest import FrozenClip, FrozenScore, Manifest
from datasets.splitting import Grouping
from datasets.versions.difference import (
    AnnotatorChange,
    LabelChange,
    RuleChange,
    ScoreChange,
    SplitChange,
    TextChange,
    compare,
)
from datasets.vocabulary import Modality, Split

FIRST = FrozenClip(
    video_id="v",
    clip_id="1",
    transcript="你好",
    media_sha256="aa",
    milliseconds=3000,
    split=Split.TRAIN,
    labels={Modality.TEXT: -2, Modality.MULTIMODAL: 2},
    scores={Modality.TEXT: [FrozenScore("A1", -1), FrozenScore("A2", -1), FrozenScore("A3", -2)]},
)
SECOND = FrozenClip("v", "2", "再见", "bb", 2000, supervised=False)
BEFORE = Manifest(clips=[FIRST, SECOND], aggregation="trimmed_mean", seed=1, grouping=Grouping.SPEAKER)


def after(*clips: FrozenClip, **rules: object) -> Manifest:
    return replace(BEFORE, clips=clips or BEFORE.clips, **rules)


def test_the_same_content_has_no_difference() -> None:
    assert compare(BEFORE, after()).is_empty


def test_clips_added_and_removed_are_named() -> None:
    difference = compare(BEFORE, after(FIRST, replace(SECOND, clip_id="3")))
    assert (difference.added, difference.removed) == (["v$_$3"], ["v$_$2"])


def test_a_changed_label_tells_by_how_much_and_through_whom() -> None:
    scores = {Modality.TEXT: [FrozenScore("A1", -1), FrozenScore("A2", 2), FrozenScore("A4", 0)]}
    changed = replace(FIRST, labels={Modality.TEXT: 1, Modality.MULTIMODAL: 2}, scores=scores)
    difference = compare(BEFORE, after(changed, SECOND))
    people = [ScoreChange("A2", -1, 2), ScoreChange("A3", -2, None), ScoreChange("A4", None, 0)]
    assert difference.labels == [LabelChange("v$_$1", Modality.TEXT, -2, 1, people)]
    assert difference.annotators == [AnnotatorChange(who, 1, 1) for who in ("A2", "A3", "A4")]
    assert difference.labels[0].by == 3
    assert not difference.rescored


def test_a_label_that_stays_although_a_score_changed_is_told_apart() -> None:
    scores = {Modality.TEXT: [*FIRST.scores[Modality.TEXT][:2], FrozenScore("A3", -3)]}
    difference = compare(BEFORE, after(replace(FIRST, scores=scores), SECOND))
    assert not difference.labels
    assert difference.rescored == [LabelChange("v$_$1", Modality.TEXT, -2, -2, [ScoreChange("A3", -2, -3)])]


def test_a_label_that_came_moved_by_nothing() -> None:
    changed = replace(FIRST, labels={**FIRST.labels, Modality.AUDIO: 5})
    (change,) = compare(BEFORE, after(changed, SECOND)).labels
    assert (change.before, change.after, change.by) == (None, 5, 0)


def test_time_spent_on_a_score_is_no_change_of_the_score() -> None:
    scores = {Modality.TEXT: [score._replace(milliseconds=9) for score in FIRST.scores[Modality.TEXT]]}
    assert compare(BEFORE, after(replace(FIRST, scores=scores), SECOND)).is_empty


def test_splits_transcripts_and_media_that_changed_are_told() -> None:
    changed = replace(FIRST, split=Split.TEST, transcript="您好", media_sha256="cc")
    difference = compare(BEFORE, after(changed, SECOND))
    assert difference.splits == [SplitChange("v$_$1", Split.TRAIN, Split.TEST)]
    assert difference.transcripts == [TextChange("v$_$1", "你好", "您好")]
    assert difference.media == ["v$_$1"]


def test_rules_that_changed_are_told() -> None:
    difference = compare(BEFORE, after(seed=2, grouping=Grouping.SOURCE))
    assert difference.rules == [RuleChange("seed", "1", "2"), RuleChange("grouping", "speaker", "source")]
