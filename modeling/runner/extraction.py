"""Jobs that extract the features of clips and assemble them into feature sets."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from config.errors import DomainError
from config.sentences import sentence
from datasets.features import RaggedWriter
from datasets.media import storage
from datasets.models import Job, Version, VersionClip
from datasets.runner import Work, handles
from datasets.vocabulary import Modality, Split
from modeling import feature_cache
from modeling.extractors import digest, extractor
from modeling.extractors.interface import (
    ClipInput,
    Extracted,
    ExtractionFailed,
    Extractor,
    ExtractorUnavailable,
    FittedExtractor,
)
from modeling.launching import start_ready_runs
from modeling.models import FeatureSet


@handles("extract_clip")
def extract_clip(work: Work) -> dict[str, Any]:
    """Extract one clip's features in one modality into the cache, where assembly finds them."""
    feature_set = FeatureSet.objects.get(pk=work.payload["feature_set"])
    row = VersionClip.objects.select_related("clip__source").get(pk=work.payload["row"])
    chosen = _extractor_of(feature_set)
    with _input_of(row, chosen) as clip:
        extracted = chosen.extract(clip)
    if not np.isfinite(extracted.frames).all():
        raise ExtractionFailed(f"{chosen.name} gave values for {row.clip} that are not finite.")
    work.check()
    feature_cache.store(feature_set, work.payload["input"], extracted)
    return {"frames": len(extracted.frames)}


@contextmanager
def _input_of(row: VersionClip, chosen: Extractor) -> Iterator[ClipInput]:
    if chosen.modality == Modality.TEXT:
        yield ClipInput(row.transcript)
        return
    if row.clip.sha256 != row.media_sha256:
        raise ExtractionFailed(f"The media of {row.clip} is no longer what this version froze; publish a new version.")
    with storage.local(row.clip.file) as media:
        if not media.is_file():
            raise ExtractionFailed(f"The media file of {row.clip} is missing from storage.")
        yield ClipInput(row.transcript, media)


@handles("extract_features")
def assemble_feature_sets(work: Work) -> dict[str, Any]:
    """Once all clips have been tried: write each feature set's file, and start the runs that waited for it."""
    errors = []
    for feature_set in FeatureSet.objects.filter(pk__in=work.payload["feature_sets"], file=""):
        try:
            assembled = _assemble(work, feature_set)
        except DomainError as error:
            errors.append(error.message)
        else:
            _complete(work, feature_set, assembled)
    if errors:
        raise ExtractionFailed(" ".join(errors))
    return {"feature_sets": work.payload["feature_sets"]}


def _extractor_of(feature_set: FeatureSet) -> Extractor:
    chosen = extractor(feature_set.extractor)
    if digest(chosen) != feature_set.digest:
        raise ExtractorUnavailable(
            f"The settings of {chosen.name} have changed since these features were asked for; ask for them again."
        )
    return chosen


@dataclass
class _Assembled:
    """What came together while a feature set's file was written."""

    columns: list[str]
    sha256: str = ""
    frames: int = 0
    failures: list[dict[str, Any]] = field(default_factory=list)  # Any: kept sentences
    found: dict[str, tuple[float, int]] = field(default_factory=dict)  # clip -> share, sampled frames

    def found_shares(self) -> dict[str, Any] | None:
        """As FeatureSet.found stores them."""
        if not self.found:
            return None
        overall = sum(share * frames for share, frames in self.found.values()) / self.frames
        return {
            "overall": round(overall, 4),
            "clips": {clip: round(share, 4) for clip, (share, _) in self.found.items()},
        }


def _assemble(work: Work, feature_set: FeatureSet) -> _Assembled:
    """Write all rows in version order and keep the file; a clip that failed has no frames."""
    frozen = VersionClip.objects.filter(version=feature_set.version_id)
    rows = list(frozen.select_related("clip__source").order_by("order"))
    chosen, features_of = _features_of(work, feature_set, rows)
    with storage.workspace() as folder:
        path = folder / "features.arrow"
        assembled = _write(work, path, chosen, rows, features_of)
        if not assembled.frames:
            first = next((failure["reason"]["english"] for failure in assembled.failures), None)
            reason = first or "the version holds no clips."
            raise ExtractionFailed(f"{chosen.name} gave features for no clip: {reason}")
        assembled.sha256 = storage.sha256_of(path)
        storage.keep(path, file_key(feature_set))
    return assembled


def file_key(feature_set: FeatureSet) -> str:
    """Where a feature set's file stands in storage."""
    return f"features/{feature_set.pk}.arrow"


def _features_of(
    work: Work, feature_set: FeatureSet, rows: Sequence[VersionClip]
) -> tuple[Extractor, Callable[[VersionClip], Extracted]]:
    """The extractor with its columns known, and its features of a row: fitted now, or extracted by the job's parts."""
    chosen = _extractor_of(feature_set)
    if isinstance(chosen, FittedExtractor):
        fitted = chosen.fit([row.transcript for row in rows if row.supervised and row.split == Split.TRAIN])
        return fitted, lambda row: fitted.extract(ClipInput(row.transcript))
    failed = work.job.children.filter(payload__feature_set=str(feature_set.pk)).exclude(state=Job.State.SUCCEEDED)
    reasons = {part["payload"]["input"]: part["error"] for part in failed.values("payload", "error")}
    cached = feature_cache.cached_hashes(feature_set)

    def from_cache(row: VersionClip) -> Extracted:
        hash_of_input = feature_cache.input_hash(row, feature_set.modality)
        if hash_of_input not in cached:
            raise ExtractionFailed(reasons.get(hash_of_input) or "It was not extracted; ask for the features again.")
        return feature_cache.load(feature_set, hash_of_input)

    return chosen, from_cache


def _write(
    work: Work,
    path: Path,
    chosen: Extractor,
    rows: Sequence[VersionClip],
    features_of: Callable[[VersionClip], Extracted],
) -> _Assembled:
    assembled = _Assembled(columns=list(chosen.columns))
    length = chosen.token_length
    nothing = Extracted(
        frames=np.zeros((0, len(assembled.columns)), np.float32),
        tokens=None if length is None else np.zeros((3, length), np.int64),
    )
    with RaggedWriter(path, columns=assembled.columns, rate=chosen.rate, extractor=chosen.name) as writer:
        for place, row in enumerate(rows, start=1):
            clip = str(row.clip)
            try:
                extracted = features_of(row)
            except DomainError as error:
                assembled.failures.append({"clip": clip, "reason": error.sentence.as_record()})
                extracted = nothing
            writer.add(clip, extracted.frames, extracted.tokens)
            assembled.frames += len(extracted.frames)
            if extracted.found is not None:
                assembled.found[clip] = (extracted.found, len(extracted.frames))
            work.progress(
                place, len(rows), sentence("extracting", "{extractor}: {clip}", extractor=chosen.name, clip=clip)
            )
    return assembled


def _complete(work: Work, feature_set: FeatureSet, assembled: _Assembled) -> None:
    """Make the feature set complete and start what waited for it, both or neither."""
    with work.commit():
        version = Version.objects.select_for_update().get(pk=feature_set.version_id)
        feature_set.file = file_key(feature_set)
        feature_set.sha256 = assembled.sha256
        feature_set.columns = assembled.columns
        feature_set.rate = extractor(feature_set.extractor).rate
        feature_set.frames = assembled.frames
        feature_set.failures = assembled.failures
        feature_set.found = assembled.found_shares()
        feature_set.save()
        start_ready_runs(version)
