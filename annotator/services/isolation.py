"""Decisions of admins about isolation: its parameters, failed audits, drawn regions, reviewed transcripts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.db import transaction

from annotator.errors import BadIsolation, IsolationInUse
from annotator.isolation.boxes import Box
from annotator.isolation.parameters import BadParameters, IsolationParameters, chosen_parameters
from annotator.models import Campaign, Overruling, RegionDrawing, Rendition, TranscriptReview
from annotator.selectors.isolation import was_rated
from annotator.services.renditions import request_renditions
from config.errors import Conflict
from datasets.models import Clip, Job, Source
from datasets.people import record_event
from datasets.vocabulary import Modality


def isolation_from(mode: str, settings: Mapping[str, Any]) -> IsolationParameters:  # Any: JSON as it was sent
    """The parameters of a mode with single settings changed; BadIsolation where either is none."""
    try:
        return chosen_parameters(mode, settings)
    except BadParameters as error:
        raise BadIsolation(str(error)) from error


@transaction.atomic
def change_isolation(*, campaign: Campaign, mode: str, settings: Mapping[str, Any], actor: User | None = None) -> Job:
    """Isolate a campaign by other parameters, and queue the renditions that it then lacks.

    Only before the first answer to a rendition, so that nobody in a campaign perceives another kind than the others.
    """
    parameters = isolation_from(mode, settings)
    if campaign.isolation_digest != parameters.digest and was_rated(campaign):
        raise IsolationInUse(
            f"Renditions of “{campaign.name}” have been rated: make another campaign to isolate in another way."
        )
    Campaign.objects.filter(pk=campaign.pk).update(isolation=parameters.as_record(), isolation_digest=parameters.digest)
    campaign.refresh_from_db()
    record_event(
        verb="changed isolation",
        subject=campaign.name,
        project=campaign.project,
        actor=actor,
        digest=parameters.digest,
    )
    return request_renditions(project=campaign.project, actor=actor)


@transaction.atomic
def overrule_audit(*, rendition: Rendition, reason: str, actor: User | None = None) -> Overruling:
    """Show a rendition whose audit failed, for a reason; the audit itself stays as it was."""
    if rendition.passed:
        raise Conflict("This rendition passed its audit: there is nothing to overrule.")
    ruling, made = Overruling.objects.get_or_create(
        clip_id=rendition.clip_id,
        modality=rendition.modality,
        sha256=rendition.sha256,
        defaults={"reason": reason, "made_by": actor},
    )
    if not made:
        raise Conflict(f"This rendition was overruled before: {ruling.reason}")
    record_event(
        verb="overruled audit",
        subject=f"{rendition.modality} of {rendition.clip}",
        project=rendition.clip.project,
        actor=actor,
        reason=reason,
        sha256=rendition.sha256,
    )
    return ruling


def draw_regions(*, source: Source, boxes: Sequence[Box], actor: User | None = None) -> Job:
    """Mask these places in every clip of a source in place of what was found, and make its silent videos anew.

    The silent videos that stand are withdrawn at once, since the drawing says that they show something.
    """
    with transaction.atomic():
        drawn = [vars(box) for box in boxes]
        RegionDrawing.objects.create(source=source, boxes=drawn, drawn_by=actor)
        outdated = Rendition.objects.filter(clip__source=source, modality=Modality.VISION)
        files = list(outdated.values_list("file", flat=True))
        outdated.delete()
        record_event(verb="drew regions", subject=source, project=source.project, actor=actor, boxes=drawn)
        job = request_renditions(project=source.project, actor=actor)
    for file in files:
        default_storage.delete(file)
    return job


@transaction.atomic
def review_transcript(*, clip: Clip, transcript: str, actor: User | None = None) -> TranscriptReview:
    """Say that a clip's transcript, corrected if need be, is what is spoken."""
    if clip.transcript != transcript:
        record_event(
            verb="corrected transcript", subject=clip, project=clip.project, actor=actor, before=clip.transcript
        )
        Clip.objects.filter(pk=clip.pk).update(transcript=transcript)
        clip.transcript = transcript
    return TranscriptReview.objects.create(clip=clip, transcript=transcript, reviewed_by=actor)
