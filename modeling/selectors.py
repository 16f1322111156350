"""Reads that join several tables: what a run learns from, and which feature sets it may take."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.core.exceptions import ValidationError

from config.errors import NotFound
from datasets.features import open_ragged
from datasets.media import storage
from datasets.models import Version, VersionClip
from datasets.vocabulary import Modality, Split
from modeling.batches import Corpus, Ragged
from modeling.errors import FeaturesMissing
from modeling.models import FeatureSet, Prediction, Run

Rows = npt.NDArray[np.int64]
FEATURES = (Modality.TEXT, Modality.AUDIO, Modality.VISION)


def find_version(version: str) -> Version:
    """The version with this id."""
    found = _by_id(Version, version)
    if not isinstance(found, Version):
        raise NotFound(f"There is no version with the id “{version}”; publish_version prints the ids of versions.")
    return found


def find_run(run: str) -> Run:
    """The run with this id."""
    found = _by_id(Run, run)
    if not isinstance(found, Run):
        raise NotFound(f"There is no run with the id “{run}”; train prints the ids of runs.")
    return found


def _by_id(model: type[Version] | type[Run], text: str) -> Version | Run | None:
    try:
        return model._default_manager.filter(pk=UUID(text)).first()
    except (ValueError, ValidationError):
        return None


def feature_files(version: Version) -> dict[Modality, str]:
    """Storage keys of the newest complete feature set of each modality; what is missing is left out."""
    complete = FeatureSet.objects.complete().filter(version=version).order_by("created_at")
    return {Modality(each.modality): each.file for each in complete}


def pick_feature_sets(version: Version, extractors: Mapping[Modality, str | None]) -> dict[Modality, FeatureSet]:
    """The newest complete feature set of each modality, by the named extractor where one is named."""
    picked = {}
    for modality in FEATURES:
        name = extractors.get(modality)
        complete = FeatureSet.objects.complete().filter(version=version, modality=modality)
        if name:
            complete = complete.filter(extractor=name)
        feature_set = complete.order_by("-created_at").first()
        if feature_set is None:
            by = f" by {name}" if name else ""
            raise FeaturesMissing(
                f"Version {version.number} has no complete {modality} features{by}: extract them first with "
                f"`manage.py extract_features {version.pk} --{modality} {name or 'NAME'}`."
            )
        picked[modality] = feature_set
    return picked


@dataclass(frozen=True)
class RunCorpus:
    """A version's clips in row order, as a run sees them."""

    corpus: Corpus
    clips: list[UUID]  # primary key of each row's clip
    splits: list[str]  # train, valid, test or blank

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
    with ExitStack() as files:
        features = {
            modality: _open_features(files, feature_set, names) for modality, feature_set in run.feature_sets.items()
        }
        yield RunCorpus(
            corpus=Corpus(
                features=features,
                labels={modality: _labels([row[modality] for row in rows]) for modality in Modality},
                supervised=np.array([row["supervised"] for row in rows], np.bool_),
            ),
            clips=[row["clip_id"] for row in rows],
            splits=[row["split"] for row in rows],
        )


def _open_features(files: ExitStack, feature_set: FeatureSet, names: list[str]) -> Ragged:
    path = files.enter_context(storage.local(feature_set.file))
    stored = open_ragged(path)
    if stored.clips != names:
        raise FeaturesMissing(f"The file of the {feature_set} features is not in the version's row order.")
    return Ragged(values=stored.values, offsets=stored.offsets)


def _labels(fifths: list[int | None]) -> npt.NDArray[np.float32]:
    return np.array([np.nan if each is None else each / 5 for each in fifths], np.float32)


def attach_frozen_rows(version: Version, predictions: Iterable[Prediction]) -> list[Prediction]:
    """Predictions, each with `frozen`: its clip's row of the version, with labels and scores."""
    predictions = list(predictions)
    rows = VersionClip.objects.filter(version=version, clip__in=[each.clip_id for each in predictions])
    by_clip = {row.clip_id: row for row in rows}
    for prediction in predictions:
        prediction.frozen = by_clip[prediction.clip_id]  # type: ignore[attr-defined]  # read by the serializer alone
    return predictions


def scatter(run: Run, split: str) -> dict[str, object]:
    """Predictions and labels of a split as arrays: clips, then {"prediction", "truth"} by modality."""
    predicted = list(run.predictions.filter(split=split).order_by("pk").values("clip_id", *Modality))
    rows = VersionClip.objects.filter(version=run.version_id, split=split).values("clip_id", *Modality)
    labels = {row["clip_id"]: row for row in rows}
    pairs: dict[str, object] = {"clips": [row["clip_id"] for row in predicted]}
    for modality in Modality:
        truth = [labels[row["clip_id"]][modality] for row in predicted]
        pairs[modality.value] = {
            "prediction": [round(row[modality], 4) for row in predicted],
            "truth": [None if fifths is None else fifths / 5 for fifths in truth],
        }
    return pairs
