"""Start imports of videos and tables that lie in folders of this machine."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from config.errors import DomainError, NotFound
from config.sentences import sentence
from datasets.formats.unpickling import read_pickle
from datasets.ingest.chsims_folder import check_chsims_folder
from datasets.ingest.manifest import check_manifest
from datasets.ingest.our_manifest import read_our_manifest
from datasets.jobs import claim, enqueue
from datasets.models import Job, Project
from datasets.runner import worker_name

# Before renditions, which are made for later: somebody looks at the progress.
WAITED_FOR = 2


class FolderNotAllowed(DomainError):
    """The folder lies outside those that may be imported from through the API."""

    code = "folder_not_allowed"


def start_import(
    *,
    project: Project,
    folder: Path,
    manifest: Path | None,
    atomic: bool,
    scale: int = 1,
    created_by: User | None = None,
) -> Job:
    """Enqueue the import of a folder with its manifest, or without one of a CH-SIMS folder, labels in -scale … scale.

    A table that cannot be read at all is an error now; bad rows are in the job's result later.
    """
    require_readable(folder, manifest)
    payload: dict[str, object] = {"folder": str(folder), "atomic": atomic, "scale": scale}
    if manifest is not None:
        payload["manifest"] = str(manifest)
    return enqueue(
        kind="import_chsims" if manifest is None else "import_clips",
        title=sentence("import", "Import {name}", name=folder.name if manifest is None else manifest.name),
        queue="media",
        payload=payload,
        project=project,
        created_by=created_by,
        priority=WAITED_FOR,
    )


def start_feature_import(
    *,
    project: Project,
    files: Sequence[Path],
    unsupervised: Sequence[Path] = (),
    scale: int = 1,
    atomic: bool = False,
    created_by: User | None = None,
) -> Job:
    """Enqueue the import of feature pickles as a version; a file that is none is an error now, nothing of it is run."""
    for path in (*files, *unsupervised):
        if not path.is_file():
            raise NotFound(f"There is no file {path}: check the path.")
        read_pickle(path)
    return enqueue(
        kind="import_features",
        title=sentence("import", "Import {name}", name=", ".join(path.name for path in (*files, *unsupervised))),
        queue="media",
        payload={
            "files": [str(path) for path in files],
            "unsupervised": [str(path) for path in unsupervised],
            "scale": scale,
            "atomic": atomic,
        },
        project=project,
        created_by=created_by,
        priority=WAITED_FOR,
    )


@transaction.atomic
def start_here(start: Callable[..., Job], **options: Any) -> Job:
    """Start an import claimed by this process before any worker sees it: its files may be on this machine alone."""
    job = start(**options)
    claim(job.pk, worker=worker_name())
    job.refresh_from_db()
    return job


def start_import_here(*, project: Project, folder: Path, manifest: Path | None, atomic: bool, scale: int = 1) -> Job:
    """Start the import of a folder in this process."""
    return start_here(start_import, project=project, folder=folder, manifest=manifest, atomic=atomic, scale=scale)


def require_readable(folder: Path, manifest: Path | None) -> None:
    """Raise before anything is made when the folder or its table cannot be read."""
    try:
        is_folder = folder.is_dir()
    except OSError:  # a name too long for the file system
        is_folder = False
    if not is_folder:
        raise NotFound(f"There is no folder {folder}: check the path.")
    if manifest is None:
        if read_our_manifest(folder) is None:
            check_chsims_folder(folder)
    else:
        check_manifest(manifest)


def allowed_folder(name: str) -> Path:
    """The folder of this name below one of CUESET_IMPORT_ROOTS, links followed; raises FolderNotAllowed."""
    for root in settings.IMPORT_ROOTS:
        folder = (root / name).resolve()
        if folder.is_relative_to(root.resolve()):
            return folder
    roots = ", ".join(str(root) for root in settings.IMPORT_ROOTS)
    raise FolderNotAllowed(f"“{name}” is not in a folder that may be imported from ({roots}): move it there.")


def file_in(folder: Path, name: str) -> Path:
    """The file of this name in the folder, links followed; raises FolderNotAllowed when it lies elsewhere."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder):
        raise FolderNotAllowed(f"The file “{name}” is not in the folder that is imported: move it there.")
    return path
