"""The figures of a version: computed once, when it is published or first asked for, and kept."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from django.contrib.auth.models import User

from config.errors import DomainError
from config.sentences import Sentence, sentence
from datasets.formats.spreadsheet import spreadsheet_table
from datasets.manifest import FrozenClip
from datasets.models import Clip, Project, Version
from datasets.questions import Question, Report, registers
from datasets.selectors.versions import manifest_of
from datasets.services.analyses import answer_here
from datasets.versions.figure_tables import figure_tables
from datasets.versions.figures import draw_figures


class CannotWrite(DomainError):
    """The folder for the figures' numbers cannot be written to."""

    code = "cannot_write"


@registers
class VersionFiguresQuestion(Question):
    """The figures of a version."""

    kind = "version_figures"
    frozen = True

    def __init__(self, version: Version) -> None:
        self.version = version
        self.project = version.project
        self.subject = str(version.pk)

    @classmethod
    def of(cls, subject: str, parameters: str) -> Self:
        """Of the version with this id."""
        return cls(Version.objects.select_related("project").get(pk=subject))

    @property
    def title(self) -> Sentence:
        """For the ledger."""
        return sentence("version_figures", "Figures of {version}", version=str(self.version))

    def size(self) -> int:
        """Clips."""
        return self.version.rows.count()

    def compute(self, report: Report) -> dict[str, Any]:
        """By datasets.versions.figures, from the manifest."""
        report(0, 2, sentence("reading_manifest", "Reading the manifest"))
        clips = manifest_of(self.version).clips
        report(1, 2, sentence("counting", "Counting, and measuring agreement"))
        return figures_of_clips(project=self.project, clips=clips)

    def require_sight(self, user: User) -> None:
        """The project's staff sees all of it."""


def figures_of_version(*, version: Version) -> dict[str, Any]:
    """The stored figures; a version that has none yet gets them now."""
    return answer_here(VersionFiguresQuestion(version))


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
