"""What prepares a campaign's annotators, for those who run it: references with their files, and who is through."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from annotator.models import Campaign, CampaignClip, Progress, Reference, ReferenceQuerySet, Rendition
from annotator.preparing import Preparation
from annotator.shown import plays_file
from config.errors import NotFound
from datasets.models import Clip
from datasets.vocabulary import Modality


def served_renditions(campaign: Campaign, modality: Modality) -> QuerySet[Rendition]:
    """The renditions of one stage, made as the campaign asks, that may be shown."""
    return Rendition.objects.filter(modality=modality, isolation_digest=campaign.isolation_digest).served()


def showable_references(campaign: Campaign, modality: Modality, use: Reference.Use) -> ReferenceQuerySet:
    """What stands for one use in one stage and can be shown there: its rendition may be served, if it needs one."""
    standing = campaign.references.filter(modality=modality, use=use).standing()
    if not plays_file(modality):
        return standing
    return standing.filter(Exists(served_renditions(campaign, modality).filter(clip=OuterRef("clip"))))


def calibration_pool(campaign: Campaign, modality: Modality) -> ReferenceQuerySet:
    """The references that a calibration draws from, shown or still being made."""
    return campaign.references.filter(modality=modality, use=Reference.Use.CALIBRATION).standing()


def references_of(campaign: Campaign, *, use: str = "", modality: str = "") -> ReferenceQuerySet:
    """What stands, with each one's rendition (null where none may be shown) and whether the clip is rated here too."""
    here = CampaignClip.objects.filter(campaign=campaign, clip=OuterRef("clip"))
    shown = Rendition.objects.filter(
        clip=OuterRef("clip"), modality=OuterRef("modality"), isolation_digest=campaign.isolation_digest
    ).served()
    found = campaign.references.standing()
    if use:
        found = found.filter(use=use)
    if modality:
        found = found.filter(modality=modality)
    described = found.annotate(is_rated=Exists(here), rendition=Subquery(shown.values("pk")[:1]))
    return described.select_related("clip__source", "made_by").order_by("score", "pk")


def preparation_of(campaign: Campaign) -> dict[str, Any]:
    """The settings, and how far every annotator is with what they ask for."""
    settings = Preparation.from_record(campaign.preparation)
    stages = Progress.objects.filter(membership__campaign=campaign)
    return {
        "gap_hours": settings.gap_hours,
        "checks": settings.checks,
        "repeats": campaign.repeats,
        "stages_begun": stages.exclude(done=0).count(),
        "stages_unbegun": stages.filter(done=0).count(),
        "calibration": {modality: settings.calibration.get(modality) for modality in Modality},
        "annotators": _annotators(campaign),
    }


def _annotators(campaign: Campaign) -> list[dict[str, Any]]:
    members = campaign.memberships.select_related("annotator").order_by("pk")
    found = members.prefetch_related("calibration_rounds", "admissions__made_by", "checks")
    return [
        {
            "annotator": member.annotator.username,
            "pseudonym": member.pseudonym,
            "stages": {modality: _readiness(member, modality) for modality in Modality},
        }
        for member in found
    ]


def _readiness(member: Any, modality: Modality) -> dict[str, Any]:
    """One annotator before one stage, from what was prefetched."""
    rounds = sorted((each for each in member.calibration_rounds.all() if each.modality == modality), key=_number)
    checks = sorted((each for each in member.checks.all() if each.modality == modality), key=lambda each: each.pk)
    return {
        "admitted": modality in member.admitted,
        "distances": [each.distance for each in rounds if each.distance is not None],
        "admission": next((each for each in member.admissions.all() if each.modality == modality), None),
        "check": checks[-1] if checks else None,
    }


def _number(round_: Any) -> int:
    number: int = round_.number
    return number


def find_clip(campaign: Campaign, name: str) -> Clip:
    """A clip of the campaign's project by video_id/clip_id, part of the campaign or not."""
    video_id, _slash, clip_id = name.rpartition("/")
    clips = Clip.objects.filter(project=campaign.project_id, source__video_id=video_id, clip_id=clip_id)
    found = clips.first()
    if found is None:
        raise NotFound(f"There is no clip “{name}” in “{campaign.project.name}”; name it as video_id/clip_id.")
    return found
