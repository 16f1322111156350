"""Copies across the splits of a version: who asks for a search, and what is known of leaks.

What a search found is stored with the version and stays as it is: exports tell it, and the same version gives the same
bytes.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from config.errors import DomainError
from config.sentences import sentence
from datasets.jobs import Part, enqueue
from datasets.models import Job, Version, VersionReport
from datasets.runner import finish_here
from datasets.statistics import distances_between
from datasets.vocabulary import Modality
from datasets.watching import Watch

CLIPS_A_PART = 50


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
