"""A run's version as the training sees it: features, labels and splits of all clips in row order."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import numpy.typing as npt

from datasets.features import open_ragged
from datasets.media import storage
from datasets.models import VersionClip
from datasets.vocabulary import Modality, Split
from modeling.batches import Corpus, Ragged
from modeling.errors import FeaturesMissing
from modeling.models import FeatureSet, Run
from modeling.sealed import SealedLabels, seal

Rows = npt.NDArray[np.int64]
Labels = npt.NDArray[np.float32]


@dataclass(frozen=True)
class RunCorpus:
    """A version's clips in row order, as a run sees them."""

    corpus: Corpus  # its labels of the test split are NaN: those are in the sealed `test` alone
    clips: list[UUID]  # primary key of each row's clip
    names: list[str]  # video_id$_$clip_id of each row
    splits: list[str]  # train, valid, test or blank
    test: SealedLabels

    @property
    def train_rows(self) -> Rows:
        """The training split, then the clips without labels."""
        return np.concatenate([self.split_rows(Split.TRAIN), self.split_rows("")])

    def split_rows(self, split: str) -> Rows:
        """Rows of one split."""
        return np.flatnonzero(np.array(self.splits) == split)


@contextmanager
def open_corpus(run: Run) -> Iterator[RunCorpus]:
    """Features, labels and splits of a run's version; the features stay memory-mapped while this is open."""
    columns = ("clip_id", "clip__clip_id", "clip__source__video_id", "split", "supervised", *Modality)
    rows = list(VersionClip.objects.filter(version=run.version_id).order_by("order").values(*columns))
    names = [f"{row['clip__source__video_id']}$_${row['clip__clip_id']}" for row in rows]
    splits = np.array([row["split"] for row in rows])
    labels = {modality: _labels([row[modality] for row in rows]) for modality in Modality}
    sealed = seal(labels, np.flatnonzero(splits == Split.TEST))
    with ExitStack() as files:
        features = {
            modality: _open_features(files, feature_set, names) for modality, feature_set in run.feature_sets.items()
        }
        yield RunCorpus(
            corpus=Corpus(
                features=features,
                labels=labels,
                supervised=np.array([row["supervised"] for row in rows], np.bool_),
            ),
            clips=[row["clip_id"] for row in rows],
            names=names,
            splits=splits.tolist(),
            test=sealed,
        )


def _open_features(files: ExitStack, feature_set: FeatureSet, names: list[str]) -> Ragged:
    path = files.enter_context(storage.local(feature_set.file))
    stored = open_ragged(path)
    if stored.clips != names:
        raise FeaturesMissing(f"The file of the {feature_set} features is not in the version's row order.")
    return Ragged(values=stored.values, offsets=stored.offsets)


def _labels(fifths: list[int | None]) -> Labels:
    return np.array([np.nan if each is None else each / 5 for each in fifths], np.float32)
