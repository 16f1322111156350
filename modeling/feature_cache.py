"""Features of single clips in storage, shared by all versions: they depend on the clip and the extractor alone.

The cache may be removed at any time; what it held is extracted again.
"""

import hashlib
from typing import Any

import numpy as np
from django.core.files.storage import default_storage

from datasets.media import storage
from datasets.models import VersionClip
from datasets.vocabulary import Modality
from modeling.extractors.interface import Extracted
from modeling.models import FeatureSet


def input_hash(row: VersionClip, modality: str) -> str:
    """SHA-256 of what the extractor reads of a clip: its transcript, or its media file."""
    if modality == Modality.TEXT:
        return hashlib.sha256(row.transcript.encode()).hexdigest()
    return row.media_sha256


def cached_hashes(feature_set: FeatureSet) -> set[str]:
    """Hashes of the inputs whose features are there."""
    folder = f"features/cache/{feature_set.digest}"
    if not default_storage.exists(folder):
        return set()
    return {name.removesuffix(".npz") for name in default_storage.listdir(folder)[1]}


def store(feature_set: FeatureSet, hash_of_input: str, extracted: Extracted) -> None:
    """Keep the features of one clip."""
    arrays: dict[str, Any] = {"frames": extracted.frames}
    if extracted.tokens is not None:
        arrays["tokens"] = extracted.tokens
    if extracted.found is not None:
        arrays["found"] = np.array(extracted.found)
    with storage.workspace() as folder:
        path = folder / "clip.npz"
        np.savez(path, **arrays)
        storage.keep(path, _key(feature_set, hash_of_input))


def load(feature_set: FeatureSet, hash_of_input: str) -> Extracted:
    """Features kept by `store`."""
    with (
        storage.local(_key(feature_set, hash_of_input)) as path,
        np.load(path, allow_pickle=False) as arrays,
    ):
        found = arrays.get("found")
        return Extracted(
            frames=arrays["frames"], tokens=arrays.get("tokens"), found=None if found is None else float(found)
        )


def _key(feature_set: FeatureSet, hash_of_input: str) -> str:
    return f"features/cache/{feature_set.digest}/{hash_of_input}.npz"
