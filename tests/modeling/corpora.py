"""Small versions with features made from their labels, so that a model can learn them within a few epochs."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from datasets.features import RaggedWriter
from datasets.media import storage
from datasets.models import Project, Version, VersionClip
from datasets.vocabulary import Modality, Split
from modeling.models import FeatureSet, Run
from modeling.services.runs import RunSettings, launch_run
from tests.factories import ClipFactory, SourceFactory, VersionClipFactory, VersionFactory

EXTRACTORS = {Modality.TEXT: "lsa", Modality.AUDIO: "egemaps", Modality.VISION: "landmarks"}
SPLITS = [Split.TRAIN] * 12 + [Split.VALID] * 4 + [Split.TEST] * 6
SCORES = {"multimodal": [{"annotator": f"A{n}", "score": 1, "simulated": True} for n in range(1, 8)]}
# Layers so narrow that an epoch takes milliseconds.
TINY: Mapping[str, Any] = {
    "batch_size": 8,
    "hidden_sizes": {"text": 4, "audio": 2, "vision": 2},
    "classifier_sizes": {"text": 2, "audio": 2, "vision": 2, "multimodal": 2},
}


def make_version(project: Project, *, unlabelled: int = 4) -> Version:
    """22 labelled clips in three splits, then some without label or split."""
    version = VersionFactory(project=project)
    source = SourceFactory(project=project)
    for order, split in enumerate(SPLITS):
        fifths = order % 11 - 5
        VersionClipFactory(
            version=version, clip=ClipFactory(source=source, project=project), order=order, split=split,
            multimodal=fifths, text=fifths, audio=-fifths, vision=0, scores=SCORES,
        )  # fmt: skip
    for order in range(len(SPLITS), len(SPLITS) + unlabelled):
        clip = ClipFactory(source=source, project=project, supervised=False)
        VersionClipFactory(version=version, clip=clip, order=order, split="", supervised=False)
    return version


def make_feature_set(version: Version, modality: Modality, **fields: Any) -> FeatureSet:
    """A complete feature set whose first column is the clip's label, with two to four frames a clip."""
    fields = {"extractor": EXTRACTORS[modality], "digest": f"digest of {modality}", **fields}
    feature_set = FeatureSet.objects.create(version=version, modality=modality, columns=["label", "noise"], **fields)
    chance = np.random.default_rng(7)
    with tempfile.TemporaryDirectory(dir=_scratch()) as folder:
        path = Path(folder) / "features.arrow"
        with RaggedWriter(path, columns=["label", "noise"], rate=25.0, extractor=fields["extractor"]) as writer:
            for row in rows_of(version):
                label = np.full((2 + row.order % 3, 1), (getattr(row, modality) or 0) / 5)
                writer.add(str(row.clip), np.hstack([label, chance.normal(size=label.shape)]).astype(np.float32))
        feature_set.file = storage.keep(path, f"features/{feature_set.pk}.arrow")
    feature_set.save()
    return feature_set


def rows_of(version: Version) -> list[VersionClip]:
    """Rows in version order."""
    return list(version.rows.select_related("clip__source").order_by("order"))


def make_run(version: Version, *, epochs: int = 3, **chosen: Any) -> Run:
    """A launched run of a tiny network on features that are made if they are missing."""
    for modality in EXTRACTORS:
        if not version.feature_sets.filter(modality=modality).exists():
            make_feature_set(version, modality)
    overrides = {**TINY, **chosen.pop("overrides", {})}
    return launch_run(version=version, chosen=RunSettings(epochs=epochs, overrides=overrides, **chosen))


def _scratch() -> Path:
    from django.conf import settings

    folder = Path(settings.HOME) / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
