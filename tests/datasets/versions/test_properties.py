"""What holds for any scores, any clips and any manifest: aggregation, splitting and hashing, by Hypothesis."""

import json
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from itertools import combinations_with_replacement

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from annotator.aggregation.trimmed_mean import label_in_fifths
from datasets.manifest import FrozenClip, FrozenScore, Manifest, digest, read_manifest, write_manifest
from datasets.splitting import Candidate, CannotSplit, Grouping, assign_splits, group_clips
from datasets.vocabulary import HIGHEST_FIFTHS, LOWEST_FIFTHS, Modality, SentimentClass, Split

SCORES = some.lists(some.integers(-3, 3), min_size=3, max_size=12)
# Nothing here waits for a clock: a busy machine must not fail a test.
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
UNHURRIED = settings(CALM, max_examples=40)


@CALM
@given(SCORES.flatmap(lambda scores: some.tuples(some.just(scores), some.permutations(scores))))
def test_the_order_of_scores_does_not_matter(both: tuple[list[int], list[int]]) -> None:
    assert label_in_fifths(both[0]) == label_in_fifths(both[1])


@CALM
@given(SCORES)
def test_negating_every_score_negates_the_label(scores: list[int]) -> None:
    assert label_in_fifths([-score for score in scores]) == -label_in_fifths(scores)


@CALM
@given(SCORES)
def test_every_label_is_on_the_grid(scores: list[int]) -> None:
    label = label_in_fifths(scores)
    assert isinstance(label, int)
    assert LOWEST_FIFTHS <= label <= HIGHEST_FIFTHS


def test_all_multisets_of_seven_scores_agree_with_exact_fractions() -> None:
    for scores in combinations_with_replacement(range(-3, 4), 7):
        mean = Fraction(sum(scores) - min(scores) - max(scores), 5)
        nearest = min(range(-5, 6), key=lambda fifths: abs(Fraction(fifths, 5) - mean / 3))
        assert label_in_fifths(scores) == nearest, scores


CANDIDATES = some.lists(
    some.tuples(some.integers(0, 12), some.sampled_from(["", "", "王", "李", "张"]), some.sampled_from(SentimentClass)),
    min_size=3,
    max_size=40,
).map(
    lambda rows: [
        Candidate(f"v{source}", str(number), speaker, sentiment)
        for number, (source, speaker, sentiment) in enumerate(rows)
    ]
)


@UNHURRIED
@given(CANDIDATES, some.integers(0, 2**31 - 1), some.sampled_from([Grouping.SPEAKER, Grouping.SOURCE, Grouping.CLIP]))
def test_every_clip_gets_one_split_by_seed_and_no_group_is_parted(
    clips: list[Candidate], seed: int, grouping: Grouping
) -> None:
    try:
        splits = assign_splits(clips, seed=seed, grouping=grouping)
    except CannotSplit:
        assert len(group_clips(clips, grouping)) < len(Split)
        return
    assert splits.keys() == {clip.key for clip in clips}
    assert set(splits.values()) == set(Split)
    assert assign_splits(clips[::-1], seed=seed, grouping=grouping) == splits
    kept_together = {"video_id": grouping is not Grouping.CLIP, "speaker": grouping is Grouping.SPEAKER}
    for name in (name for name, kept in kept_together.items() if kept):
        found = defaultdict(set)
        for clip in clips:
            found[getattr(clip, name)].add(splits[clip.key])
        assert all(len(places) == 1 for value, places in found.items() if value)


TEXTS = some.text(some.characters(exclude_categories=["Cs"]), max_size=20)
FROZEN_SCORES = some.lists(
    some.builds(
        FrozenScore,
        annotator=TEXTS,
        score=some.integers(-3, 3),
        milliseconds=some.none() | some.integers(0, 10**6),
        plays=some.none() | some.integers(0, 99),
        simulated=some.booleans(),
    ),
    max_size=4,
    unique_by=lambda score: score.annotator,
)
CLIPS = some.lists(
    some.builds(
        FrozenClip,
        video_id=TEXTS,
        clip_id=TEXTS,
        transcript=TEXTS,
        media_sha256=some.text("0123456789abcdef", min_size=64, max_size=64),
        milliseconds=some.integers(1, 10**6),
        split=some.none() | some.sampled_from(Split),
        labels=some.dictionaries(some.sampled_from(Modality), some.integers(-5, 5)),
        scores=some.dictionaries(some.sampled_from(Modality), FROZEN_SCORES.filter(bool)),
    ),
    max_size=4,
    unique_by=lambda clip: clip.key,
)


def manifest(clips: list[FrozenClip]) -> Manifest:
    return Manifest(clips=clips, aggregation="trimmed_mean", seed=1, grouping=Grouping.SOURCE)


@UNHURRIED
@given(CLIPS)
def test_a_manifest_has_one_hash_however_its_parts_are_ordered_and_is_read_back_whole(clips: list[FrozenClip]) -> None:
    turned = [
        replace(clip, scores={name: scores[::-1] for name, scores in reversed(list(clip.scores.items()))})
        for clip in clips[::-1]
    ]
    content = write_manifest(manifest(clips))
    assert write_manifest(manifest(turned)) == content
    assert write_manifest(read_manifest(content, sha256=digest(content))) == content
    standard = json.dumps(json.loads(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert standard.encode() == content  # whoever checks a hash needs no library of ours


@UNHURRIED
@given(CLIPS.filter(bool), some.data())
def test_another_transcript_gives_another_hash(clips: list[FrozenClip], data: some.DataObject) -> None:
    other = data.draw(TEXTS.filter(lambda text: text != clips[0].transcript))
    changed = [replace(clips[0], transcript=other), *clips[1:]]
    assert digest(write_manifest(manifest(changed))) != digest(write_manifest(manifest(clips)))
