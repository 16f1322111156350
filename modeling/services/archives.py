"""A finished run's folder as one file, to be taken to another machine."""

from pathlib import Path

from django.contrib.auth.models import User
from django.core.files.storage import default_storage

from datasets.formats.archive import Archive
from datasets.media import storage
from datasets.people import record_event
from modeling.errors import RunFailed
from modeling.models import Run
from modeling.run_folder import NAMES, files_of, stored_weights


def archive_run(*, run: Run) -> Run:
    """The run with its folder's zip in storage: made when it is first asked for, the same bytes whenever it is made.

    Raises RunUnfinished before there is a folder, RunFailed when it is no longer whole.
    """
    if run.archive and default_storage.exists(run.archive):
        return run
    with storage.workspace() as folder:
        path = folder / "run.zip"
        _write(run, path)
        run.archive_sha256 = storage.sha256_of(path)
        run.archive = storage.keep(path, f"runs/{run.pk}.zip")
    run.save(update_fields=["archive", "archive_sha256"])
    return run


def _write(run: Run, path: Path) -> None:
    with stored_weights(run), Archive(path, folder=f"run-{run.pk}") as archive:
        names = files_of(run)
        if missing := [name for name in NAMES if name not in names]:
            raise RunFailed(f"The folder of the run {run.pk} has lost {', '.join(missing)}; restore it from a backup.")
        for name in names:
            with storage.local(f"runs/{run.pk}/{name}") as file:
                archive.add_file(name, file, sha256=storage.sha256_of(file))


def archive_name(run: Run) -> str:
    """Name that the file has outside; it unpacks into a folder of the same name."""
    return f"run-{run.pk}.zip"


def record_run_download(*, run: Run, actor: User) -> None:
    """Remember in the project's record who took which file."""
    record_event(
        verb="downloaded_run", subject=archive_name(run), project=run.version.project, actor=actor,
        run=str(run.pk), sha256=run.archive_sha256,
    )  # fmt: skip
