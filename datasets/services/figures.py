"""The figures of a version: computed once, when first asked for, and stored with it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from config.errors import DomainError
from datasets.formats.spreadsheet import spreadsheet_table
from datasets.manifest import FrozenClip
from datasets.models import Clip, Project, Version, VersionReport
from datasets.selectors.versions import manifest_of
from datasets.versions.figure_tables import figure_tables
from datasets.versions.figures import draw_figures


class CannotWrite(DomainError):
    """The folder for the figures' numbers cannot be written to."""

    code = "cannot_write"


def figures_of_version(*, version: Version) -> dict[str, Any]:
    """The stored figures; a version that has none yet gets them now."""
    stored: dict[str, Any] | None = (
        VersionReport.objects.filter(version=version).values_list("figures", flat=True).first()
    )
    if stored:
        return stored
    figures = figures_of_clips(project=version.project, clips=manifest_of(version).clips)
    with transaction.atomic():
        VersionReport.objects.update_or_create(version=version, defaults={"figures": figures})
    return figures


def figures_of_clips(*, project: Project, clips: Sequence[FrozenClip]) -> dict[str, Any]:
    """Figures of any clips of a project, those that disagree most with their primary keys, for their players."""
    figures = draw_figures(clips)
    named = {each["clip"]: each for each in figures["disagreeing"]}
    ids = Clip.objects.filter(project=project, clip_id__in=[name.split("$_$")[1] for name in named])
    for clip in ids.select_related("source"):
        if str(clip) in named:
            named[str(clip)]["id"] = str(clip.pk)
    return figures


def write_figure_tables(*, figures: dict[str, Any], folder: Path) -> list[str]:
    """Write the numbers behind every figure as CSV into a folder; returns the files."""
    files = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, (header, *rows) in figure_tables(figures):
            path = folder / f"{name}.csv"
            path.write_bytes(spreadsheet_table([str(cell) for cell in header], rows))
            files.append(str(path))
    except OSError as error:
        raise CannotWrite(f"{folder} cannot be written to ({error.strerror}); choose another --csv.") from error
    return files
