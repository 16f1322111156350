"""A version that was read (`datasets.reader`) as a torch `Dataset`, or as the corpus that `train` takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import Dataset

from datasets.manifest import FrozenClip
from datasets.reader import Frames, ReadVersion
from datasets.vocabulary import Modality, Split
from modeling.batches import FEATURES, BadFeatures, Corpus, Ragged

UNSUPERVISED = "unsupervised"


class ClipDataset(Dataset[dict[str, Any]]):
    """The clips of one split that have features: what `DataLoader(…, collate_fn=collate_clips)` takes."""

    def __init__(self, version: ReadVersion, split: str) -> None:
        """Of `train`, `valid`, `test` or `unsupervised`; BadFeatures where the version has no features."""
        self.features = features_of(version)
        clips = [clip for clip in version.manifest.clips if (clip.split or UNSUPERVISED) == split]
        self.clips = [clip for clip in clips if all(clip.name in frames for frames in self.features.values())]

    def __len__(self) -> int:
        return len(self.clips)

    def __getitem__(self, row: int) -> dict[str, Any]:
        """`id`, `transcript`, features (frames, width) by modality, `labels` by modality (NaN where there is none)."""
        clip = self.clips[row]
        frames = {str(modality): torch.from_numpy(each[clip.name].copy()) for modality, each in self.features.items()}
        labels = {str(modality): torch.tensor(label_of(clip, modality)) for modality in Modality}
        return {"id": clip.name, "transcript": clip.transcript, **frames, "labels": labels}


def collate_clips(items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A batch: features padded with zeros at the end (batch, frames, width) and their lengths, labels (batch,)."""
    batch: dict[str, Any] = {name: [item[name] for item in items] for name in ("id", "transcript")}
    for modality in FEATURES:
        frames: list[Tensor] = [item[modality] for item in items]
        batch[str(modality)] = pad_sequence(frames, batch_first=True)
        batch[f"{modality}_lengths"] = torch.tensor([len(each) for each in frames])
    batch["labels"] = {str(m): torch.stack([item["labels"][m] for item in items]) for m in Modality}
    return batch


@dataclass(frozen=True)
class SplitCorpus:
    """A version's corpus for `train`, and the rows of each split in it."""

    corpus: Corpus
    rows: Mapping[str, npt.NDArray[np.int64]]  # train, valid, test, unsupervised

    @property
    def train_rows(self) -> npt.NDArray[np.int64]:
        """The training split, then the clips without labels."""
        return np.concatenate([self.rows[Split.TRAIN], self.rows[UNSUPERVISED]])


def corpus_of(version: ReadVersion) -> SplitCorpus:
    """All clips of a version in memory, in its order; a clip without features trains as an average one."""
    clips, features = version.manifest.clips, features_of(version)
    splits = np.array([str(clip.split or UNSUPERVISED) for clip in clips])
    corpus = Corpus(
        features={modality: ragged_of(clips, frames) for modality, frames in features.items()},
        labels={m: np.array([label_of(clip, m) for clip in clips], np.float32) for m in Modality},
        supervised=np.array([clip.supervised for clip in clips], np.bool_),
    )
    return SplitCorpus(corpus, {name: np.flatnonzero(splits == name) for name in (*map(str, Split), UNSUPERVISED)})


def features_of(version: ReadVersion) -> dict[Modality, Frames]:
    """Its features of text, audio and vision; BadFeatures where it has not all three."""
    if not set(FEATURES) <= set(version.features):
        raise BadFeatures(
            f"Version {version.number} of “{version.name}” was read without features: read a CH-SIMS export that was "
            "made after text, audio and vision features had been extracted."
        )
    return {modality: version.features[modality] for modality in FEATURES}


def ragged_of(clips: Sequence[FrozenClip], frames: Frames) -> Ragged:
    """One modality of all clips, one after the other."""
    nothing = np.zeros((0, frames.width), np.float32)
    found = [frames.get(clip.name, nothing) for clip in clips]
    return Ragged(np.concatenate(found), np.concatenate([[0], np.cumsum([len(each) for each in found])]))


def label_of(clip: FrozenClip, modality: Modality) -> float:
    """A label within -1 … 1, NaN where there is none."""
    return clip.labels[modality] / 5 if modality in clip.labels else float("nan")
