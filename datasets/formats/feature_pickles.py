"""The parts of a feature pickle as MMSA, MMSA-FET and ch-sims-v2 write them, whatever its widths and splits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from datasets.formats.chsims import SUFFIXES
from datasets.formats.stored_arrays import StoredArray
from datasets.formats.unpickling import BadPickle, read_pickle
from datasets.vocabulary import Modality

FEATURES = (Modality.TEXT, Modality.AUDIO, Modality.VISION)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Block:
    """One split of a feature file: N clips in one row order; arrays stay on the disk."""

    split: str  # "train", "valid", "test", "train_mix", or whatever the file calls it
    ids: Sequence[str]
    texts: Sequence[str]
    labels: Mapping[Modality, Floats]  # (N,), NaN where there is none; a modality that the file lacks is absent
    supervised: npt.NDArray[np.bool_]  # (N,) by the file's mask; all true where it has none
    features: Mapping[Modality, StoredArray]  # (N, steps, width)
    lengths: Mapping[Modality, npt.NDArray[np.int64]]  # (N,), of those modalities that the file tells
    tokens: StoredArray | None  # (N, 3, steps): input ids, attention mask, token types

    def frames(self, modality: Modality, row: int) -> tuple[npt.NDArray[np.float32], int]:
        """A clip's frames (time, width) without padding, and how many of their values were not finite and are 0 now.

        Where the file tells no length, zeros at the end are taken for padding; one frame always stays.
        """
        padded = self.features[modality].rows(row, row + 1)[0].astype(np.float32)
        padded = padded.reshape(-1, padded.shape[-1])
        length = int(self.lengths[modality][row]) if modality in self.lengths else unpadded(padded)
        frames = padded[: max(length, 1)]
        odd = ~np.isfinite(frames)
        frames[odd] = 0
        return frames, int(odd.sum())


def unpadded(padded: npt.NDArray[np.float32]) -> int:
    """Frames before the zeros at the end."""
    filled = np.flatnonzero(padded.any(axis=1))
    return int(filled[-1]) + 1 if len(filled) else 0


def read_feature_file(path: Path, *, start: int = 0, size: int | None = None) -> list[Block]:
    """The splits of a feature pickle; BadPickle when it is none, or when its arrays do not fit its clips."""
    content = read_pickle(path, start=start, size=size)
    if not isinstance(content, dict) or not content:
        raise BadPickle(f"{path.name} is no feature file: it must hold a dict of splits.")
    if "id" in content:  # one split alone
        content = {"unsupervised": content}
    return [block_of(path.name, str(name), split) for name, split in content.items()]


def block_of(file: str, name: str, split: Any) -> Block:  # whatever the pickle holds
    """One split, its shapes checked."""
    where = f"{file}, {name}"
    if not isinstance(split, dict):
        raise BadPickle(f"{where}: a split must be a dict with id, raw_text and arrays.")
    missing = [key for key in ("id", "raw_text") if key not in split]
    if missing:
        raise BadPickle(f"{where} lacks {' and '.join(missing)}.")
    ids, texts = texts_of(split["id"], f"{where}: id"), texts_of(split["raw_text"], f"{where}: raw_text")
    if len(texts) != len(ids):
        raise BadPickle(f"{where}: raw_text has {len(texts)} rows for {len(ids)} ids.")
    features = {modality: array_of(split, modality, len(ids), where) for modality in FEATURES if modality in split}
    tokens = split.get("text_bert")
    if tokens is not None and not are_tokens(tokens, len(ids)):
        raise BadPickle(f"{where}: text_bert is not of shape ({len(ids)}, 3, steps).")
    lengths = {
        modality: lengths_of(split[f"{modality}_lengths"], f"{where}: {modality}_lengths", len(ids))
        for modality in features
        if f"{modality}_lengths" in split
    }
    if tokens is not None and len(ids) and Modality.TEXT in features:
        attended = tokens.load()[:, 1].sum(axis=1).astype(np.int64)
        if attended.any():
            lengths[Modality.TEXT] = attended
    labels = {
        modality: numbers_of(split[f"regression_labels{suffix}"], f"{where}: regression_labels{suffix}", len(ids))
        for modality, suffix in SUFFIXES.items()
        if f"regression_labels{suffix}" in split
    }
    mask = numbers_of(split["mask"], f"{where}: mask", len(ids)) if "mask" in split else np.ones(len(ids))
    return Block(name, ids, texts, labels, mask.astype(np.bool_), features, lengths, tokens)


def array_of(split: Mapping[str, Any], name: str, rows: int, where: str) -> StoredArray:
    """An array of features (rows, steps, width), or (rows, width) for one vector a clip; else BadPickle."""
    array = split[name]
    if not isinstance(array, StoredArray) or array.dtype.kind not in "fiu":
        raise BadPickle(f"{where}: {name} is not an array of numbers.")
    if len(array.shape) not in (2, 3) or array.shape[0] != rows or array.shape[-1] == 0:
        raise BadPickle(f"{where}: {name} is of shape {array.shape}; {rows} ids need ({rows}, steps, width).")
    return array


def are_tokens(value: object, rows: int) -> bool:
    """Whether this is an array of BERT's input ids, attention mask and token types (rows, 3, steps)."""
    if not isinstance(value, StoredArray) or value.dtype.kind not in "fiu":
        return False
    return len(value.shape) == 3 and value.shape[:2] == (rows, 3)


def lengths_of(value: object, where: str, rows: int) -> npt.NDArray[np.int64]:
    """Frames of each clip; BadPickle for what counts nothing."""
    lengths = numbers_of(value, where, rows)
    if not np.isfinite(lengths).all() or (lengths < 0).any():
        raise BadPickle(f"{where} holds a value that is no number of frames.")
    return lengths.astype(np.int64)


def numbers_of(value: object, where: str, rows: int) -> Floats:
    """A short row of numbers, one a clip."""
    found = value.load() if isinstance(value, StoredArray) else value
    if isinstance(found, list) and not all(isinstance(each, int | float) for each in found):
        raise BadPickle(f"{where} is not a row of numbers.")
    try:
        numbers = np.asarray(found, np.float64).reshape(-1)
    except (TypeError, ValueError) as error:
        raise BadPickle(f"{where} is not a row of numbers.") from error
    if len(numbers) != rows:
        raise BadPickle(f"{where} has {len(numbers)} rows for {rows} ids.")
    return numbers


def texts_of(value: object, where: str) -> list[str]:
    """A list or array of texts."""
    found = value.load().tolist() if isinstance(value, StoredArray) else value
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise BadPickle(f"{where} is not a list of texts.")
    return found
