"""A version that was read, as a torch Dataset and as a corpus."""

from collections.abc import Mapping

import numpy as np
import pytest
import torch

from datasets.manifest import FrozenClip, Manifest
from datasets.reader import Frames, ReadVersion
from datasets.splitting import Grouping
from datasets.vocabulary import Modality, Split
from modeling import BadFeatures, ClipDataset, collate_clips, corpus_of

SPLITS = [Split.TRAIN, None, Split.VALID, Split.TRAIN]
WIDTHS = {Modality.TEXT: 4, Modality.AUDIO: 3, Modality.VISION: 2}


def frames(modality: Modality, rows: Mapping[str, int]) -> Frames:
    """Of row n, n + 1 frames that hold n."""
    return Frames(rows, WIDTHS[modality], lambda row: np.full((row + 1, WIDTHS[modality]), row, np.float32))


@pytest.fixture
def version() -> ReadVersion:
    """Four clips, one of them unsupervised; the last has no features."""
    clips = [
        FrozenClip(
            "v", str(n), f"第{n}句", "", 1, supervised=bool(split), split=split,
            labels={Modality.MULTIMODAL: n, Modality.TEXT: -n} if split else {},
        )
        for n, split in enumerate(SPLITS)
    ]  # fmt: skip
    rows = {clip.name: n for n, clip in enumerate(clips[:3])}
    manifest = Manifest(clips, "trimmed_mean", 1, Grouping.SOURCE)
    return ReadVersion("mydata", "1.0.0", "0" * 64, manifest, {m: frames(m, rows) for m in WIDTHS})


def test_a_split_has_its_clips_that_have_features(version: ReadVersion) -> None:
    assert [item["id"] for item in ClipDataset(version, "train")] == ["v$_$0"]
    (item,) = ClipDataset(version, "valid")
    assert item["audio"].tolist() == [[2.0] * 3] * 3
    assert item["labels"]["text"].item() == pytest.approx(-0.4)
    assert torch.isnan(item["labels"]["vision"])
    assert len(ClipDataset(version, "unsupervised")) == 1


def test_a_batch_is_padded_with_zeros_and_tells_lengths(version: ReadVersion) -> None:
    items = [*ClipDataset(version, "valid"), *ClipDataset(version, "unsupervised")]
    batch = collate_clips(items)
    assert batch["vision"].shape == (2, 3, 2)
    assert batch["vision_lengths"].tolist() == [3, 2]
    assert not batch["vision"][1, 2:].any()
    assert batch["labels"]["multimodal"].shape == (2,)
    assert batch["id"] == ["v$_$2", "v$_$1"]


def test_a_corpus_has_every_clip_in_order_and_rows_by_split(version: ReadVersion) -> None:
    made = corpus_of(version)
    assert {name: rows.tolist() for name, rows in made.rows.items()} == {
        "train": [0, 3], "valid": [2], "test": [], "unsupervised": [1],
    }  # fmt: skip
    assert made.train_rows.tolist() == [0, 3, 1]
    assert made.corpus.features[Modality.AUDIO].lengths.tolist() == [1, 2, 3, 0]
    assert made.corpus.supervised.tolist() == [True, False, True, True]
    np.testing.assert_allclose(made.corpus.labels[Modality.MULTIMODAL], [0, np.nan, 0.4, 0.6])


def test_without_features_the_error_names_the_export_to_read(version: ReadVersion) -> None:
    bare = ReadVersion("mydata", "1.0.0", "0" * 64, version.manifest)
    with pytest.raises(BadFeatures, match="read a CH-SIMS export"):
        corpus_of(bare)
