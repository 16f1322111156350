"""What a worker does with the kinds of import; those that bring a whole version publish it as well."""

from pathlib import Path
from typing import Any

from config.sentences import sentence
from datasets.ingest.chsims_folder import read_chsims_folder
from datasets.ingest.feature_files import FeatureTable, read_feature_table, write_features
from datasets.ingest.importing import import_table
from datasets.ingest.manifest import read_manifest
from datasets.ingest.our_manifest import read_our_manifest, table_of
from datasets.ingest.rows import ClipTable
from datasets.ingest.without_videos import import_without_videos
from datasets.media.storage import workspace
from datasets.models import Version
from datasets.runner import Work, handles
from datasets.services.provenance import take_over
from datasets.services.receivers import feature_receivers
from datasets.services.versions import publish_version
from datasets.splitting import Grouping
from datasets.vocabulary import Modality

SEED = 1111  # of splits that were not given


@handles("import_clips")
def import_clips(work: Work) -> dict[str, Any]:
    """Payload: folder and manifest as absolute paths, atomic."""
    table = read_manifest(Path(work.payload["manifest"]))
    return import_table(work, table, folder=Path(work.payload["folder"]), atomic=work.payload["atomic"])


@handles("import_chsims")
def import_chsims(work: Work) -> dict[str, Any]:
    """Payload: folder as an absolute path, atomic, scale of the labels.

    An export of ours is published again, by the seed and grouping of its manifest, so that it gets its hash again.
    """
    folder = Path(work.payload["folder"])
    manifest = read_our_manifest(folder)
    if manifest is None:
        return import_rows(work, read_chsims_folder(folder, scale=work.payload.get("scale", 1)), folder)
    report = import_rows(work, table_of(manifest), folder)
    take_over(project=work.project, provenance=manifest.provenance)
    return report | publish(work, seed=manifest.seed, grouping=manifest.grouping)[1]


def import_rows(work: Work, table: ClipTable, folder: Path) -> dict[str, Any]:
    """Bring in rows with the videos of the folder, or without any when it has no Raw/."""
    if (folder / "Raw").is_dir():
        return import_table(work, table, folder=folder, atomic=work.payload["atomic"])
    return import_without_videos(work, table, atomic=work.payload["atomic"])


@handles("import_features")
def import_features(work: Work) -> dict[str, Any]:
    """Payload: files and unsupervised as lists of absolute paths, scale of the labels, atomic.

    Clips, labels and splits go in, a version is published of them, and its features are ready.
    """
    found = read_feature_table(
        [Path(name) for name in work.payload["files"]],
        unsupervised=[Path(name) for name in work.payload["unsupervised"]],
        scale=work.payload["scale"],
    )
    widths = {str(modality): found.width(modality) for modality in found.modalities}
    report = import_without_videos(work, found.table, atomic=work.payload["atomic"])
    version, published = publish(work, seed=SEED, grouping=Grouping.CLIP)
    return report | published | {"widths": widths, "features": keep_features(work, version, found)}


def publish(work: Work, *, seed: int, grouping: Grouping) -> tuple[Version, dict[str, Any]]:
    """Publish the project with what came in; the same content is the same version, also after a crash."""
    version = publish_version(
        project=work.project, seed=seed, grouping=grouping, notes=work.job.title, author=work.job.created_by, watch=work
    ).version
    return version, {"version": str(version.pk), "number": version.number, "sha256": version.sha256}


def keep_features(work: Work, version: Version, found: FeatureTable) -> list[dict[str, Any]]:
    """Write the arrays as feature files in the version's row order and hand them to those who keep them."""
    rows = version.rows.order_by("order").select_related("clip__source")
    names = [str(row.clip) for row in rows]
    kept = []
    for modality in found.modalities:
        with workspace() as folder:
            path = folder / "features.arrow"

            def say(done: int, total: int, modality: Modality = modality) -> None:
                work.progress(
                    done, total, sentence("writing_features", "Writing {modality} features", modality=modality)
                )

            filled = write_features(found, modality, names, path, say)
            for receive in feature_receivers():
                work.check()
                kept.append(
                    {
                        "modality": str(modality),
                        "feature_set": receive(version, modality, path, filled),
                        "frames": filled.frames,
                        "repaired": filled.repaired,
                        "missing": len(filled.missing),
                    }
                )
    return kept
