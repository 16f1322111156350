import json
from dataclasses import replace

import pytest

from datasets.manifest import (
    BadManifest,
    FrozenClip,
    FrozenScore,
    Manifest,
    digest,
    read_manifest,
    write_manifest,
)
from datasets.splitting import Grouping
from datasets.vocabulary import Modality, Split

SCORES = [FrozenScore("A2", -1, milliseconds=2500, plays=1), FrozenScore("A1", 3, simulated=True)]
FIRST = FrozenClip(
    video_id="v1",
    clip_id="0001",
    transcript="你好，“世界”",
    media_sha256="ab" * 32,
    milliseconds=3040,
    speaker="王",
    split=Split.TRAIN,
    labels={Modality.TEXT: -5, Modality.MULTIMODAL: 2},
    scores={Modality.TEXT: SCORES},
)
SECOND = FrozenClip("v1", "0002", "没有标签", "cd" * 32, 2000, supervised=False)
MANIFEST = Manifest(clips=[FIRST, SECOND], aggregation="trimmed_mean", seed=1111, grouping=Grouping.SPEAKER)


def test_what_was_written_is_read_back() -> None:
    content = write_manifest(MANIFEST)
    again = read_manifest(content, sha256=digest(content))
    assert again.clips[1] == SECOND
    assert write_manifest(again) == content
    assert sorted(again.clips[0].scores[Modality.TEXT], key=lambda score: score.annotator) == [SCORES[1], SCORES[0]]


def test_the_order_of_clips_scores_and_labels_changes_nothing() -> None:
    shuffled = replace(
        FIRST,
        labels={Modality.MULTIMODAL: 2, Modality.TEXT: -5},
        scores={Modality.TEXT: SCORES[::-1]},
    )
    assert write_manifest(replace(MANIFEST, clips=[SECOND, shuffled])) == write_manifest(MANIFEST)


@pytest.mark.parametrize(
    "change",
    [
        {"transcript": "你好"},
        {"media_sha256": "00" * 32},
        {"labels": {Modality.TEXT: -4, Modality.MULTIMODAL: 2}},
        {"split": Split.TEST},
        {"scores": {Modality.TEXT: SCORES[:1]}},
        {"speaker": ""},
        {"supervised": False},
    ],
)
def test_every_frozen_fact_changes_the_hash(change: dict) -> None:
    changed = replace(MANIFEST, clips=[replace(FIRST, **change), SECOND])
    assert digest(write_manifest(changed)) != digest(write_manifest(MANIFEST))


@pytest.mark.parametrize("change", [{"seed": 2}, {"aggregation": "mean"}, {"grouping": Grouping.CLIP}])
def test_the_rules_behind_it_change_the_hash(change: dict) -> None:
    assert digest(write_manifest(replace(MANIFEST, **change))) != digest(write_manifest(MANIFEST))


def test_the_json_is_canonical() -> None:
    content = write_manifest(MANIFEST)
    canonical = json.dumps(json.loads(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert content.decode() == canonical
    assert "你好" in content.decode()


def test_there_is_no_float_in_it() -> None:
    json.loads(write_manifest(MANIFEST), parse_float=lambda text: pytest.fail(f"found the float {text}"))


def test_a_damaged_manifest_is_refused() -> None:
    content = write_manifest(MANIFEST)
    with pytest.raises(BadManifest, match="not the one published"):
        read_manifest(content.replace(b"0001", b"0009"), sha256=digest(content))


def test_a_manifest_with_simulated_scores_says_so() -> None:
    assert MANIFEST.simulated
    assert not replace(MANIFEST, clips=[SECOND]).simulated
