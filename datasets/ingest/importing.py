"""Carry out an import: make the files of every good row, then write its rows, and report the bad ones."""

import logging
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import IntegrityError

from config.errors import Conflict
from config.sentences import Sentence, sentence
from datasets.ingest.clips import StoredClip, make_clip
from datasets.ingest.planning import PlannedClip, plan_clips
from datasets.ingest.recording import MadeVideo, record_import, record_video
from datasets.ingest.rejections import Rejections
from datasets.ingest.report import Report
from datasets.ingest.rows import BadRow, ClipTable
from datasets.ingest.sources import InspectedVideo
from datasets.ingest.tables import TableError
from datasets.media import storage
from datasets.models import Source
from datasets.runner import Work

# What is to be made of every row is planned in memory.
MOST_ROWS = 100_000
# Commands listen here to show progress to the person who waits.
logger = logging.getLogger("datasets.ingest")


class Steps:
    """Progress of an import: one step for looking into each video, one for making each clip."""

    def __init__(self, work: Work, table: ClipTable) -> None:
        self.work = work
        self.done = 0
        self.total = len({row.video for row in table.rows}) + len(table.rows)

    def next(self, doing: Sentence) -> None:
        """Say what begins now; raises when the job was cancelled."""
        logger.info("%d of %d: %s", self.done + 1, self.total, doing)
        self.work.progress(self.done, self.total, doing)
        self.done += 1

    def finish(self) -> None:
        """All steps are done, or need not be."""
        self.work.progress(self.total, self.total)


def import_table(work: Work, table: ClipTable, *, folder: Path, atomic: bool) -> dict[str, Any]:
    """Bring a table's clips into the job's project; returns the report, raises NothingImported when none went in.

    With `atomic` all rows go in or none does. Rows of the database appear only once their files are complete.
    """
    require_few_rows(table)
    steps = Steps(work, table)
    planned, rejected = plan_clips(work.job, table, folder, say=steps.next)
    with storage.workspace() as place, Rejections(place) as rejections:
        report = Report(work.job, table, rejections, waiting=rejected)
        for clip in planned:
            if clip.is_made:
                report.add(clip.row)
        if not (atomic and rejected):
            make_and_record(work, planned, report, steps, atomic=atomic)
        told = report.close()
    if not report.clips:
        work.renew(result=told)
        raise report.refusal(len(table.rows) + len(table.rejected))
    record_import(work.job, clips=report.clips, rejected=rejections.count)
    steps.finish()
    return told


def require_few_rows(table: ClipTable) -> None:
    """Raise TableError for a table that is too long to be planned in memory; a streamed count, before anything else."""
    rows = sum(1 for _ in table.entries())
    if rows > MOST_ROWS:
        raise TableError(f"The table has {rows:,} rows, and videos are cut for {MOST_ROWS:,} at once: split it.")


def make_and_record(work: Work, planned: Iterable[PlannedClip], report: Report, steps: Steps, *, atomic: bool) -> None:
    """Make and write the clips video by video, or with `atomic` write all at the end unless a row proved bad."""
    waiting: list[MadeVideo] = []
    try:
        for clips in by_video(planned):
            waiting.append(make_video(work, clips, report, steps))
            if not atomic:
                record_waiting(work, waiting, report)
        if not (atomic and report.has_bad_rows):
            record_waiting(work, waiting, report)
    finally:
        for made in waiting:
            made.discard()


def by_video(planned: Iterable[PlannedClip]) -> Iterable[list[PlannedClip]]:
    """The clips still to make, together with the others of their video; copies of one file are one video."""
    groups: dict[str, list[PlannedClip]] = {}
    for clip in planned:
        if not clip.is_made:
            groups.setdefault(clip.video.sha256, []).append(clip)
    return groups.values()


def make_video(work: Work, clips: list[PlannedClip], report: Report, steps: Steps) -> MadeVideo:
    """Make the files of one video's clips; a row that proves bad now goes into the report."""
    made: list[tuple[PlannedClip, StoredClip]] = []
    source_file = ""
    try:
        with steady_copy(clips[0].video) as video:
            for clip in clips:
                steps.next(
                    sentence(
                        "making_clip",
                        "making clip {clip} of {video}",
                        clip=clip.row.clip_id,
                        video=clip.row.video_id,
                    )
                )
                try:
                    made.append((clip, make_clip(clip.row, video)))
                except BadRow as bad:
                    report.reject(clip.row, bad)
            if made and needs_storing(work, made[0][0]):
                source_file = storage.keep(video.path, f"sources/{uuid4()}{video.path.suffix.lower()}")
    except BadRow as bad:
        for clip in clips:
            report.reject(clip.row, bad)
    except BaseException:
        MadeVideo(clips[0].video, tuple(made), source_file).discard()
        raise
    return MadeVideo(clips[0].video, tuple(made), source_file)


@contextmanager
def steady_copy(video: InspectedVideo) -> Iterator[InspectedVideo]:
    """The video as a copy that nobody changes meanwhile; raises BadRow if it is no longer what was looked into."""
    with storage.workspace() as folder:
        copy = folder / video.path.name
        try:
            shutil.copyfile(video.path, copy)
        except FileNotFoundError as error:
            raise BadRow(
                "file_changed", f"{video.path.name} was removed while it was being imported", found=video.path.name
            ) from error
        if storage.sha256_of(copy) != video.sha256:
            raise BadRow(
                "file_changed", f"{video.path.name} was changed while it was being imported", found=video.path.name
            )
        yield replace(video, path=copy)


def needs_storing(work: Work, clip: PlannedClip) -> bool:
    """Whether the video is a source that the project does not hold yet."""
    held = Source.objects.filter(project=work.job.project, sha256=clip.video.sha256)
    return clip.row.start is not None and not held.exists()


def record_waiting(work: Work, waiting: list[MadeVideo], report: Report) -> None:
    """Write the rows of finished videos in one transaction; raises Conflict when another import was faster."""
    try:
        with work.commit():
            for made in waiting:
                record_video(work.job, made)
    except IntegrityError as error:
        raise Conflict(
            "Another import has just brought the same clips into this project: wait until it ends, then import again."
        ) from error
    for made in waiting:
        for clip, _ in made.clips:
            report.add(clip.row)
    waiting.clear()
