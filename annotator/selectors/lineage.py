"""The campaigns that a version's labels came from."""

from annotator.models import Campaign
from annotator.selectors.progress import decision_origin, label_origin
from config.kept import kept
from datasets.models import Version
from datasets.services.lineage import Relative, Relatives, name_of


def campaigns_behind(version: Version) -> Relatives:
    """Campaigns that settled labels which the version froze, and how many of its supervised clips each has."""
    origins = set(version.statistics.get("origins", ()))
    campaigns = Campaign.objects.filter(project=version.project_id).select_related("created_by").order_by("created_at")
    found = [
        Relative(
            str(campaign.pk), campaign.name, at=campaign.created_at,
            by=name_of(campaign.created_by),
            clips=clips_of(campaign, version),
        )
        for campaign in campaigns
        if {label_origin(campaign), decision_origin(campaign)} & origins
    ]  # fmt: skip
    return Relatives(len(found), found)


def clips_of(campaign: Campaign, version: Version) -> int:
    """How many supervised clips of the version are the campaign's."""
    rows = version.rows.filter(supervised=True, clip__campaign_clips__campaign=campaign)
    return kept(f"clips-{campaign.pk}-{version.pk}", campaign.campaign_clips.count(), rows.count)
