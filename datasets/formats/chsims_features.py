"""The CH-SIMS feature pickles, as MMSA and the authors' AV-MC loader read them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from datasets.features import Ragged
from datasets.formats.chsims import SUFFIXES, annotation_of
from datasets.manifest import FrozenClip
from datasets.vocabulary import Modality, Split

# Frames that the published arrays are padded or cut to.
STEPS = {Modality.TEXT: 50, Modality.AUDIO: 925, Modality.VISION: 232}


@dataclass(frozen=True)
class Sections:
    """The clips of the pickles in one order, so that every split is a stretch of the same arrays.

    Train first, then the unsupervised clips: together they are `train_mix`.
    """

    clips: Sequence[FrozenClip]
    sizes: Mapping[str, int]  # train, unsupervised, valid, test

    @classmethod
    def of(cls, clips: Sequence[FrozenClip]) -> "Sections":
        """Sort the clips into their sections, each in the order given."""
        parts = {
            "train": [clip for clip in clips if clip.split is Split.TRAIN],
            "unsupervised": [clip for clip in clips if not clip.supervised],
            "valid": [clip for clip in clips if clip.split is Split.VALID],
            "test": [clip for clip in clips if clip.split is Split.TEST],
        }
        return cls(
            clips=[clip for part in parts.values() for clip in part],
            sizes={name: len(part) for name, part in parts.items()},
        )

    def rows(self, section: str) -> slice:
        """Where a section lies; `train_mix` is the train and the unsupervised rows."""
        if section == "train_mix":
            return slice(0, self.sizes["train"] + self.sizes["unsupervised"])
        names = list(self.sizes)
        start = sum(self.sizes[name] for name in names[: names.index(section)])
        return slice(start, start + self.sizes[section])


@dataclass(frozen=True)
class Arrays:
    """Padded features of all clips of `Sections`, in its order, on the disk."""

    text: npt.NDArray[np.float32]  # (clips, 50, dim)
    audio: npt.NDArray[np.float32]  # (clips, 925, dim)
    vision: npt.NDArray[np.float32]  # (clips, 232, dim)
    audio_lengths: npt.NDArray[np.int64]  # (clips,)
    vision_lengths: npt.NDArray[np.int64]  # (clips,)
    text_bert: npt.NDArray[np.int64]  # (clips, 3, 50); zeros, so nothing attended to, without BERT tokens


def build_arrays(
    sections: Sections,
    features: Mapping[Modality, Ragged],
    folder: Path,
    report: Callable[[int, int], None] = lambda done, total: None,
) -> Arrays:
    """Pad text, audio and vision to the published lengths, one clip at a time, into files in `folder`."""
    text, audio, vision = (
        blank_array(folder / f"{modality}.values", len(sections.clips), STEPS[modality], features[modality].dim)
        for modality in STEPS
    )
    lengths = {modality: np.zeros(len(sections.clips), np.int64) for modality in STEPS}
    for row, clip in enumerate(sections.clips):
        for modality, array in zip(STEPS, (text, audio, vision), strict=True):
            frames = features[modality].clip(features[modality].rows[clip.name])[: STEPS[modality]]
            array[row, : len(frames)] = frames
            lengths[modality][row] = len(frames)
        report(row + 1, len(sections.clips))
    return Arrays(
        text=text,
        audio=audio,
        vision=vision,
        audio_lengths=lengths[Modality.AUDIO],
        vision_lengths=lengths[Modality.VISION],
        text_bert=tokens_of(sections, features[Modality.TEXT]),
    )


def blank_array(path: Path, *shape: int) -> npt.NDArray[np.float32]:
    """Zeros that live in a file, so that arrays larger than memory can be built."""
    if 0 in shape:
        return np.zeros(shape, np.float32)
    return np.memmap(path, np.float32, "w+", shape=shape).view(np.ndarray)


def tokens_of(sections: Sections, text: Ragged) -> npt.NDArray[np.int64]:
    """BERT's input ids, attention mask and token types (clips, 3, 50), cut or zero-padded.

    Loaders look the key up whether or not they use BERT, so other extractors get it with an attention mask of zeros.
    """
    tokens = np.zeros((len(sections.clips), 3, STEPS[Modality.TEXT]), np.int64)
    if text.tokens is None:
        return tokens
    found = text.tokens[[text.rows[clip.name] for clip in sections.clips]][..., : STEPS[Modality.TEXT]]
    tokens[..., : found.shape[-1]] = found
    return tokens


def section(sections: Sections, arrays: Arrays, name: str) -> dict[str, Any]:
    """One split of a feature pickle, with every key of FORMATS; `train_mix` also has `mask` (1 supervised, 0 not).

    A label that a supervised clip lacks is NaN. Unsupervised clips have 0.0, since loaders multiply their loss by the
    mask, and 0 times NaN is not 0.
    """
    rows = sections.rows(name)
    clips = sections.clips[rows]
    split: dict[str, Any] = {
        "id": [clip.name for clip in clips],
        "raw_text": [clip.transcript for clip in clips],
        "annotations": [annotation_of(clip.labels[Modality.MULTIMODAL]) if clip.supervised else "" for clip in clips],
        "text": arrays.text[rows],
        "text_bert": arrays.text_bert[rows],
        "audio": arrays.audio[rows],
        "vision": arrays.vision[rows],
        "audio_lengths": arrays.audio_lengths[rows],
        "vision_lengths": arrays.vision_lengths[rows],
    }
    for modality, suffix in SUFFIXES.items():
        split[f"regression_labels{suffix}"] = regression_labels(clips, modality)
    if name == "train_mix":
        split["mask"] = np.array([clip.supervised for clip in clips], np.int64)
    return split


def regression_labels(clips: Sequence[FrozenClip], modality: Modality) -> npt.NDArray[np.float32]:
    """Labels (clips,) within -1 … 1."""
    missing = {True: np.nan, False: 0.0}
    values = (clip.labels[modality] / 5 if modality in clip.labels else missing[clip.supervised] for clip in clips)
    return np.fromiter(values, np.float32, len(clips))


def pickles(sections: Sections) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The feature files and the splits in each: supervised, unsupervised (if any), and both as `train_mix`."""
    splits = tuple(str(split) for split in Split)
    yield "unaligned_s.pkl", splits
    if sections.sizes["unsupervised"]:
        yield "unaligned_u.pkl", ("unsupervised",)
    yield "unaligned_mix.pkl", (*splits, "train_mix")
