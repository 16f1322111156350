"""Make the file of an export, as a job: complete under its name, or absent; the same version gives the same bytes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from config.sentences import sentence
from datasets.features import Ragged, open_ragged
from datasets.formats import huggingface, parquet
from datasets.formats.archive import Archive
from datasets.formats.card import Card, Copies, Features, write_card
from datasets.formats.chsims import LABEL_COLUMNS, label_csv, raw_path, unlabelled_csv
from datasets.formats.chsims_features import STEPS, Sections, build_arrays, pickles, section
from datasets.formats.croissant import Table, write_croissant
from datasets.formats.data_card import as_page, write_data_card
from datasets.formats.pickling import write_pickle
from datasets.formats.rating import describe_rating
from datasets.formats.spreadsheet import annotations_csv, clips_csv
from datasets.formats.tables import clip_rows
from datasets.manifest import FrozenClip, Manifest, write_manifest
from datasets.media.storage import keep, local, sha256_of, workspace
from datasets.models import Export, Version
from datasets.runner import Work, handles
from datasets.selectors.versions import manifest_of
from datasets.services.exports import feature_files, folder_name
from datasets.services.leaks import found_leaks
from datasets.vocabulary import Modality


@dataclass(frozen=True)
class Bundle:
    """Everything that a format is written from, and the archive it is written into."""

    version: Version
    clips: Sequence[FrozenClip]
    features: Mapping[Modality, Ragged]
    card: Card
    archive: Archive
    folder: Path  # for what is too large for memory
    work: Work


@handles("export_version")
def export_version(work: Work) -> dict[str, Any]:
    """Build the zip beside its final place and move it there whole."""
    export = Export.objects.select_related("version__project", "version__parent").get(pk=work.payload["export"])
    with workspace() as folder:
        path = folder / "export.zip"
        result = write_export(export, path, folder, work)
        export.sha256, export.bytes = sha256_of(path), path.stat().st_size
        work.check()
        export.file = keep(path, f"exports/{export.pk}.zip")
    with work.commit():
        export.save(update_fields=["file", "sha256", "bytes"])
    return {"export": str(export.pk), "sha256": export.sha256, "bytes": export.bytes, **result}


def write_export(export: Export, path: Path, folder: Path, work: Work) -> dict[str, Any]:
    """Write the zip: what its format asks for, then the manifest, the data card and the sums; returns what is in it."""
    version, include_media = export.version, bool(export.options["include_media"])
    leaks = found_leaks(version=version, watch=work, author=work.job.created_by)
    manifest = manifest_of(version)
    with ExitStack() as stack, Archive(path, folder=folder_name(version.project.name)) as archive:
        features = {
            modality: open_ragged(stack.enter_context(local(key))) for modality, key in feature_files(version).items()
        }
        card = card_of(version, manifest, features, include_media, leaks)
        bundle = Bundle(version, manifest.clips, features, card, archive, folder, work)
        archive.add_bytes("manifest.json", write_manifest(manifest))
        data_card = write_data_card(card)
        archive.add_bytes("DATACARD.md", data_card.encode())
        archive.add_bytes("DATACARD.html", as_page(data_card, title=f"{card.name} {card.number}"))
        tables = WRITERS[export.format](bundle)
        archive.add_bytes("croissant.json", write_croissant(card, archive.files, tables))
    return {
        "clips": len(manifest.clips),
        "media": include_media,
        "features": [f"{modality} by {ragged.extractor}" for modality, ragged in features.items()],
        "without_features": clips_without(manifest.clips, features),
    }


def write_chsims(bundle: Bundle) -> list[Table]:
    """The CH-SIMS folder: label.csv, videos, feature pickles."""
    archive = bundle.archive
    archive.add_bytes("label.csv", label_csv(bundle.clips))
    if any(not clip.supervised for clip in bundle.clips):
        archive.add_bytes("unlabelled.csv", unlabelled_csv(bundle.clips))
    archive.add_bytes("README.txt", write_card(bundle.card))
    if bundle.card.include_media:
        add_media(bundle, raw_path)
    if bundle.features:
        add_features(bundle)
    return [Table("label.csv", LABEL_COLUMNS)]


def write_parquet(bundle: Bundle) -> list[Table]:
    """Two Parquet tables, and the videos."""
    bundle.archive.add_bytes("clips.parquet", parquet.clips_parquet(bundle.clips))
    bundle.archive.add_bytes("annotations.parquet", parquet.annotations_parquet(bundle.clips))
    if bundle.card.include_media:
        add_media(bundle, raw_path)
    return [
        Table("clips.parquet", parquet.CLIPS.names, has_lists=True),
        Table("annotations.parquet", parquet.ANNOTATIONS.names),
    ]


def write_huggingface(bundle: Bundle) -> list[Table]:
    """README.md, and a folder for each split with metadata.csv and the videos."""
    include_media, folders, tables = bundle.card.include_media, {}, []
    for folder, clips in huggingface.folders(bundle.clips):
        name = f"{folder}/metadata.csv"
        bundle.archive.add_bytes(name, huggingface.metadata_csv(clips, include_media=include_media))
        tables.append(Table(name, [*(["file_name"] if include_media else []), *next(clip_rows(clips))]))
        folders[folder] = {clip.key for clip in clips}
    readme = huggingface.readme(bundle.card, write_data_card(bundle.card), folders)
    bundle.archive.add_bytes("README.md", readme)
    if include_media:
        add_media(bundle, lambda clip: f"{huggingface.FOLDERS[clip.split]}/{huggingface.media_name(clip)}")
    return tables


def write_csv(bundle: Bundle) -> list[Table]:
    """Two tables for spreadsheets, and the videos."""
    bundle.archive.add_bytes("clips.csv", clips_csv(bundle.clips))
    bundle.archive.add_bytes("annotations.csv", annotations_csv(bundle.clips))
    if bundle.card.include_media:
        add_media(bundle, raw_path)
    return [Table("clips.csv", parquet.CLIPS.names)]


# What each format adds to the manifest and the card; the tables in it are described in croissant.json.
WRITERS: Mapping[str, Callable[[Bundle], list[Table]]] = {
    "chsims": write_chsims,
    "parquet": write_parquet,
    "huggingface": write_huggingface,
    "csv": write_csv,
}


def add_media(bundle: Bundle, path_of: Callable[[FrozenClip], str]) -> None:
    """Copy the clips' videos, checked against the SHA-256 that the version froze; some clips may have none."""
    files = dict(bundle.version.rows.values_list("order", "clip__file"))
    for order, clip in enumerate(bundle.clips):
        if clip.media_sha256:
            with local(files[order]) as path:
                bundle.archive.add_file(path_of(clip), path, sha256=clip.media_sha256)
        bundle.work.progress(order + 1, len(bundle.clips), sentence("copying_videos", "Copying videos"))


def add_features(bundle: Bundle) -> None:
    """Write the feature pickles of the clips that have text, audio and vision features."""
    without = set(bundle.card.features.without)
    sections = Sections.of([clip for clip in bundle.clips if clip.name not in without])

    def report(done: int, total: int) -> None:
        bundle.work.progress(done, total, sentence("padding_features", "Padding features"))

    arrays = build_arrays(sections, bundle.features, bundle.folder, report)
    for name, splits in pickles(sections):
        bundle.work.check()
        with bundle.archive.new_file(f"Processed/{name}") as file:
            write_pickle(file, {split: section(sections, arrays, split) for split in splits})


def clips_without(clips: Iterable[FrozenClip], features: Mapping[Modality, Ragged]) -> list[str]:
    """Clips that some extractor failed on."""
    return [clip.name for clip in clips if not all(ragged.has(clip.name) for ragged in features.values())]


def describe_withdrawal(version: Version) -> str:
    """A sentence with the day and the reason; blank for a version that stands."""
    if version.withdrawn_at is None:
        return ""
    return f"Withdrawn on {version.withdrawn_at.date().isoformat()}: {version.withdrawn_reason}"


def card_of(
    version: Version,
    manifest: Manifest,
    features: Mapping[Modality, Ragged],
    include_media: bool,
    leaks: Mapping[str, Any],
) -> Card:
    """The facts of README, data card and croissant.json."""
    return Card(
        name=version.project.name,
        number=version.number,
        sha256=version.sha256,
        simulated=version.simulated,
        aggregation=manifest.aggregation,
        statistics=version.statistics,
        copies={kind: Copies(found["compared"], found["found"]) for kind, found in leaks.items()},
        include_media=include_media,
        provenance=manifest.provenance,
        published=version.created_at.date().isoformat(),
        rating=describe_rating(manifest.clips),
        withdrawn=describe_withdrawal(version),
        follows=version.parent.number if version.parent else "",
        notes=version.notes,
        seed=manifest.seed,
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
