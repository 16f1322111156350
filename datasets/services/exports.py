"""Make files of a version for people outside: ask for one, and build it as a job."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from django.contrib.auth.models import User
from django.db import transaction

from config.errors import DomainError
from datasets.features import Ragged, open_ragged
from datasets.formats.archive import Archive
from datasets.formats.card import Card, Features, write_card
from datasets.formats.chsims import label_csv, raw_path, unlabelled_csv
from datasets.formats.chsims_features import STEPS, Sections, build_arrays, pickles, section
from datasets.formats.pickling import write_pickle
from datasets.jobs import enqueue
from datasets.manifest import FrozenClip, Manifest, write_manifest
from datasets.media.storage import keep, local, sha256_of, workspace
from datasets.models import Export, Job, Version
from datasets.people import record_event
from datasets.runner import Work, handles
from datasets.selectors.versions import manifest_of
from datasets.vocabulary import Modality

FORMATS = ("chsims",)

FeatureProvider = Callable[[Version], Mapping[Modality, str]]
_feature_providers: list[FeatureProvider] = []


class UnknownFormat(DomainError):
    """There is no such export format."""

    code = "unknown_format"


def register_feature_provider(provider: FeatureProvider) -> None:
    """Tell exports where a version's feature files are; called once, when the app that keeps them is ready.

    The provider answers with storage keys of files that `datasets.features` wrote, for those of text, audio and
    vision whose feature set is complete; where there are several, it chooses.
    """
    if provider not in _feature_providers:
        _feature_providers.append(provider)


def feature_files(version: Version) -> dict[Modality, str]:
    """Storage keys of the version's feature files by modality; empty unless text, audio and vision are all there."""
    found = {modality: key for provider in _feature_providers for modality, key in provider(version).items()}
    return found if set(STEPS) <= set(found) else {}


@transaction.atomic
def request_export(
    *, version: Version, format: str = "chsims", include_media: bool = True, author: User | None = None
) -> tuple[Export, Job]:
    """Put the making of a file into the ledger; the export has its file once the job has ended well."""
    if format not in FORMATS:
        raise UnknownFormat(f"There is no export format “{format}”; choose from: {', '.join(FORMATS)}.")
    pk = uuid4()
    job = enqueue(
        kind="export_version",
        queue="media",
        title=f"Export {version.project.name} {version.number} as {format}",
        payload={"export": str(pk)},
        project=version.project,
        created_by=author,
        priority=2,  # somebody waits for the download, while renditions are made for later
    )
    options = {"include_media": include_media}
    export = Export.objects.create(pk=pk, version=version, format=format, options=options, job=job)
    record_event(
        verb="export_version", subject=version.number, project=version.project, actor=author,
        export=str(pk), format=format, include_media=include_media,
    )  # fmt: skip
    return export, job


@handles("export_version")
def export_version(work: Work) -> dict[str, Any]:
    """Build the zip beside its final place and move it there whole; the same version gives the same bytes."""
    export = Export.objects.select_related("version__project").get(pk=work.payload["export"])
    with workspace() as folder:
        path = folder / "export.zip"
        result = write_chsims(export.version, path, folder, work, include_media=export.options["include_media"])
        export.sha256, export.bytes = sha256_of(path), path.stat().st_size
        work.check()
        export.file = keep(path, f"exports/{export.pk}.zip")
    with work.commit():
        export.save(update_fields=["file", "sha256", "bytes"])
    return {"export": str(export.pk), "sha256": export.sha256, "bytes": export.bytes, **result}


def write_chsims(version: Version, path: Path, folder: Path, work: Work, *, include_media: bool) -> dict[str, Any]:
    """Write the CH-SIMS folder as a zip; returns what is in it."""
    manifest = manifest_of(version)
    with ExitStack() as stack, Archive(path, folder=folder_name(version.project.name)) as archive:
        features = {
            modality: open_ragged(stack.enter_context(local(key))) for modality, key in feature_files(version).items()
        }
        archive.add_bytes("label.csv", label_csv(manifest.clips))
        if any(not clip.supervised for clip in manifest.clips):
            archive.add_bytes("unlabelled.csv", unlabelled_csv(manifest.clips))
        archive.add_bytes("manifest.json", write_manifest(manifest))
        archive.add_bytes("README.txt", write_card(card_of(version, manifest, features, include_media)))
        if include_media:
            add_media(archive, version, manifest.clips, work)
        if features:
            add_features(archive, manifest.clips, features, folder, work)
    return {
        "clips": len(manifest.clips),
        "media": include_media,
        "features": [f"{modality} by {ragged.extractor}" for modality, ragged in features.items()],
        "without_features": clips_without(manifest.clips, features),
    }


def file_name(export: Export) -> str:
    """Name that the file has outside: project, version, format."""
    version = export.version
    return f"{folder_name(version.project.name)}-{version.number}-{export.format}.zip"


def folder_name(name: str) -> str:
    """The project's name as the name of a folder: letters and digits of any script, `-`, `_` and `.`."""
    kept = "".join(character if character.isalnum() or character in "-_." else "_" for character in name)
    return kept.lstrip(".") or "dataset"


def add_media(archive: Archive, version: Version, clips: Sequence[FrozenClip], work: Work) -> None:
    """Copy every clip's video, checked against the SHA-256 that the version froze."""
    files = dict(version.rows.values_list("order", "clip__file"))
    for order, clip in enumerate(clips):
        with local(files[order]) as path:
            archive.add_file(raw_path(clip), path, sha256=clip.media_sha256)
        work.progress(order + 1, len(clips), "Copying videos")


def add_features(
    archive: Archive, clips: Sequence[FrozenClip], features: Mapping[Modality, Ragged], folder: Path, work: Work
) -> None:
    """Write the feature pickles of the clips that have text, audio and vision features."""
    without = set(clips_without(clips, features))
    sections = Sections.of([clip for clip in clips if clip.name not in without])
    arrays = build_arrays(
        sections, features, folder, lambda done, total: work.progress(done, total, "Padding features")
    )
    for name, splits in pickles(sections):
        work.check()
        with archive.new_file(f"Processed/{name}") as file:
            write_pickle(file, {split: section(sections, arrays, split) for split in splits})


def clips_without(clips: Iterable[FrozenClip], features: Mapping[Modality, Ragged]) -> list[str]:
    """Clips that some extractor failed on."""
    return [clip.name for clip in clips if not all(ragged.has(clip.name) for ragged in features.values())]


def card_of(version: Version, manifest: Manifest, features: Mapping[Modality, Ragged], include_media: bool) -> Card:
    """The facts of the README."""
    return Card(
        name=version.project.name,
        number=version.number,
        sha256=version.sha256,
        licence=version.project.licence,
        simulated=version.simulated,
        aggregation=manifest.aggregation,
        statistics=version.statistics,
        include_media=include_media,
        features=Features(
            extractors={modality: ragged.extractor for modality, ragged in features.items()},
            has_tokens=bool(features) and features[Modality.TEXT].tokens is not None,
            without=clips_without(manifest.clips, features),
            cut={
                modality: count
                for modality, ragged in features.items()
                if (count := int((np.diff(ragged.offsets) > STEPS[modality]).sum()))
            },
        ),
    )
