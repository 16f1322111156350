"""What a worker does with the two kinds of import."""

from pathlib import Path
from typing import Any

from datasets.ingest.chsims_folder import read_chsims_folder
from datasets.ingest.importing import import_table
from datasets.ingest.manifest import read_manifest
from datasets.runner import Work, handles


@handles("import_clips")
def import_clips(work: Work) -> dict[str, Any]:
    """Payload: folder and manifest as absolute paths, atomic."""
    table = read_manifest(Path(work.payload["manifest"]))
    return import_table(work, table, folder=Path(work.payload["folder"]), atomic=work.payload["atomic"])


@handles("import_chsims")
def import_chsims(work: Work) -> dict[str, Any]:
    """Payload: folder as an absolute path, atomic."""
    folder = Path(work.payload["folder"])
    return import_table(work, read_chsims_folder(folder), folder=folder, atomic=work.payload["atomic"])
