"""Decide, before anything is made, which rows of a table can go into a project."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid5

from config.sentences import Sentence, sentence
from datasets.ingest.rows import BadRow, ClipRow, ClipTable, Rejected
from datasets.ingest.sources import InspectedVideo, find_video, inspect_video, require_stretch
from datasets.models import Clip, Job, Source


@dataclass(frozen=True)
class PlannedClip:
    """A row that passed every check made on its video, and the key that its clip will have.

    `is_made` when an earlier attempt of the same job got as far as writing the clip's row.
    """

    row: ClipRow
    video: InspectedVideo
    key: UUID
    order: int
    is_made: bool


class TakenIds:
    """Ids that are in use, by the project or by earlier rows of the table."""

    def __init__(self, job: Job) -> None:
        sources = Source.objects.filter(project=job.project)
        clips = Clip.objects.filter(project=job.project)
        self.sha256_by_video_id = dict(sources.values_list("video_id", "sha256"))
        self.video_id_by_sha256 = {sha256: name for name, sha256 in self.sha256_by_video_id.items() if sha256}
        self.made = set(clips.values_list("pk", flat=True))
        self.clips = {(video, clip): pk for video, clip, pk in clips.values_list("source__video_id", "clip_id", "pk")}

    def name_source(self, row: ClipRow, video: InspectedVideo) -> ClipRow:
        """The row under the id of its source: one file is one source, whatever names it goes by; raises BadRow."""
        if row.start is None:
            return row
        video_id = self.video_id_by_sha256.setdefault(video.sha256, row.video_id)
        if self.sha256_by_video_id.setdefault(video_id, video.sha256) != video.sha256:
            reason = f"the project has another video “{video_id}”: rename this file"
            raise BadRow("video_id_taken", reason, video=video_id)
        return replace(row, video_id=video_id)

    def take(self, row: ClipRow, key: UUID) -> bool:
        """Reserve the row's ids; True if its clip was made already under this very key; raises BadRow."""
        holder = self.clips.setdefault((row.video_id, row.clip_id), key)
        if holder != key:
            raise already_there(row)
        return key in self.made


def already_there(row: ClipRow) -> BadRow:
    """The error of a row whose ids stand in the project or the table already."""
    reason = f"there is a clip {row.clip_id} of {row.video_id} already: give another clip_id"
    return BadRow("duplicate_id", reason, found=f"{row.video_id}$_${row.clip_id}")


def plan_clips(
    job: Job, table: ClipTable, folder: Path, say: Callable[[Sentence], None]
) -> tuple[list[PlannedClip], list[Rejected]]:
    """The clips to make, in the table's order, and all rows that stay out; `say(what)` as it goes."""
    planned: list[PlannedClip] = []
    rejected = list(table.rejected)
    taken = TakenIds(job)
    first = next_order(job)
    for row, video in inspected_rows(table, folder, say):
        try:
            if isinstance(video, BadRow):
                raise video
            named = taken.name_source(row, video)
            require_stretch(named, video)
            # The same key at every attempt, so that a job begun anew neither doubles nor forgets what it made.
            key = uuid5(job.pk, f"clip at line {row.line}")
            is_made = taken.take(named, key)
            planned.append(PlannedClip(named, video, key, first + len(planned), is_made))
        except BadRow as bad:
            rejected.append(bad.at(row.line, row.video))
    return planned, sorted(rejected, key=lambda row: row.line)


def inspected_rows(
    table: ClipTable, folder: Path, say: Callable[[Sentence], None]
) -> Iterator[tuple[ClipRow, InspectedVideo | BadRow]]:
    """Each row with its video, looked into once however many rows it has, or with what is wrong with it."""
    seen: dict[str, InspectedVideo | BadRow] = {}
    for row in table.rows:
        if row.video not in seen:
            say(sentence("looking_into", "looking into {video}", video=row.video))
            try:
                seen[row.video] = inspect_video(find_video(folder, row.video))
            except BadRow as bad:
                seen[row.video] = bad
        yield row, seen[row.video]


def next_order(job: Job) -> int:
    """Place of the next clip in its project's order."""
    last = Clip.objects.filter(project=job.project).order_by("-order").values_list("order", flat=True).first()
    return 0 if last is None else last + 1
