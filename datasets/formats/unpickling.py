"""Read a pickle of texts, numbers, lists, dicts and NumPy arrays without running anything that it asks for.

Python's unpickler imports what a pickle names and calls it. This one is an interpreter of its own: names are compared
with a short list and never imported, calls are understood or refused, and the bytes of arrays stay in the file (see
`StoredArray`), so a file of any size is read in little memory. Opcodes are described in the standard library's
`pickletools`; protocols 0 to 5.
"""

import pickletools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from config.errors import DomainError
from datasets.formats.stored_arrays import StoredArray

# What NumPy itself writes into pickles of arrays, under its old and its new module path. Nothing else is understood.
ARRAY, DTYPE, RECONSTRUCT, SCALAR, FROM_BUFFER = "array", "dtype", "reconstruct", "scalar", "buffer"
# How protocols before 3 write bytes.
ENCODE, BYTES = "encode", "bytes"
ADMITTED: Mapping[tuple[str, str], str] = {
    ("numpy", "ndarray"): ARRAY,
    ("numpy", "dtype"): DTYPE,
    ("_codecs", "encode"): ENCODE,
    ("__builtin__", "bytes"): BYTES,
    ("builtins", "bytes"): BYTES,
    **{
        (f"numpy.{core}.{module}", name): meaning
        for core in ("core", "_core")
        for module, name, meaning in (
            ("multiarray", "_reconstruct", RECONSTRUCT),
            ("multiarray", "scalar", SCALAR),
            ("numeric", "_frombuffer", FROM_BUFFER),
        )
    },
}
KINDS = "fiubUSO"  # floats, integers, truths, texts, and lists of plain values
OPCODES = {opcode.code.encode("latin-1"): opcode for opcode in pickletools.opcodes}
# Opcodes that carry bytes, with the width of the length that stands before them.
PAYLOADS = {"SHORT_BINBYTES": 1, "BINBYTES": 4, "BINBYTES8": 8, "BYTEARRAY8": 8}
MARK = object()


class BadPickle(DomainError):
    """A file is no pickle of arrays and plain containers, or is damaged."""

    code = "bad_pickle"


class RefusedPickle(BadPickle):
    """A pickle asks for something to be run or imported; nothing was."""

    code = "refused_pickle"


@dataclass(frozen=True)
class Admitted:
    """One of the names of ADMITTED, as it stands on the reader's stack."""

    meaning: str


@dataclass(frozen=True)
class Payload:
    """Bytes that stay in the file."""

    offset: int
    size: int


def read_pickle(path: Path, *, start: int = 0, size: int | None = None) -> Any:  # whatever plain value it holds
    """The value of a pickle, arrays as `StoredArray`; RefusedPickle or BadPickle says what is wrong with it.

    `start` and `size` give the part of the file that is the pickle, as in an archive that compresses nothing.
    """
    end = start + (path.stat().st_size - start if size is None else size)
    with path.open("rb") as file:
        file.seek(start)
        reader = Reader(file, path, end)
        try:
            return reader.read()
        except DomainError:
            raise
        except (ValueError, IndexError, KeyError, TypeError, EOFError, OverflowError, AttributeError) as error:
            raise BadPickle(
                f"{path.name} is no pickle that can be read, or is cut off (at byte {file.tell()} of {end}); "
                "fetch or write it anew."
            ) from error


class Reader:
    """The stack, the marks and the memo of one pickle."""

    def __init__(self, file: BinaryIO, path: Path, end: int) -> None:
        self.file, self.path, self.end = file, path, end
        self.stack: list[Any] = []
        self.memo: dict[int, Any] = {}

    def read(self) -> Any:  # whatever plain value it holds
        """Interpret until STOP."""
        while True:
            code = self.file.read(1)
            if not code or self.file.tell() > self.end:
                raise EOFError
            opcode = OPCODES[code]
            if opcode.name == "STOP":
                value = self.stack.pop()
                if isinstance(value, Admitted | Payload) or value is MARK:
                    raise BadPickle(f"{self.path.name} holds no dict of arrays.")
                return value
            if opcode.name in PAYLOADS:
                self.stack.append(self.payload(PAYLOADS[opcode.name]))
                continue
            argument = opcode.arg.reader(self.file) if opcode.arg else None
            if opcode.name in CONSTANTS:
                self.stack.append(CONSTANTS[opcode.name])
            elif opcode.name in ARGUMENTS:
                self.stack.append(argument)
            elif opcode.name in STEPS:
                STEPS[opcode.name](self, argument)
            else:
                raise RefusedPickle(f"{self.path.name} uses the opcode {opcode.name}, which data never needs; refused.")

    def payload(self, width: int) -> Payload:
        """Step over bytes without reading them; EOFError when the file is cut off."""
        size = int.from_bytes(self.file.read(width), "little")
        found = Payload(self.file.tell(), size)
        if found.offset + size > self.end:
            raise EOFError
        self.file.seek(size, 1)
        return found

    def bytes_of(self, value: Payload | bytes) -> bytes:
        """The bytes of a payload; for the few that are small."""
        if isinstance(value, bytes):
            return value
        here = self.file.tell()
        self.file.seek(value.offset)
        content = self.file.read(value.size)
        self.file.seek(here)
        return content

    def to_mark(self) -> list[Any]:
        """Take everything above the topmost mark, and the mark."""
        place = len(self.stack) - 1
        while self.stack[place] is not MARK:  # IndexError where there is none
            place -= 1
        values = self.stack[place + 1 :]
        del self.stack[place:]
        return values

    def admit(self, module: str, name: str) -> Admitted:
        """A name of NumPy's; RefusedPickle for every other, which is neither imported nor looked up."""
        try:
            return Admitted(ADMITTED[module, name])
        except KeyError:
            raise RefusedPickle(
                f"{self.path.name} asks for {module}.{name}, which is no NumPy array or plain container; "
                "nothing of it was run. Do not open it with anything else."
            ) from None

    def call(self, function: object, arguments: tuple[Any, ...]) -> Any:  # the value that NumPy would make
        """What a call of an admitted name gives; RefusedPickle for all else."""
        match function, arguments:
            case Admitted("dtype"), (str(name), *_):
                return self.dtype(name)
            case Admitted("reconstruct"), (Admitted("array"), *_):
                return StoredArray((0,), np.dtype("u1"))
            case Admitted("array"), (tuple(shape), *_):
                return StoredArray(shape, np.dtype("u1"))
            case Admitted("buffer"), (data, np.dtype() as dtype, tuple(shape), str(order)):
                return self.fill(StoredArray((0,), dtype), shape, dtype, order, data)
            case Admitted("scalar"), (np.dtype() as dtype, data):
                return np.frombuffer(self.bytes_of(data), dtype)[0].item()
            case Admitted("bytes"), ():
                return b""
            case Admitted("encode"), (str(text), str(encoding)):
                return text.encode("latin-1" if encoding == "latin1" else "ascii")
        raise RefusedPickle(f"{self.path.name} calls something that is no NumPy array; refused, nothing was run.")

    def dtype(self, name: str) -> np.dtype[Any]:
        """A plain type of numbers or texts; records and the like are refused."""
        dtype = np.dtype(name)
        if dtype.kind not in KINDS or dtype.names:
            raise RefusedPickle(f"{self.path.name} has an array of {name}, which is neither numbers nor texts.")
        return dtype

    def build(self, made: object, state: Any) -> object:  # NumPy's own state of a type or an array
        """Give a type its byte order, or an array its shape and bytes; returns what stands on the stack then."""
        if isinstance(made, np.dtype):
            return made.newbyteorder(">") if state[1] == ">" else made
        if isinstance(made, StoredArray):
            _, shape, dtype, is_columns_first, data = state
            return self.fill(made, shape, dtype, "F" if is_columns_first else "C", data)
        raise RefusedPickle(f"{self.path.name} sets the state of something that is no NumPy array; refused.")

    def fill(
        self, array: StoredArray, shape: tuple[int, ...], dtype: np.dtype[Any], order: str, data: Any
    ) -> StoredArray:
        """Complete an array in its place, since the memo may name it already; BadPickle when the bytes do not fit."""
        array.shape, array.dtype, array.order = tuple(int(n) for n in shape), dtype, order
        if isinstance(data, Payload):
            array.path, array.offset, size = self.path, data.offset, data.size
        else:
            array.content, size = data, len(data) * (dtype.itemsize if isinstance(data, list) else 1)
        if min(array.shape, default=0) < 0 or prod(array.shape) * dtype.itemsize != size:
            raise BadPickle(f"{self.path.name} has an array of shape {array.shape} with {size} bytes; it is damaged.")
        return array

    def remember(self, place: int | None) -> None:
        """Put the top of the stack into the memo."""
        self.memo[len(self.memo) if place is None else int(place)] = self.stack[-1]


def append(reader: Reader, values: list[Any]) -> None:
    """Values to the list below them."""
    target = reader.stack[-1]
    if not isinstance(target, list):
        raise RefusedPickle(f"{reader.path.name} appends to something that is no list; refused.")
    target.extend(values)


def set_items(reader: Reader, values: list[Any]) -> None:
    """Keys and values into the dict below them."""
    target = reader.stack[-1]
    if not isinstance(target, dict):
        raise RefusedPickle(f"{reader.path.name} sets an item of something that is no dict; refused.")
    target.update(pairs(reader, values))


def pairs(reader: Reader, values: list[Any]) -> dict[Any, Any]:
    """Keys and values in turn; RefusedPickle for a key that is no name: hashing nested tuples may take for ever."""
    keys = values[::2]
    if not all(isinstance(key, str | bytes | int | float | None) for key in keys):
        raise RefusedPickle(f"{reader.path.name} has a dict whose keys are no texts or numbers; refused.")
    return dict(zip(keys, values[1::2], strict=True))


def taken(reader: Reader, count: int) -> list[Any]:
    """The topmost values, removed from the stack."""
    values = reader.stack[len(reader.stack) - count :]
    if len(values) != count or any(value is MARK for value in values):
        raise IndexError
    del reader.stack[len(reader.stack) - count :]
    return values


def pop_mark(reader: Reader, argument: object) -> None:
    """Drop everything down to the mark."""
    reader.to_mark()


def push(value_of: Callable[[Reader, Any], Any]) -> Callable[[Reader, Any], None]:
    """A step that puts one value on the stack."""
    return lambda reader, argument: reader.stack.append(value_of(reader, argument))


CONSTANTS: Mapping[str, Any] = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False, "MARK": MARK, "EMPTY_TUPLE": ()}
# The argument itself is the value.
ARGUMENTS = frozenset({
    "INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT", "STRING", "BINSTRING",
    "SHORT_BINSTRING", "UNICODE", "SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8",
})  # fmt: skip
STEPS: Mapping[str, Callable[[Reader, Any], None]] = {
    "PROTO": lambda reader, argument: None,
    "FRAME": lambda reader, argument: None,
    "POP": lambda reader, argument: reader.stack.pop(),
    "POP_MARK": pop_mark,
    "DUP": push(lambda reader, argument: reader.stack[-1]),
    "EMPTY_LIST": push(lambda reader, argument: []),
    "EMPTY_DICT": push(lambda reader, argument: {}),
    "LIST": push(lambda reader, argument: reader.to_mark()),
    "TUPLE": push(lambda reader, argument: tuple(reader.to_mark())),
    "TUPLE1": push(lambda reader, argument: tuple(taken(reader, 1))),
    "TUPLE2": push(lambda reader, argument: tuple(taken(reader, 2))),
    "TUPLE3": push(lambda reader, argument: tuple(taken(reader, 3))),
    "DICT": push(lambda reader, argument: pairs(reader, reader.to_mark())),
    "APPEND": lambda reader, argument: append(reader, taken(reader, 1)),
    "APPENDS": lambda reader, argument: append(reader, reader.to_mark()),
    "SETITEM": lambda reader, argument: set_items(reader, taken(reader, 2)),
    "SETITEMS": lambda reader, argument: set_items(reader, reader.to_mark()),
    "PUT": lambda reader, argument: reader.remember(argument),
    "BINPUT": lambda reader, argument: reader.remember(argument),
    "LONG_BINPUT": lambda reader, argument: reader.remember(argument),
    "MEMOIZE": lambda reader, argument: reader.remember(None),
    "GET": push(lambda reader, argument: reader.memo[argument]),
    "BINGET": push(lambda reader, argument: reader.memo[argument]),
    "LONG_BINGET": push(lambda reader, argument: reader.memo[argument]),
    "GLOBAL": push(lambda reader, argument: reader.admit(*argument.split(" ", 1))),
    "STACK_GLOBAL": push(lambda reader, argument: reader.admit(*taken(reader, 2))),
    "REDUCE": push(lambda reader, argument: reader.call(*taken(reader, 2))),
    "NEWOBJ": push(lambda reader, argument: reader.call(*taken(reader, 2))),
    "BUILD": push(lambda reader, argument: reader.build(*taken(reader, 2))),
}
