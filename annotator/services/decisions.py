"""Settling a contested label by decision: a new fact with a reason, above the rule, never an overwrite."""

from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from annotator.errors import BadCampaign
from annotator.models import Campaign, Decision
from annotator.selectors.decisions import standing_decisions
from annotator.selectors.progress import decision_origin
from annotator.selectors.scores import collect_scores
from config.errors import Conflict, NotFound
from datasets.services.labels import SettledLabel, record_labels
from datasets.vocabulary import HIGHEST_FIFTHS, LOWEST_FIFTHS, Modality


def decide_label(
    *, campaign: Campaign, clip: UUID, modality: Modality, fifths: int, reason: str, actor: User | None = None
) -> Decision:
    """Settle one label and record it; an earlier decision about it is superseded and stays.

    Raises NotFound for a clip outside the campaign, BadCampaign for a value off the grid or without a reason, Conflict
    when somebody else decides the same label at this moment.
    """
    check_decision(campaign, clip, fifths, reason)
    try:
        with transaction.atomic():
            # In turn with an aggregation, which would else write over it what it read before.
            Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
            decision = Decision.objects.create(
                campaign=campaign,
                clip_id=clip,
                modality=modality,
                fifths=fifths,
                reason=reason.strip(),
                supersedes=standing_decisions(campaign).get((clip, modality)),
                made_by=actor,
            )
            scores = collect_scores(campaign, clip=clip, modality=modality)[0].get((clip, modality), [])
            row = SettledLabel(clip, modality, fifths, scores, rule=campaign.aggregation)
            record_labels(project=campaign.project, rows=[row], origin=decision_origin(campaign), actor=actor)
    except IntegrityError as error:
        raise Conflict("Somebody else has just decided this label; look at it again.") from error
    return decision


def check_decision(campaign: Campaign, clip: UUID, fifths: int, reason: str) -> None:
    """Raise unless the decision says something, on the grid, about a clip of the campaign."""
    if not campaign.campaign_clips.filter(clip=clip).exists():
        raise NotFound(f"There is no clip {clip} in “{campaign.name}”.")
    if not LOWEST_FIFTHS <= fifths <= HIGHEST_FIFTHS:
        raise BadCampaign(f"{fifths} is off the grid; labels lie from {LOWEST_FIFTHS} to {HIGHEST_FIFTHS} fifths.")
    if not reason.strip():
        raise BadCampaign("Say why: the reason is kept beside the label.")
