"""Asking for renditions."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from annotator.selectors.renditions import clips_to_render, isolations_of, wanted_clips
from annotator.shown import PLAYED
from config.sentences import sentence
from datasets.jobs import Part, enqueue
from datasets.models import Job, Project


@transaction.atomic
def request_renditions(*, project: Project, everything: bool = False, actor: User | None = None) -> Job:
    """Queue one part per clip that lacks a passed rendition, those first that somebody has yet to rate.

    `everything` takes unsupervised clips too. What passed before is kept and counted.
    """
    isolations = isolations_of(project)
    parts = []
    kept = wanted_clips(project, everything=everything).count() * len(isolations)
    for parameters in isolations:
        for clip in clips_to_render(project, parameters, everything=everything):
            payload: dict[str, Any] = {"clip": str(clip.pk), "name": str(clip), "isolation": parameters.as_record()}
            parts.append(
                Part("make_clip_renditions", sentence("renditions_of", "Renditions of {clip}", clip=str(clip)), payload)
            )
    return enqueue(
        kind="make_renditions",
        title=sentence("make_renditions", "Make renditions of {project}", project=project.name),
        queue="media",
        payload={"kept": (kept - len(parts)) * len(PLAYED)},
        parts=parts,
        project=project,
        created_by=actor,
    )
