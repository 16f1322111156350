"""Write what an import made into the database: sources, clips and the labels that came with them."""

from dataclasses import dataclass

from django.core.files.storage import default_storage

from config.errors import Conflict
from datasets.ingest.clips import StoredClip
from datasets.ingest.planning import PlannedClip
from datasets.ingest.sources import InspectedVideo
from datasets.models import Clip, Job, Label, Project, Source
from datasets.people import record_event

ORIGIN = "import"


@dataclass(frozen=True)
class MadeVideo:
    """All clips made from one video, their files complete.

    `source_file` is the storage key of the video itself; empty when it is a clip already, or stored before.
    """

    video: InspectedVideo
    clips: tuple[tuple[PlannedClip, StoredClip], ...]
    source_file: str

    def discard(self) -> None:
        """Delete the files of clips that get no rows."""
        for _, stored in self.clips:
            stored.discard()
        if self.source_file:
            default_storage.delete(self.source_file)


def record_video(job: Job, made: MadeVideo) -> None:
    """Write the rows of one video's clips, in the transaction of the caller."""
    for planned, stored in made.clips:
        clip = record_clip(record_source(job.project, planned, made), planned, stored)
        Label.objects.bulk_create(
            Label(
                clip=clip, modality=modality, fifths=fifths, origin=ORIGIN, scores=planned.row.scores.get(modality, [])
            )
            for modality, fifths in planned.row.labels.items()
        )


def record_source(project: Project | None, planned: PlannedClip, made: MadeVideo) -> Source:
    """The clip's source, made if the project lacks it; a clip that came ready has a source without a file."""
    if planned.row.start is None:
        return Source.objects.get_or_create(project=project, video_id=planned.row.video_id)[0]
    picture = made.video.picture
    width, height = picture.shown_size
    source, _ = Source.objects.get_or_create(
        project=project,
        video_id=planned.row.video_id,
        defaults={
            "file": made.source_file,
            "sha256": made.video.sha256,
            "seconds": made.video.end,
            "width": width,
            "height": height,
            "frame_rate": float(picture.frame_rate),
        },
    )
    if source.sha256 != made.video.sha256:
        raise Conflict(f"Another import has just brought another video “{source.video_id}”: rename this one.")
    return source


def record_clip(source: Source, planned: PlannedClip, stored: StoredClip) -> Clip:
    """One clip's row."""
    row = planned.row
    return Clip.objects.create(
        pk=planned.key,
        project_id=source.project_id,
        source=source,
        clip_id=row.clip_id,
        order=planned.order,
        start=row.start,
        end=row.end,
        transcript=row.transcript,
        speaker=row.speaker,
        scenario=row.scenario,
        supervised=row.supervised,
        given_split=row.given_split,
        file=stored.file,
        thumbnail=stored.thumbnail,
        sha256=stored.sha256,
        seconds=stored.seconds,
        width=stored.width,
        height=stored.height,
        frame_rate=stored.frame_rate,
    )


def record_import(job: Job, *, clips: int, rejected: int) -> None:
    """Add the import to the project's record of changes."""
    record_event(
        verb="imported clips",
        subject=job.title,
        project=job.project,
        actor=job.created_by,
        clips=clips,
        rejected=rejected,
    )
