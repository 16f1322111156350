"""How gold clips are judged, and whether they count."""

from django.contrib.auth.models import User
from django.db import transaction

from annotator.errors import BadCampaign
from annotator.models import Campaign
from datasets.people import record_event
from datasets.vocabulary import HIGHEST_SCORE, LOWEST_SCORE


@transaction.atomic
def change_gold(
    *, campaign: Campaign, tolerance: int | None = None, counts: bool | None = None, actor: User | None = None
) -> Campaign:
    """Change how far from its reference a score may be, or whether gold clips get labels of their scores.

    Labels follow when scores are aggregated again: those of gold clips that do not count are dropped then.
    """
    widest = HIGHEST_SCORE - LOWEST_SCORE
    if tolerance is not None and not 0 <= tolerance <= widest:
        raise BadCampaign(f"A tolerance lies from 0 to {widest} points of the scale; {tolerance} does not.")
    campaign.gold_tolerance = campaign.gold_tolerance if tolerance is None else tolerance
    campaign.gold_counts = campaign.gold_counts if counts is None else counts
    campaign.save(update_fields=["gold_tolerance", "gold_counts"])
    record_event(
        verb="changed gold", subject=campaign.name, project=campaign.project, actor=actor,
        tolerance=campaign.gold_tolerance, counts=campaign.gold_counts,
    )  # fmt: skip
    return campaign
