"""Bring clips into a project whose videos are not there: their ids, transcripts, labels and splits."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone

from datasets.ingest.planning import TakenIds, next_order
from datasets.ingest.recording import ORIGIN, record_import
from datasets.ingest.report import Report
from datasets.ingest.rows import BadRow, ClipRow, ClipTable
from datasets.models import Clip, Label, Source
from datasets.rows import write_rows
from datasets.runner import Work

ROWS_AT_ONCE = 2000
CLIP_COLUMNS = (
    "id", "source", "clip_id", "order", "transcript", "speaker", "scenario", "supervised", "given_split", "sha256",
    "seconds",
)  # fmt: skip


def import_without_videos(work: Work, table: ClipTable, *, atomic: bool) -> dict[str, Any]:
    """Write a table's clips and labels; returns the report, raises NothingImported when none went in.

    With `atomic` nothing goes in if any row is bad. An attempt that follows a crash goes on where the other stopped.
    """
    report = Report(work.job, table, list(table.rejected))
    fresh = unknown_rows(work, table, report)
    if not (atomic and report.rejected):
        first = next_order(work.job)
        for start in range(0, len(fresh), ROWS_AT_ONCE):
            chunk = fresh[start : start + ROWS_AT_ONCE]
            with work.commit():
                record_rows(work, chunk, first + start)
            report.clips.extend(row for _, row in chunk)
            work.progress(start + len(chunk), len(fresh), "Writing clips")
    report.keep()
    if not report.clips:
        work.renew(result=report.as_json())
        raise report.refusal()
    record_import(work.job, clips=len(report.clips), rejected=len(report.rejected))
    return report.as_json()


def unknown_rows(work: Work, table: ClipTable, report: Report) -> list[tuple[UUID, ClipRow]]:
    """Rows to write, with their clips' keys; what an earlier attempt wrote or stands twice goes to the report."""
    taken = TakenIds(work.job)
    fresh: list[tuple[UUID, ClipRow]] = []
    for row in table.rows:
        # The same key at every attempt, so that a job begun anew doubles nothing.
        key = uuid5(work.job.pk, f"{row.video_id}$_${row.clip_id} at {row.line}")
        try:
            if taken.take(row, key):
                report.clips.append(row)
            else:
                fresh.append((key, row))
        except BadRow as bad:
            report.reject(row, bad)
    return fresh


def record_rows(work: Work, rows: Sequence[tuple[UUID, ClipRow]], first: int) -> None:
    """Write sources, clips and labels in bulk, in the transaction of the caller."""
    project = work.job.project
    names = {row.video_id for _, row in rows}
    Source.objects.bulk_create([Source(project=project, video_id=name) for name in names], ignore_conflicts=True)
    sources = dict(Source.objects.filter(project=project, video_id__in=names).values_list("video_id", "pk"))
    clips = (
        (
            key, sources[row.video_id], row.clip_id, first + place, row.transcript, row.speaker, row.scenario,
            row.supervised, row.given_split, row.sha256, row.seconds,
        )
        for place, (key, row) in enumerate(rows)
    )  # fmt: skip
    same = {
        "project": work.job.project_id,
        "created_at": timezone.now(),
        "file": "",
        "width": 0,
        "height": 0,
        "frame_rate": 0,
    }
    write_rows(Clip, CLIP_COLUMNS, clips, constant=same)
    labels = (
        (key, modality, fifths, list(row.scores.get(modality, [])))
        for key, row in rows
        for modality, fifths in row.labels.items()
    )
    settled = {"origin": ORIGIN, "settled_at": timezone.now()}
    write_rows(Label, ["clip", "modality", "fifths", "scores"], labels, constant=settled)
