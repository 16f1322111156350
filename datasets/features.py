"""The file that features are kept in: ragged rows by clip in one Arrow IPC file, read memory-mapped.

Columns: `clip` (`video_id$_$clip_id`), `frames`, `values` (the clip's frames one after the other) and, for BERT,
`tokens`. Everything lies in one record batch, so that all frames of all clips are one array without a copy.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from config.errors import DomainError

Float32 = npt.NDArray[np.float32]
Int64 = npt.NDArray[np.int64]

LAYOUT = b"cueset ragged 1"


class BadFeatureFile(DomainError):
    """A feature file cannot be written or read."""

    code = "bad_feature_file"


@dataclass(frozen=True)
class Ragged:
    """Features of many clips without padding; `values` stays on the disk until it is looked at."""

    values: Float32  # (frames of all clips, dim)
    offsets: Int64  # (clips + 1,) clip i is values[offsets[i]:offsets[i + 1]]
    clips: list[str]  # video_id$_$clip_id, in the order of the rows
    columns: list[str]  # (dim,) what each value of a frame is
    rate: float | None  # frames per second; None for one vector a clip, or for tokens
    extractor: str
    tokens: Int64 | None  # (clips, 3, length): input ids, attention mask, token types

    @property
    def dim(self) -> int:
        """Width of a frame."""
        return len(self.columns)

    @cached_property
    def rows(self) -> dict[str, int]:
        """Place of each clip."""
        return {clip: row for row, clip in enumerate(self.clips)}

    def has(self, clip: str) -> bool:
        """Whether the clip has any frames; one that its extractor failed on has none."""
        return clip in self.rows and len(self.clip(self.rows[clip])) > 0

    def clip(self, row: int) -> Float32:
        """Frames (time, dim) of one clip."""
        return self.values[self.offsets[row] : self.offsets[row + 1]]


class RaggedWriter:
    """Writes a feature file clip by clip in bounded memory; the file appears complete at the end, or not at all.

    Use as a context: `with RaggedWriter(path, columns=names, rate=100.0, extractor="egemaps") as writer:`.
    """

    def __init__(self, path: Path, *, columns: Sequence[str], rate: float | None, extractor: str) -> None:
        self.path = path
        self.columns = list(columns)
        self.rate = rate
        self.extractor = extractor
        self._spool_path = path.with_name(path.name + ".values")
        self._spool: BinaryIO = self._spool_path.open("wb")
        self._frames: dict[str, int] = {}
        self._tokens: list[Int64] = []

    def add(self, clip: str, values: npt.ArrayLike, tokens: npt.ArrayLike | None = None) -> None:
        """Append a clip's frames (time, dim), and its tokens (3, length) if the extractor has any."""
        frames = np.ascontiguousarray(values, dtype="<f4")
        if frames.ndim != 2 or frames.shape[1] != len(self.columns):
            raise BadFeatureFile(f"{clip}: frames are of shape {frames.shape}, not (time, {len(self.columns)}).")
        if clip in self._frames:
            raise BadFeatureFile(f"{clip} was added twice to {self.path.name}.")
        if (tokens is None) != (len(self._tokens) == 0) and self._frames:
            raise BadFeatureFile(f"{clip}: either every clip of {self.path.name} has tokens, or none has.")
        if tokens is not None:
            self._tokens.append(np.asarray(tokens, dtype=np.int64))
        self._spool.write(frames.tobytes())
        self._frames[clip] = len(frames)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.close()
        try:
            if kind is None:
                self._write()
        finally:
            self._spool_path.unlink()
            self._spool_path.with_suffix(".part").unlink(missing_ok=True)

    def _write(self) -> None:
        """Put the spooled values and the small columns together, and move the file to its name in one step."""
        half_made = self._spool_path.with_suffix(".part")
        with spooled_values(self._spool_path) as buffer:
            batch = self._batch(buffer)
            with pa.OSFile(str(half_made), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
                writer.write_batch(batch)
        half_made.replace(self.path)

    def _batch(self, buffer: Any) -> Any:  # pyarrow publishes no types
        dim = len(self.columns)
        frames = np.array(list(self._frames.values()), dtype=np.int32)
        offsets = np.concatenate([[0], np.cumsum(frames, dtype=np.int64) * dim])
        values = pa.Array.from_buffers(pa.float32(), int(offsets[-1]), [None, buffer])
        arrays = {
            "clip": pa.array(list(self._frames), pa.string()),
            "frames": pa.array(frames),
            "values": pa.LargeListArray.from_arrays(pa.array(offsets), values),
        }
        about: dict[str, Any] = {
            "layout": LAYOUT,
            "columns": json.dumps(self.columns),
            "dim": str(dim),
            "extractor": self.extractor,
        }
        if self.rate is not None:
            about["rate"] = repr(float(self.rate))
        if self._tokens:
            tokens = np.stack(self._tokens)  # (clips, 3, length)
            arrays["tokens"] = pa.FixedSizeListArray.from_arrays(pa.array(tokens.ravel()), tokens[0].size)
        return pa.RecordBatch.from_pydict(arrays).replace_schema_metadata(about)


@contextmanager
def spooled_values(path: Path) -> Iterator[Any]:  # pyarrow publishes no types
    """The bytes of a file as an Arrow buffer that is paged in from the disk."""
    if path.stat().st_size == 0:  # an empty file cannot be mapped
        yield pa.py_buffer(b"")
        return
    with pa.memory_map(str(path)) as file:
        yield file.read_buffer()


def open_ragged(path: Path) -> Ragged:
    """Open a feature file without reading its values into memory; BadFeatureFile when it is none of ours."""
    try:
        reader = pa.ipc.open_file(pa.memory_map(str(path)))
    except (pa.ArrowInvalid, OSError) as error:
        raise BadFeatureFile(f"{path.name} cannot be read as a feature file ({error}); extract it again.") from error
    about = reader.schema.metadata or {}
    if about.get(b"layout") != LAYOUT or reader.num_record_batches != 1:
        raise BadFeatureFile(f"{path.name} is an Arrow file, but not a feature file of Cueset; extract it again.")
    batch = reader.get_batch(0)
    columns = json.loads(about[b"columns"])
    frames = batch.column("frames").to_numpy()
    return Ragged(
        values=batch.column("values").values.to_numpy().reshape(-1, len(columns)),
        offsets=np.concatenate([[0], np.cumsum(frames, dtype=np.int64)]),
        clips=batch.column("clip").to_pylist(),
        columns=columns,
        rate=float(about[b"rate"]) if b"rate" in about else None,
        extractor=about[b"extractor"].decode(),
        tokens=read_tokens(batch),
    )


def read_tokens(batch: Any) -> Int64 | None:  # pyarrow publishes no types
    """Tokens (clips, 3, length) of a record batch, or None where the extractor has none."""
    if "tokens" not in batch.schema.names:
        return None
    tokens: Int64 = batch.column("tokens").values.to_numpy().reshape(batch.num_rows, 3, -1)
    return tokens
