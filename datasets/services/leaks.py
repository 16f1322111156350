"""Search a version for copies across its splits: fingerprint the videos, then compare texts and fingerprints.

What is found is stored with the version and stays as it is: exports tell it, and the same version gives the same bytes.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from config.errors import DomainError
from config.sentences import sentence
from datasets.jobs import Part, enqueue
from datasets.media.command import MediaError
from datasets.media.fingerprint import fingerprint
from datasets.media.storage import local
from datasets.models import Clip, Job, Version, VersionReport
from datasets.runner import Work, finish_here, handles
from datasets.selectors.versions import manifest_of
from datasets.services.figures import figures_of_version
from datasets.statistics import distances_between
from datasets.versions.near_media import near_media
from datasets.versions.near_pairs import Near
from datasets.versions.near_texts import near_texts
from datasets.vocabulary import Modality
from datasets.watching import Watch

CLIPS_A_PART = 50
PAIRS_KEPT = 500  # of each kind; counts are of all


class SearchFailed(DomainError):
    """The search did not come to its end."""

    code = "search_failed"


@transaction.atomic
def request_leak_search(*, version: Version, author: User | None = None) -> Job | None:
    """Put the search into the ledger; the job that is under way, when there is one; None for what has been searched."""
    report, _ = VersionReport.objects.select_for_update().get_or_create(version=version)
    if report.leaks is not None:
        return None
    if report.leak_job and report.leak_job.state not in Job.ENDED:
        return report.leak_job
    without = version.rows.exclude(split="").filter(clip__fingerprint="")
    waiting = list(without.exclude(clip__file="").values_list("clip_id", flat=True))
    report.leak_job = enqueue(
        kind="search_leaks",
        queue="media",
        title=sentence(
            "search_leaks",
            "Search {project} {number} for copies across splits",
            project=version.project.name,
            number=version.number,
        ),
        payload={"version": str(version.pk)},
        parts=[
            Part(
                kind="fingerprint_clips",
                title=sentence("videos", "{count} videos", count=len(part)),
                payload={"clips": [str(clip) for clip in part]},
            )
            for part in in_parts(waiting)
        ],
        project=version.project,
        created_by=author,
        priority=8,  # nobody waits for it
    )
    report.save(update_fields=["leak_job"])
    return report.leak_job


def found_leaks(*, version: Version, watch: Watch | None = None, author: User | None = None) -> dict[str, Any]:
    """What the search found; one that is still to be done is done in this process, beside any workers.

    Raises SearchFailed.
    """

    def report(job: Job) -> None:
        if watch and job.state not in Job.ENDED:
            watch.progress(job.done, job.total + 1, sentence("searching_copies", "Searching for copies across splits"))

    job = request_leak_search(version=version, author=author)
    if job and finish_here(job, report).state != Job.State.SUCCEEDED:
        raise SearchFailed(
            f"The search of version {version.number} for copies across its splits {job.error or f'was {job.state}'}; "
            "search again on the version's page or with search_leaks, and then try this again."
        )
    return dict(VersionReport.objects.get(version=version).leaks or {})


def in_parts(clips: Sequence[UUID]) -> list[Sequence[UUID]]:
    """Clips in portions that a worker does in seconds."""
    return [clips[start : start + CLIPS_A_PART] for start in range(0, len(clips), CLIPS_A_PART)]


@handles("fingerprint_clips")
def fingerprint_clips(work: Work) -> dict[str, Any]:
    """Give each clip its fingerprint; one whose video cannot be read stays without, and is counted in the end."""
    clips = list(Clip.objects.filter(pk__in=work.payload["clips"], fingerprint=""))
    for done, clip in enumerate(clips):
        work.progress(done, len(clips), sentence("looking_at", "Looking at {clip}", clip=str(clip)))
        try:
            with local(clip.file) as path:
                clip.fingerprint = fingerprint(path)
        except (MediaError, FileNotFoundError):
            continue
    with work.commit():
        Clip.objects.bulk_update(clips, ["fingerprint"])
    return {"clips": len(clips)}


@handles("search_leaks")
def search_leaks(work: Work) -> dict[str, Any]:
    """Compare every pair of clips in different splits, and store what is nearly the same.

    The version's figures are drawn first, so that nobody who looks at them later has to wait.
    """
    version = Version.objects.select_related("project").get(pk=work.payload["version"])
    work.progress(0, 3, sentence("drawing_figures", "Drawing figures"))
    figures_of_version(version=version)
    clips = [clip for clip in manifest_of(version).clips if clip.split]
    work.progress(1, 3, sentence("comparing_transcripts", "Comparing transcripts"))
    texts = near_texts(clips, most=PAIRS_KEPT)
    work.progress(2, 3, sentence("comparing_videos", "Comparing videos"))
    rows = version.rows.exclude(split="").exclude(clip__fingerprint="")
    fingerprints = {
        f"{video_id}$_${clip_id}": found
        for video_id, clip_id, found in rows.values_list("clip__source__video_id", "clip__clip_id", "clip__fingerprint")
    }
    media = near_media(clips, fingerprints, most=PAIRS_KEPT)
    leaks = {
        "transcripts": {"compared": len(clips), **near_facts(texts)},
        "media": {"compared": len(fingerprints), **near_facts(media)},
    }
    with work.commit():
        VersionReport.objects.filter(version=version, leaks__isnull=True).update(leaks=leaks)
    return {kind: found["found"] for kind, found in leaks.items()}


def near_facts(near: Near) -> dict[str, Any]:
    """What was found, as JSON."""
    pairs = [asdict(pair) | {"splits": [str(split) for split in pair.splits]} for pair in near.pairs]
    return {"found": near.found, "pairs": pairs}


def leak_report(version: Version) -> dict[str, Any]:
    """Everything known about leaks between a version's splits; `leaks` is null until the search has ended once."""
    report = VersionReport.objects.select_related("leak_job").filter(version=version).first()
    known = version.statistics
    return {
        "version": version.pk,
        "split_by": known.get("split_by"),
        **known["leaks"],
        "leaks": report and report.leaks,
        "class_distance": known["class_distance"],
        "between_splits": distances_between(known["classes"][Modality.MULTIMODAL]),
        "feasibility": known.get("feasibility"),
        "job": report and report.leak_job,
    }
