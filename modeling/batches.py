"""From ragged features of many clips to padded batches of clips of like length."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from datasets.vocabulary import Modality
from modeling.networks.padding import padded_length
from modeling.networks.shares import Frames

Float32 = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

FEATURES = (Modality.TEXT, Modality.AUDIO, Modality.VISION)
# Batches are cut from pools of this many, sorted by length: enough for little padding, few enough to stay mixed.
BATCHES_IN_A_POOL = 16


class BadFeatures(ValueError):
    """Features or labels that cannot be trained on."""


@dataclass(frozen=True)
class Ragged:
    """Sequences of many clips, one after the other; a memory-mapped array stays on the disk."""

    values: Float32  # (frames of all clips, dim)
    offsets: Rows  # (clips + 1,) clip i is values[offsets[i]:offsets[i + 1]]

    def __post_init__(self) -> None:
        if self.values.ndim != 2:
            raise BadFeatures(f"Features are (frames, dim), not of shape {self.values.shape}.")
        steps = np.diff(self.offsets)
        if not len(self.offsets) or self.offsets[0] != 0 or (steps < 0).any() or self.offsets[-1] != len(self.values):
            raise BadFeatures("Offsets rise from 0 to the number of frames, one more of them than there are clips.")

    @classmethod
    def of_vectors(cls, vectors: Float32) -> "Ragged":
        """One vector a clip, (clips, dim)."""
        return cls(values=vectors, offsets=np.arange(len(vectors) + 1))

    @property
    def dim(self) -> int:
        """Width of a frame."""
        return int(self.values.shape[1])

    @property
    def lengths(self) -> Rows:
        """Frames of each clip."""
        return np.diff(self.offsets)

    def clip(self, row: int, *, at_most: int | None = None) -> Float32:
        """First frames (time, dim) of one clip, or all; BadFeatures when any is not finite."""
        frames = self.values[self.offsets[row] : self.offsets[row + 1]][:at_most]
        if not np.isfinite(frames).all():
            raise BadFeatures(f"The features of clip row {row} hold NaN or infinity; extract them again.")
        return frames


@dataclass(frozen=True)
class Corpus:
    """Features and labels of the same clips in the same order; a row is a clip's place in it."""

    features: Mapping[Modality, Ragged]  # text, audio and vision; of a unimodal model its own may stand alone
    labels: Mapping[Modality, Float32]  # all four, (clips,) within -1 … 1, NaN where there is none
    supervised: npt.NDArray[np.bool_]  # (clips,) whether the clip's labels may be learned from

    def __post_init__(self) -> None:
        if not self.features:
            raise BadFeatures(f"A corpus needs features of at least one of {', '.join(FEATURES)}.")
        clips = {f"{name} features": len(each.lengths) for name, each in self.features.items()}
        clips |= {f"{name} labels": len(self.labels[name]) for name in Modality}
        for what, count in clips.items():
            if count != len(self.supervised):
                raise BadFeatures(f"There are {len(self.supervised)} clips, but {what} for {count}.")

    def clip(self, modality: Modality, row: int) -> Float32:
        """Frames (time, dim) of one clip; of a text only the first, its [CLS] vector (section 4.2)."""
        features = self.features[modality]
        return features.clip(row, at_most=1 if modality is Modality.TEXT else None)

    def labels_of(self, modality: Modality, rows: Rows) -> Float32:
        """Labels (rows,) that may be learned from, NaN for all others."""
        return np.where(self.supervised[rows], self.labels[modality][rows], np.nan).astype(np.float32)

    @property
    def feature_sizes(self) -> dict[Modality, int]:
        """Width of each modality's frames."""
        return {modality: self.features[modality].dim for modality in FEATURES if modality in self.features}


@dataclass(frozen=True)
class Scaling:
    """Mean and standard deviation of every column of one modality, from training clips alone."""

    mean: Float32  # (dim,)
    deviation: Float32  # (dim,), 1 where the column is constant

    def apply(self, frames: Float32, into: Float32 | None = None) -> Float32:
        """Frames whose columns have mean 0 and deviation 1 over the clips that the scaling was fitted on."""
        scaled: Float32 = np.subtract(frames, self.mean, out=into)
        scaled /= self.deviation
        return scaled


def fit_scaling(corpus: Corpus, rows: Rows) -> dict[Modality, Scaling]:
    """Scaling of each modality over all frames of those clips, reading one clip at a time."""
    return {modality: _scaling(corpus, modality, np.sort(rows)) for modality in corpus.features}


def _scaling(corpus: Corpus, modality: Modality, rows: Rows) -> Scaling:
    dim = corpus.features[modality].dim
    count, total, squares = 0, np.zeros(dim), np.zeros(dim)
    for row in rows:
        frames = corpus.clip(modality, row)
        count, total = count + len(frames), total + frames.sum(axis=0, dtype=np.float64)
    mean = total / max(count, 1)
    for row in rows:
        squares += ((corpus.clip(modality, row) - mean) ** 2).sum(axis=0)
    deviation = np.sqrt(squares / max(count, 1))
    # Rounding leaves a constant column a trace of deviation, which must not be blown up.
    deviation[deviation <= 1e-6 * np.maximum(1e-6, np.abs(mean))] = 1.0
    return Scaling(mean.astype(np.float32), deviation.astype(np.float32))


@dataclass(frozen=True)
class Batch:
    """Some clips as tensors on one device; a modality that the corpus has not is one frame of no width."""

    rows: Rows  # (batch,)
    text: Tensor  # (batch, dim)
    audio: Frames
    vision: Frames
    labels: dict[Modality, Tensor]  # each (batch,), NaN where missing or not to be learned from

    def __len__(self) -> int:
        return len(self.rows)


def load_batch(
    corpus: Corpus, rows: Rows, *, scaling: Mapping[Modality, Scaling] | None, device: torch.device
) -> Batch:
    """Features of those clips, padded to like length, with the labels that may be learned from."""
    nothing = Frames(torch.zeros(len(rows), 1, 0, device=device), torch.ones(len(rows), dtype=torch.int64).to(device))
    padded = dict.fromkeys(FEATURES, nothing) | {
        modality: Frames(
            *(
                part.to(device)
                for part in _pad([corpus.clip(modality, row) for row in rows], (scaling or {}).get(modality))
            )
        )
        for modality in corpus.features
    }
    return Batch(
        rows=rows,
        text=padded[Modality.TEXT].values[:, 0],
        audio=padded[Modality.AUDIO],
        vision=padded[Modality.VISION],
        labels={name: torch.from_numpy(corpus.labels_of(name, rows)).to(device) for name in Modality},
    )


def _pad(clips: Sequence[Float32], scaling: Scaling | None) -> Frames:
    """Zeros after the end of each clip; a clip without frames becomes one zero frame, which is the average one."""
    lengths = np.array([max(1, len(clip)) for clip in clips])
    values = np.zeros((len(clips), padded_length(int(lengths.max())), clips[0].shape[1]), np.float32)
    for padded, clip in zip(values, clips, strict=True):
        if scaling:
            scaling.apply(clip, into=padded[: len(clip)])
        else:
            padded[: len(clip)] = clip
    return Frames(torch.from_numpy(values), torch.from_numpy(lengths))


def read_ahead(load: Callable[[Rows], Batch], batches: Sequence[Rows]) -> Generator[Future[Batch]]:
    """Promises of all batches in order; each is read, by a thread of its own, while the one before it is in use."""
    with ThreadPoolExecutor(1, "reader") as reader:
        coming: Future[Batch] | None = None
        for rows in batches:
            ready, coming = coming, reader.submit(load, rows)
            if ready:
                yield ready
        if coming:
            yield coming


def shuffled_batches(lengths: Rows, rows: Rows, *, batch_size: int, chance: np.random.Generator) -> list[Rows]:
    """Every row once, in batches of clips of like length, both their members and their order left to chance.

    A single clip left over joins the batch before it: batch normalisation learns nothing from one clip.
    """
    shuffled, batches = chance.permutation(rows), []
    pool_size = BATCHES_IN_A_POOL * batch_size
    for start in range(0, len(shuffled), pool_size):
        pool = shuffled[start : start + pool_size]
        batches += _cut(pool[np.argsort(lengths[pool], kind="stable")], batch_size)
    if len(batches) > 1 and len(batches[-1]) == 1:
        lonely = batches.pop()
        batches[-1] = np.concatenate([batches[-1], lonely])
    return [batches[index] for index in chance.permutation(len(batches))]


def ordered_batches(lengths: Rows, rows: Rows, *, batch_size: int) -> Iterator[Rows]:
    """Every row once, shortest clips first: for prediction, where the order has no effect."""
    yield from _cut(rows[np.argsort(lengths[rows], kind="stable")], batch_size)


def _cut(rows: Rows, batch_size: int) -> list[Rows]:
    return [rows[start : start + batch_size] for start in range(0, len(rows), batch_size)]


def clip_lengths(corpus: Corpus) -> Rows:
    """Frames of each clip in audio and vision together, by which batches of like length are made; a text is one."""
    sequences = [each.lengths for modality, each in corpus.features.items() if modality is not Modality.TEXT]
    return np.sum(sequences, axis=0) if sequences else np.ones(len(corpus.supervised), np.int64)
