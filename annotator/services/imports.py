"""Scores from a file: every good row goes in, every bad one is reported with its line and reason."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User

from annotator.foreign_scores import TABLE, layout_of, places_in, read_scores
from annotator.models import Campaign, ScoreFile
from annotator.services.writing_scores import Importing, ScoreImport, require_taking_scores
from config.errors import NotFound
from config.sentences import sentence
from datasets.ingest.rejections import Rejections
from datasets.jobs import enqueue
from datasets.media import storage
from datasets.models import Job
from datasets.services.imports import WAITED_FOR
from datasets.watching import Unwatched


def start_score_import(
    *,
    campaign: Campaign,
    file: ScoreFile | Path,
    columns: Mapping[str, str] | None = None,
    dry_run: bool = False,
    simulated: bool = False,
    created_by: User | None = None,
) -> Job:
    """Enqueue the import of a file that was sent, or of one on this machine; its report is the job's result.

    Raises CampaignNotOpen, and for a file that cannot be read at all BadTable or TableError.
    """
    require_taking_scores(campaign)
    if isinstance(file, Path):
        next(read_scores(file, layout_of(file), columns), None)
    elif file.kind == TABLE:
        places_in(file.columns, columns or {})
    payload: dict[str, Any] = {"path": str(file)} if isinstance(file, Path) else {"file": str(file.pk)}
    payload |= {
        "campaign": str(campaign.pk),
        "columns": dict(columns or {}),
        "dry_run": dry_run,
        "simulated": simulated,
    }
    if dry_run:
        title = sentence("check_scores", "Check {file} for {campaign}", file=file.name, campaign=campaign.name)
    else:
        title = sentence("import_scores", "Import {file} for {campaign}", file=file.name, campaign=campaign.name)
    return enqueue(
        kind="import_annotations",
        title=title,
        queue="media",
        payload=payload,
        project=campaign.project,
        created_by=created_by,
        priority=WAITED_FOR,
    )


def sent_file(campaign: Campaign, pk: UUID) -> ScoreFile:
    """A file that was sent for this campaign; NotFound."""
    found = ScoreFile.objects.filter(campaign=campaign, pk=pk).first()
    if found is None:
        raise NotFound("There is no such file of scores for this campaign, or its week is over: send it again.")
    return found


def import_annotations(
    *, campaign: Campaign, path: Path, how: ScoreImport | None = None, actor: User | None = None
) -> dict[str, Any]:
    """Import a file in this process, outside the ledger; returns the report."""
    with storage.workspace() as folder, Rejections(folder) as rejections:
        importing = Importing(campaign, how or ScoreImport(), rejections, actor=actor)
        importing.run(path, Unwatched())
        return importing.report()
