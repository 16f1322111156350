"""A run's version as the training sees it: features, labels and splits of all clips in row order."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from datasets.features import open_ragged
from datasets.media import storage
from datasets.models import VersionClip
from datasets.vocabulary import Modality, Split
from modeling.batches import Corpus, Ragged
from modeling.errors import FeaturesMissing, TestSplitClosed
from modeling.models import FeatureSet, Run
from modeling.sealed import SealedLabels, seal

Rows = npt.NDArray[np.int64]
Labels = npt.NDArray[np.float32]


@dataclass(frozen=True)
class TuningCorpus:
    """A version's clips in row order, as tuning sees them: no label of the test split was read from the database."""

    corpus: Corpus  # its labels of the test split are NaN
    clips: list[UUID]  # primary key of each row's clip
    names: list[str]  # video_id$_$clip_id of each row
    splits: list[str]  # train, valid, test or blank

    @property
    def train_rows(self) -> Rows:
        """The training split, then the clips without labels."""
        return np.concatenate([self.split_rows(Split.TRAIN), self.split_rows("")])

    def split_rows(self, split: str) -> Rows:
        """Rows of one split."""
        return np.flatnonzero(np.array(self.splits) == split)


@dataclass(frozen=True)
class RunCorpus(TuningCorpus):
    """The same with the labels of the test split, under a seal that opens for one scoring."""

    test: SealedLabels


@contextmanager
def open_tuning_corpus(run: Run) -> Iterator[TuningCorpus]:
    """What a trial of a sweep learns from and is judged by; the features stay memory-mapped while this is open."""
    with ExitStack() as files:
        yield TuningCorpus(**_opened(files, run, _labels(run, VersionClip.objects.exclude(split=Split.TEST))))


@contextmanager
def open_corpus(run: Run) -> Iterator[RunCorpus]:
    """Features, labels and splits of a run's version; TestSplitClosed to a trial of a sweep."""
    if run.tuning:
        raise TestSplitClosed(
            f"The run {run.pk} is a trial of a sweep, which is never scored on the test split; "
            "train the sweep's best recipe, and score that."
        )
    labels = _labels(run, VersionClip.objects.all())
    with ExitStack() as files:
        opened = _opened(files, run, labels)
        test = seal(labels, np.flatnonzero(np.array(opened["splits"]) == Split.TEST))
        yield RunCorpus(**opened, test=test)


def _opened(files: ExitStack, run: Run, labels: dict[Modality, Labels]) -> dict[str, Any]:
    """Fields of TuningCorpus, around these labels."""
    columns = ("clip_id", "clip__clip_id", "clip__source__video_id", "split", "supervised")
    rows = list(VersionClip.objects.filter(version=run.version_id).order_by("order").values(*columns))
    names = [f"{row['clip__source__video_id']}$_${row['clip__clip_id']}" for row in rows]
    features = {
        modality: _open_features(files, feature_set, names) for modality, feature_set in run.feature_sets.items()
    }
    supervised = np.array([row["supervised"] for row in rows], np.bool_)
    return {
        "corpus": Corpus(features=features, labels=labels, supervised=supervised),
        "clips": [row["clip_id"] for row in rows],
        "names": names,
        "splits": [row["split"] for row in rows],
    }


def _labels(run: Run, read: QuerySet[VersionClip]) -> dict[Modality, Labels]:
    """Labels (clips,) of the rows that are read, NaN for all others and for clips without one."""
    order = VersionClip.objects.filter(version=run.version_id).order_by("order").values_list("pk", flat=True)
    places = {pk: place for place, pk in enumerate(order)}
    labels = {modality: np.full(len(places), np.nan, np.float32) for modality in Modality}
    for row in read.filter(version=run.version_id).values("pk", *Modality):
        for modality in Modality:
            if row[modality] is not None:
                labels[modality][places[row["pk"]]] = row[modality] / 5
    return labels


def _open_features(files: ExitStack, feature_set: FeatureSet, names: list[str]) -> Ragged:
    path = files.enter_context(storage.local(feature_set.file))
    stored = open_ragged(path)
    if stored.clips != names:
        raise FeaturesMissing(f"The file of the {feature_set} features is not in the version's row order.")
    return Ragged(values=stored.values, offsets=stored.offsets)
