"""Pickles from anywhere: arrays come back, whatever else a pickle asks for is refused by name and never run."""

import io
import os
import pickle
import struct
from pathlib import Path

import numpy as np
import pytest

from datasets.formats.pickling import write_pickle
from datasets.formats.stored_arrays import StoredArray
from datasets.formats.unpickling import BadPickle, RefusedPickle, read_pickle

CONTENT = {
    "train": {
        "id": ["v$_$1", "第二句"],
        "text": np.random.default_rng(1).random((2, 5, 7), dtype=np.float32),
        "audio": np.asfortranarray(np.arange(12.0).reshape(3, 4)),
        "vision": np.arange(6, dtype=">f8").reshape(2, 3),
        "audio_lengths": [np.int64(3), np.float32(0.5)],
        "names": np.array(["a", "第"]),
        "objects": np.array(["x", None, 3], object),
        "none": np.zeros((0, 925, 25), np.float32),
        "numbers": (1, -(2**40), 0.25, True, None, 10**30),
    }
}


def same(found: object, expected: object) -> None:
    if isinstance(expected, np.ndarray):
        assert isinstance(found, StoredArray)
        assert (found.shape, found.dtype) == (expected.shape, expected.dtype)
        np.testing.assert_array_equal(found.load(), expected)
        np.testing.assert_array_equal(found.rows(1, 2), expected[1:2])
    elif isinstance(expected, dict):
        assert isinstance(found, dict)
        assert list(found) == list(expected)
        for key in expected:
            same(found[key], expected[key])
    else:
        assert found == expected


@pytest.mark.parametrize("protocol", range(6))
def test_arrays_and_containers_come_back_from_every_protocol(tmp_path: Path, protocol: int) -> None:
    (tmp_path / "a.pkl").write_bytes(pickle.dumps(CONTENT, protocol))
    same(read_pickle(tmp_path / "a.pkl"), CONTENT)


def test_our_own_pickles_come_back_from_the_middle_of_a_file(tmp_path: Path) -> None:
    file = io.BytesIO()
    content = {"train": {"id": ["a"], "text": CONTENT["train"]["text"]}}
    write_pickle(file, content)
    (tmp_path / "a").write_bytes(b"before" + file.getvalue() + b"behind")
    same(read_pickle(tmp_path / "a", start=6, size=len(file.getvalue())), content)


def test_lists_that_hold_each_other_without_end_are_not_gone_into(tmp_path: Path) -> None:
    doubled: list = [1]
    for _ in range(60):
        doubled = [doubled, doubled]
    array = np.empty(2, object)
    array[0] = array[1] = doubled
    (tmp_path / "a.pkl").write_bytes(pickle.dumps(array))
    assert read_pickle(tmp_path / "a.pkl").load().shape == (2,)


def test_one_array_named_twice_is_one_array(tmp_path: Path) -> None:
    array = np.arange(3)
    (tmp_path / "a.pkl").write_bytes(pickle.dumps([array, array]))
    first, second = read_pickle(tmp_path / "a.pkl")
    assert first is second


class Runs:
    """Pickles as a call of any function."""

    def __init__(self, function: object, *arguments: object) -> None:
        self.answer = (function, arguments)

    def __reduce__(self):
        return self.answer


class WithState:
    def __setstate__(self, state: object) -> None:
        raise AssertionError("run")


def trap(marker: Path) -> str:
    return f"open({str(marker)!r}, 'w')"


def tricks(marker: Path) -> dict[str, bytes]:
    """A dozen ways to make an unpickler run `marker`'s file into being, or to lead it astray."""
    command = f"touch {marker}"
    text = command.encode()
    return {
        "system": pickle.dumps(Runs(os.system, command)),
        "system in a dict of arrays": pickle.dumps({"train": {"text": np.zeros(2), "id": Runs(os.system, command)}}),
        "eval": pickle.dumps(Runs(eval, trap(marker))),
        "exec of protocol 0": pickle.dumps(Runs(exec, trap(marker)), 0),
        "an object with a state": pickle.dumps(WithState()),
        "INST": b"(S'" + text + b"'\nios\nsystem\n.",
        "OBJ": b"(cos\nsystem\nS'" + text + b"'\no.",
        "GLOBAL and REDUCE": b"cos\nsystem\n(S'" + text + b"'\ntR.",
        "STACK_GLOBAL": b"\x80\x04\x8c\x02os\x8c\x06system\x93\x8c" + bytes([len(text)]) + text + b"\x85R.",
        "NEWOBJ_EX": b"\x80\x04cnumpy\nndarray\n)}\x92.",
        "NEWOBJ": b"\x80\x02csubprocess\nPopen\n(S'" + text + b"'\nt\x81.",
        "EXT1": b"\x80\x02\x82\x01.",
        "PERSID": b"Pevil\n.",
        "BINPERSID": b"S'evil'\nQ.",
        "BUILD of a dict": b"}}b.",
        "a function of numpy": pickle.dumps(Runs(np.load, str(marker))),
        "runstring": b"cnumpy.testing._private.utils\nrunstring\n(S'" + text + b"'\n}tR.",
        "a name reached by dots": b"\x80\x04\x8c\x05numpy\x8c\x10ndarray.__init__\x93.",
        "ndarray of objects by dtype": pickle.dumps(Runs(np.dtype, [("a", "O")])),
        "encode by another codec": b"c_codecs\nencode\n(cos\nsystem\nS'x'\ntR.",
        "a key that takes for ever to hash": b"\x80\x02})" + b"2\x86" * 60 + b"Ns.",
        "dtype as a function": b"cnumpy\ndtype\n(cos\nsystem\ntR.",
    }


NAMES = list(tricks(Path("x")))


@pytest.mark.parametrize("name", NAMES)
def test_a_pickle_that_tries_anything_is_refused_and_nothing_is_run(tmp_path: Path, name: str) -> None:
    marker = tmp_path / "was-run"
    (tmp_path / "bad.pkl").write_bytes(tricks(marker)[name])
    with pytest.raises(RefusedPickle) as refused:
        read_pickle(tmp_path / "bad.pkl")
    assert "bad.pkl" in refused.value.message
    assert not marker.exists()


def test_the_refusal_names_what_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "bad.pkl").write_bytes(pickle.dumps(Runs(os.system, "true")))
    with pytest.raises(RefusedPickle, match=r"asks for (posix|nt)\.system, which is no NumPy array"):
        read_pickle(tmp_path / "bad.pkl")


@pytest.mark.parametrize("keep", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_pickle_is_one_clear_error(tmp_path: Path, keep: float) -> None:
    content = pickle.dumps(CONTENT, 4)
    (tmp_path / "cut.pkl").write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(BadPickle, match=r"cut\.pkl is no pickle that can be read, or is cut off"):
        read_pickle(tmp_path / "cut.pkl")


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"\x89PNG\r\n", b"hello world\n", b"0.", b"t.", b"(.", b"]]}u.", b"}]\x85R."],
)
def test_what_is_no_pickle_of_ours_is_an_error_and_no_crash(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.pkl").write_bytes(content)
    with pytest.raises(BadPickle, match=r"odd\.pkl"):
        read_pickle(tmp_path / "odd.pkl")


def test_an_array_whose_bytes_do_not_fit_its_shape_is_damaged(tmp_path: Path) -> None:
    content = pickle.dumps(np.zeros((2, 3), np.float32), 4)
    assert b"K\x02K\x03\x86" in content
    (tmp_path / "a.pkl").write_bytes(content.replace(b"K\x02K\x03\x86", b"K\xc8K\x03\x86"))
    with pytest.raises(BadPickle, match=r"shape \(200, 3\) with 24 bytes"):
        read_pickle(tmp_path / "a.pkl")


def test_bytes_that_are_promised_and_not_there_are_never_asked_for(tmp_path: Path) -> None:
    (tmp_path / "bomb.pkl").write_bytes(b"\x80\x04\x8e" + struct.pack("<Q", 1 << 60) + b"x.")
    with pytest.raises(BadPickle, match="cut off"):
        read_pickle(tmp_path / "bomb.pkl")
