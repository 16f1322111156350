import io
import pickle
import pickletools
import tracemalloc

import numpy as np
import pytest

from datasets.formats.pickling import write_pickle


def pickled(content: dict) -> bytes:
    file = io.BytesIO()
    write_pickle(file, content)
    return file.getvalue()


def test_a_pickle_names_nothing_but_numpys_array_and_dtype() -> None:
    content = pickled({"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.arange(3), "c": ["x", "x"]})
    strings = [argument for _, argument, _ in pickletools.genops(content) if isinstance(argument, str)]
    assert "_reconstruct" not in strings
    assert not [text for text in strings if "multiarray" in text]
    again = pickle.loads(content)
    np.testing.assert_array_equal(again["a"], [[0, 1, 2], [3, 4, 5]])
    assert again["a"].flags.writeable
    assert again["b"].dtype == np.int64


def test_equal_content_gives_equal_bytes_whichever_objects_hold_it() -> None:
    text = "".join(["same", " text"])
    assert pickled({"a": [text, text]}) == pickled({"a": ["same text", "".join(["same", " text"])]})


def test_a_pickle_is_of_protocol_4() -> None:
    assert pickled({})[:2] == b"\x80\x04"


def test_everything_comes_back_as_it_was() -> None:
    content = {
        "train": {
            "id": ["v$_$1", "第二句"],
            "empty": [],
            "text": np.random.default_rng(1).random((2, 50, 7), dtype=np.float32),
            "mask": np.array([1, 0]),
            "none": np.zeros((0, 925, 25), np.float32),
            "labels": np.array([np.nan, -0.8], np.float32),
        }
    }
    again = pickle.loads(pickled(content))["train"]
    assert list(again) == list(content["train"])
    assert (again["id"], again["empty"]) == (["v$_$1", "第二句"], [])
    for name in ("text", "mask", "none", "labels"):
        np.testing.assert_array_equal(again[name], content["train"][name])
        assert (again[name].dtype, again[name].shape) == (content["train"][name].dtype, content["train"][name].shape)


def test_a_strided_array_is_written_in_its_own_order() -> None:
    array = np.arange(12).reshape(3, 4)
    np.testing.assert_array_equal(pickle.loads(pickled({"a": array.T}))["a"], array.T)


def test_an_array_is_never_copied_whole() -> None:
    class Nowhere:
        written = 0

        def write(self, data: bytes | memoryview) -> int:
            self.written += len(data)
            return len(data)

    file, array = Nowhere(), np.zeros((64, 1024, 256), np.float32)  # 64 MiB
    tracemalloc.start()
    write_pickle(file, {"a": array})
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert file.written > array.nbytes
    assert peak < 1_000_000


def test_anything_else_is_refused() -> None:
    with pytest.raises(TypeError, match="not set"):
        pickled({"a": {1}})
