from pathlib import Path

import numpy as np
import pytest

from datasets.features import Ragged, RaggedWriter, open_ragged
from datasets.formats.chsims_features import Sections, build_arrays, pickles, section
from datasets.manifest import FrozenClip
from datasets.vocabulary import Modality, Split

DIMS = {Modality.TEXT: 6, Modality.AUDIO: 3, Modality.VISION: 4}


def clip(number: int, split: Split | None) -> FrozenClip:
    labels = dict.fromkeys(Modality, number % 11 - 5) if split else {}
    return FrozenClip("v", str(number), f"第{number}句", "", 1000, supervised=bool(split), split=split, labels=labels)


CLIPS = [clip(n, split) for n, split in enumerate([Split.TEST, Split.TRAIN, None, Split.VALID, Split.TRAIN, None])]


def ragged(folder: Path, modality: Modality, lengths: list[int], *, tokens: bool = False) -> Ragged:
    columns = [str(n) for n in range(DIMS[modality])]
    with RaggedWriter(folder / f"{modality}.arrow", columns=columns, rate=None, extractor="test") as writer:
        for row, (each, length) in enumerate(zip(CLIPS, lengths, strict=True)):
            values = np.full((length, len(columns)), row + 1)
            writer.add(each.name, values, np.full((3, 50), row) if tokens else None)
    return open_ragged(folder / f"{modality}.arrow")


@pytest.fixture
def features(tmp_path: Path) -> dict[Modality, Ragged]:
    return {
        Modality.TEXT: ragged(tmp_path, Modality.TEXT, [1] * 6),
        Modality.AUDIO: ragged(tmp_path, Modality.AUDIO, [10, 20, 30, 40, 1000, 60]),
        Modality.VISION: ragged(tmp_path, Modality.VISION, [1, 2, 3, 4, 5, 6]),
    }


def split_of(name: str, features: dict[Modality, Ragged], folder: Path) -> dict:
    sections = Sections.of(CLIPS)
    return section(sections, build_arrays(sections, features, folder), name)


def test_every_split_has_its_clips_in_one_order(features: dict[Modality, Ragged], tmp_path: Path) -> None:
    ids = {"train": [1, 4], "valid": [3], "test": [0], "unsupervised": [2, 5], "train_mix": [1, 4, 2, 5]}
    for name, numbers in ids.items():
        split = split_of(name, features, tmp_path)
        assert split["id"] == [f"v$_${number}" for number in numbers]
        assert split["raw_text"] == [f"第{number}句" for number in numbers]
        for modality in DIMS:
            assert [row[0, 0] for row in split[str(modality)]] == [number + 1 for number in numbers]


def test_arrays_have_the_published_lengths_padded_with_zeros_at_the_end(
    features: dict[Modality, Ragged], tmp_path: Path
) -> None:
    split = split_of("train", features, tmp_path)
    assert {name: split[name].shape for name in DIMS} == {
        "text": (2, 50, 6),
        "audio": (2, 925, 3),
        "vision": (2, 232, 4),
    }
    assert all(split[name].dtype == np.float32 for name in DIMS)
    assert split["audio"][0, 19, 0] == 2
    assert not split["audio"][0, 20:].any()
    assert not split["text"][:, 1:].any()


def test_lengths_are_true_and_at_most_the_array(features: dict[Modality, Ragged], tmp_path: Path) -> None:
    split = split_of("train", features, tmp_path)
    assert split["audio_lengths"].tolist() == [20, 925]
    assert split["vision_lengths"].tolist() == [2, 5]


def test_labels_are_on_the_scale_of_one_and_unsupervised_ones_are_masked(
    features: dict[Modality, Ragged], tmp_path: Path
) -> None:
    split = split_of("train_mix", features, tmp_path)
    for suffix in ("", "_T", "_A", "_V"):
        np.testing.assert_allclose(split[f"regression_labels{suffix}"], [-0.8, -0.2, 0, 0])
    assert split["mask"].tolist() == [1, 1, 0, 0]
    assert split["annotations"] == ["Negative", "Negative", "", ""]
    assert "mask" not in split_of("train", features, tmp_path)


def test_without_bert_the_tokens_are_there_and_attend_to_nothing(
    features: dict[Modality, Ragged], tmp_path: Path
) -> None:
    empty = split_of("train", features, tmp_path)["text_bert"]
    assert (empty.shape, empty.dtype, empty.any()) == ((2, 3, 50), np.int64, False)
    features[Modality.TEXT] = ragged(tmp_path, Modality.TEXT, [50] * 6, tokens=True)
    tokens = split_of("train", features, tmp_path)["text_bert"]
    assert (tokens.shape, tokens.dtype) == ((2, 3, 50), np.int64)
    assert tokens[1].min() == tokens[1].max() == 4


def test_a_missing_unimodal_label_is_no_number(features: dict[Modality, Ragged], tmp_path: Path) -> None:
    only = FrozenClip("v", "0", "", "", 1, split=Split.TRAIN, labels={Modality.MULTIMODAL: 5})
    sections = Sections.of([only])
    split = section(sections, build_arrays(sections, features, tmp_path), "train")
    assert split["regression_labels"].tolist() == [1.0]
    assert np.isnan(split["regression_labels_A"]).all()


def test_the_unsupervised_file_exists_only_where_there_are_such_clips() -> None:
    assert [name for name, _ in pickles(Sections.of(CLIPS))] == [
        "unaligned_s.pkl", "unaligned_u.pkl", "unaligned_mix.pkl",
    ]  # fmt: skip
    assert [name for name, _ in pickles(Sections.of(CLIPS[:2]))] == ["unaligned_s.pkl", "unaligned_mix.pkl"]
