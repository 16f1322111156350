from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from datasets.features import BadFeatureFile, RaggedWriter, open_ragged


def write(path: Path, clips: dict[str, np.ndarray], *, tokens: dict[str, np.ndarray] | None = None) -> None:
    with RaggedWriter(path, columns=["pitch", "loudness"], rate=100.0, extractor="egemaps") as writer:
        for clip, values in clips.items():
            writer.add(clip, values, None if tokens is None else tokens[clip])


def frames(count: int, start: float = 0.0) -> np.ndarray:
    return np.arange(start, start + count * 2, dtype=np.float32).reshape(count, 2)


def test_clips_of_any_length_come_back_as_they_were(tmp_path: Path) -> None:
    clips = {"a$_$1": frames(3), "a$_$2": frames(0), "b$_$1": frames(5, 100)}
    write(tmp_path / "audio.arrow", clips)
    ragged = open_ragged(tmp_path / "audio.arrow")
    assert ragged.clips == list(clips)
    assert ragged.offsets.tolist() == [0, 3, 3, 8]
    assert ragged.values.shape == (8, 2)
    assert ragged.values.dtype == np.float32
    for clip, values in clips.items():
        np.testing.assert_array_equal(ragged.clip(ragged.rows[clip]), values)
    assert (ragged.columns, ragged.dim, ragged.rate, ragged.extractor) == (["pitch", "loudness"], 2, 100.0, "egemaps")
    assert ragged.tokens is None


def test_values_stay_on_the_disk(tmp_path: Path) -> None:
    write(tmp_path / "audio.arrow", {"a": np.zeros((100_000, 2), np.float32)})
    before = pa.total_allocated_bytes()
    ragged = open_ragged(tmp_path / "audio.arrow")
    assert ragged.values[-1].tolist() == [0, 0]
    assert pa.total_allocated_bytes() - before < 10_000
    assert not ragged.values.flags.writeable


def test_tokens_keep_their_shape(tmp_path: Path) -> None:
    tokens = {clip: np.arange(150).reshape(3, 50) + n for n, clip in enumerate("ab")}
    write(tmp_path / "text.arrow", {"a": frames(1), "b": frames(1)}, tokens=tokens)
    found = open_ragged(tmp_path / "text.arrow").tokens
    assert found is not None
    assert found.shape == (2, 3, 50)
    np.testing.assert_array_equal(found[1], tokens["b"])


def test_the_same_features_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, {"a": frames(4), "b": frames(2)})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_no_clip_at_all_is_an_empty_file_of_features(tmp_path: Path) -> None:
    write(tmp_path / "none.arrow", {})
    ragged = open_ragged(tmp_path / "none.arrow")
    assert (ragged.clips, ragged.values.shape, ragged.offsets.tolist()) == ([], (0, 2), [0])


def test_a_writer_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(BadFeatureFile, match=r"shape \(3,\), not \(time, 2\)"):
        write(tmp_path / "audio.arrow", {"a": frames(2), "b": np.zeros(3)})
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[RaggedWriter]:
    with RaggedWriter(tmp_path / "x", columns=["a"], rate=None, extractor="bert") as writer:
        yield writer


def test_a_clip_is_added_once(writer: RaggedWriter) -> None:
    writer.add("a", np.zeros((1, 1)))
    with pytest.raises(BadFeatureFile, match="added twice"):
        writer.add("a", np.zeros((1, 1)))


def test_tokens_are_given_for_every_clip_or_none(writer: RaggedWriter) -> None:
    writer.add("a", np.zeros((1, 1)), np.zeros((3, 50)))
    with pytest.raises(BadFeatureFile, match="every clip"):
        writer.add("b", np.zeros((1, 1)))


@pytest.mark.parametrize("content", [b"", b"not arrow at all"])
def test_a_foreign_file_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "foreign.arrow").write_bytes(content)
    with pytest.raises(BadFeatureFile, match=r"foreign\.arrow cannot be read"):
        open_ragged(tmp_path / "foreign.arrow")


def test_an_arrow_file_of_others_is_refused(tmp_path: Path) -> None:
    table = pa.table({"x": [1]})
    with pa.OSFile(str(tmp_path / "x.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    with pytest.raises(BadFeatureFile, match="not a feature file"):
        open_ragged(tmp_path / "x.arrow")
