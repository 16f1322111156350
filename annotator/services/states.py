"""Pausing, resuming and closing campaigns."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction

from annotator.errors import CampaignNotOpen
from annotator.models import Campaign
from datasets.people import record_event


def pause_campaign(*, campaign: Campaign, actor: User | None = None) -> Campaign:
    """Take no answers until it is resumed."""
    return move_campaign(campaign, Campaign.State.PAUSED, leaving=[Campaign.State.OPEN], actor=actor)


def resume_campaign(*, campaign: Campaign, actor: User | None = None) -> Campaign:
    """Take answers again after a pause."""
    return move_campaign(campaign, Campaign.State.OPEN, leaving=[Campaign.State.PAUSED], actor=actor)


def close_campaign(*, campaign: Campaign, actor: User | None = None) -> Campaign:
    """Take no more answers, for good."""
    return move_campaign(
        campaign, Campaign.State.CLOSED, leaving=[Campaign.State.OPEN, Campaign.State.PAUSED], actor=actor
    )


@transaction.atomic
def move_campaign(
    campaign: Campaign, state: Campaign.State, *, leaving: Sequence[Campaign.State], actor: User | None
) -> Campaign:
    """Compare-and-set of the campaign's state; CampaignNotOpen when it was in another one."""
    moved = Campaign.objects.filter(pk=campaign.pk, state__in=leaving).update(state=state)
    campaign.refresh_from_db()
    if not moved:
        raise CampaignNotOpen(f"“{campaign.name}” is {campaign.state}, so it cannot become {state}.")
    record_event(verb=f"campaign {state}", subject=campaign.name, project=campaign.project, actor=actor)
    return campaign
