"""The jobs that give out a campaign's assignments."""

from django.db.models import QuerySet

from annotator.models import Campaign, Membership
from datasets.models import Job

KINDS = ("make_campaign", "add_annotators", "change_repeats")


def assignment_jobs(campaign: Campaign) -> QuerySet[Job]:
    """All of them, ended or not."""
    return Job.objects.filter(project=campaign.project_id, kind__in=KINDS, payload__campaign=str(campaign.pk))


def open_jobs(campaign: Campaign) -> QuerySet[Job]:
    """Those that wait or are at work; the services see to it that there is one at a time."""
    return assignment_jobs(campaign).exclude(state__in=Job.ENDED)


def job_of(campaign: Campaign) -> Job | None:
    """What gives out the campaign's assignments now; while something is left undone, also what failed at it."""
    latest = assignment_jobs(campaign).order_by("-created_at").first()
    if latest is None or latest.state not in Job.ENDED:
        return latest
    unfinished = campaign.memberships.filter(state=Membership.State.JOINING).exists()
    return latest if unfinished or campaign.state == Campaign.State.MAKING else None
