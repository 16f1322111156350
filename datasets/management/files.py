"""Files that commands write for people, whole or not at all."""

import shutil
from pathlib import Path

from config.errors import DomainError


class ExportFailed(DomainError):
    """The export could not be made, or not be written where it was wanted."""

    code = "export_failed"


def make_folder(folder: Path) -> None:
    """Make sure of the folder before the long work, not after it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportFailed(f"{folder} cannot be a folder ({error.strerror}); choose another --out.") from error


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that it stands under its name complete or not at all."""
    half_made = target.with_name(f".{target.name}.part")
    try:
        shutil.copyfile(source, half_made)
        half_made.replace(target)
    except OSError as error:
        raise ExportFailed(f"{target} cannot be written ({error.strerror}); choose another --out.") from error
    finally:
        half_made.unlink(missing_ok=True)
