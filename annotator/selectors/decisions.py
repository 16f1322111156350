"""Which labels of a campaign an admin has settled by decision."""

from uuid import UUID

from annotator.models import Campaign, Decision


def standing_decisions(campaign: Campaign) -> dict[tuple[UUID, str], Decision]:
    """The decisions that no other has superseded, by clip and modality."""
    standing = campaign.decisions.filter(successor__isnull=True).select_related("made_by")
    return {(decision.clip_id, decision.modality): decision for decision in standing}
