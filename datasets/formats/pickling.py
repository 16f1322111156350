"""Write dicts of texts and arrays as a pickle, array by array from the disk, in bounded memory.

Python's own pickler copies every array whole before it writes it, and NumPy 2 names a module in pickles that NumPy 1
lacks. What is written here names `numpy.ndarray` and `numpy.dtype` alone, so every NumPy reads it, and equal content
gives equal bytes. Opcodes are those of the standard library's `pickle`, protocol 4 (Python 3.4 and later).
"""

import pickle
import struct
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

PROTOCOL = 4
CHUNK = 1 << 22


def write_pickle(file: BinaryIO, content: Mapping[str, Any]) -> None:
    """Write dicts by text of dicts, lists of text, and arrays of numbers; TypeError for anything else."""
    file.write(pickle.PROTO + bytes([PROTOCOL]))
    write_value(file, content)
    file.write(pickle.STOP)


def write_value(file: BinaryIO, value: object) -> None:
    """Leave one value on the reader's stack."""
    if isinstance(value, str):
        text = value.encode()
        file.write(pickle.BINUNICODE + struct.pack("<I", len(text)) + text)
    elif isinstance(value, int):
        file.write(pickle.LONG1 + b"\x08" + struct.pack("<q", value))
    elif isinstance(value, np.ndarray):
        write_array(file, value)
    elif isinstance(value, Mapping):
        file.write(pickle.EMPTY_DICT)
        write_all(file, [part for item in value.items() for part in item], pickle.SETITEMS)
    elif isinstance(value, list):
        file.write(pickle.EMPTY_LIST)
        write_all(file, value, pickle.APPENDS)
    elif isinstance(value, tuple):
        write_all(file, value, pickle.TUPLE)
    else:
        raise TypeError(f"A feature pickle holds texts, lists and arrays, not {type(value).__name__}.")


def write_all(file: BinaryIO, values: Sequence[object], then: bytes) -> None:
    """Values between a mark and the opcode that gathers them."""
    file.write(pickle.MARK)
    for value in values:
        write_value(file, value)
    file.write(then)


def write_array(file: BinaryIO, array: npt.NDArray[Any]) -> None:
    """An empty array, then its state as `numpy.ndarray.__setstate__` takes it: 1, shape, type, order, bytes."""
    array = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    write_numpy_name(file, "ndarray")
    write_value(file, ((0,),))
    file.write(pickle.NEWOBJ + pickle.MARK)
    write_value(file, 1)
    write_value(file, array.shape)
    write_numpy_name(file, "dtype")
    write_value(file, (array.dtype.str,))
    file.write(pickle.REDUCE + pickle.NEWFALSE)
    file.write(pickle.BINBYTES8 + struct.pack("<Q", array.nbytes))
    data = array.reshape(-1).view(np.uint8)
    for start in range(0, len(data), CHUNK):
        file.write(data[start : start + CHUNK].data)
    file.write(pickle.TUPLE + pickle.BUILD)


def write_numpy_name(file: BinaryIO, name: str) -> None:
    """A class of NumPy, by name."""
    write_value(file, "numpy")
    write_value(file, name)
    file.write(pickle.STACK_GLOBAL)
