"""Bring clips into a project whose videos are not there: their ids, transcripts, labels and splits."""

from array import array
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any
from uuid import UUID, uuid5

import numpy as np
from django.utils import timezone

from config.sentences import sentence
from datasets.ingest.planning import already_there, next_order
from datasets.ingest.recording import ORIGIN, record_import
from datasets.ingest.rejections import Rejections
from datasets.ingest.report import Report
from datasets.ingest.rows import ClipRow, ClipTable
from datasets.media.storage import workspace
from datasets.models import Clip, Label, Source
from datasets.rows import in_pieces, write_rows
from datasets.runner import Work

ROWS_AT_ONCE = 2000
CLIP_COLUMNS = (
    "id", "source", "clip_id", "order", "transcript", "speaker", "scenario", "supervised", "given_split", "sha256",
    "seconds",
)  # fmt: skip


def import_without_videos(work: Work, table: ClipTable, *, atomic: bool) -> dict[str, Any]:
    """Write a table's clips and labels; returns the report, raises NothingImported when none went in.

    With `atomic` nothing goes in if any row is bad. An attempt that follows a crash goes on where the other stopped.
    No more than a piece of the table is in memory, and 8 bytes a row.
    """
    total, doubled = look_through(work, table)
    with workspace() as folder, Rejections(folder) as rejections:
        report = Report(work.job, table, rejections)
        if not (atomic and finds_bad_rows(work, table, report, doubled)):
            write_pieces(work, table, report, doubled, total)
        told = report.close()
    if not report.clips:
        work.renew(result=told)
        raise report.refusal(total)
    record_import(work.job, clips=report.clips, rejected=rejections.count)
    return told


def look_through(work: Work, table: ClipTable) -> tuple[int, frozenset[int]]:
    """Count the rows, and find the marks of names that stand twice; TableError for a table that breaks off."""
    marks = array("q")
    for place, entry in enumerate(table.entries()):
        marks.append(mark_of(entry) if isinstance(entry, ClipRow) else -place - 1)
        if place % ROWS_AT_ONCE == 0:
            work.progress(0, place, sentence("looking_through", "Looking through the table"))
    ordered = np.array(marks, np.int64)
    ordered.sort()
    return len(marks), frozenset(ordered[1:][ordered[1:] == ordered[:-1]].tolist())


def mark_of(row: ClipRow) -> int:
    """Eight bytes that nearly always differ where names do; what shares one is compared by its name."""
    return int.from_bytes(blake2b(name_of(row).encode(), digest_size=8).digest()) >> 1


def name_of(row: ClipRow) -> str:
    """A clip's name in its project."""
    return f"{row.video_id}$_${row.clip_id}"


def finds_bad_rows(work: Work, table: ClipTable, report: Report, doubled: frozenset[int]) -> bool:
    """Whether any row will stay out; if so, the report names them all."""
    for _ in fresh_pieces(work, table, report, doubled):
        report.settle()
    if not report.has_bad_rows:
        report.forget_counts()
    return report.has_bad_rows


def write_pieces(work: Work, table: ClipTable, report: Report, doubled: frozenset[int], total: int) -> None:
    """Write the good rows, each piece of the table in a transaction of its own."""
    order, done = next_order(work.job), 0
    for read, fresh in fresh_pieces(work, table, report, doubled):
        with work.commit():
            record_rows(work, fresh, order)
        for _, row in fresh:
            report.add(row)
        report.settle()
        order, done = order + len(fresh), done + read
        work.progress(done, total, sentence("writing_clips", "Writing clips"))


def fresh_pieces(
    work: Work, table: ClipTable, report: Report, doubled: frozenset[int]
) -> Iterator[tuple[int, list[tuple[UUID, ClipRow]]]]:
    """Piece by piece how many rows were read, and those to write with their clips' keys.

    What an earlier attempt wrote, and what cannot go in, is told to the report.
    """
    named: dict[str, UUID] = {}  # of names that stand twice
    for piece in in_pieces(table.entries(), ROWS_AT_ONCE):
        rows = [entry for entry in piece if isinstance(entry, ClipRow)]
        report.waiting += [entry for entry in piece if not isinstance(entry, ClipRow)]
        there, fresh = clips_there(work, rows), []
        for row in rows:
            # The same key at every attempt, so that a job begun anew doubles nothing.
            key = uuid5(work.job.pk, f"{name_of(row)} at {row.line}")
            holder = there.get((row.video_id, row.clip_id), key)
            if doubled and mark_of(row) in doubled and holder == key:
                holder = named.setdefault(name_of(row), key)
            if holder != key:
                report.reject(row, already_there(row))
            elif (row.video_id, row.clip_id) in there:
                report.add(row)
            else:
                fresh.append((key, row))
        yield len(piece), fresh


def clips_there(work: Work, rows: Sequence[ClipRow]) -> dict[tuple[str, str], UUID]:
    """The clips that the project has under the ids of these rows."""
    names = {row.video_id for row in rows}
    sources = dict(Source.objects.filter(project=work.job.project, video_id__in=names).values_list("pk", "video_id"))
    # By their sources alone, lest the database go through all clips of the project for every piece.
    held = Clip.objects.filter(source__in=sources, clip_id__in={row.clip_id for row in rows})
    return {(sources[source], clip): pk for source, clip, pk in held.values_list("source_id", "clip_id", "pk")}


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
