"""What workers do for campaigns: make them, take people in, import scores, settle labels, change the repeats."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

from annotator.models import Campaign
from annotator.selectors.giving_out import open_jobs
from annotator.services.aggregation import aggregate_campaign
from annotator.services.annotators import Newcomers, have_started, take_in_newcomers
from annotator.services.campaigns import CampaignPlan, make_planned, take_back
from annotator.services.repeats import give_out_repeats
from annotator.services.score_files import stored
from annotator.services.taking_in import forget_newcomers
from annotator.services.writing_scores import Importing, ScoreImport
from config.errors import Conflict, DomainError
from datasets.ingest.rejections import Rejections
from datasets.jobs import MOST_ATTEMPTS
from datasets.media.storage import workspace
from datasets.runner import Cancelled, LeaseLost, Work, handles


@handles("make_campaign")
def make_campaign(work: Work) -> dict[str, Any]:
    """Payload: annotator.services.campaigns.CampaignPlan."""
    plan = CampaignPlan.from_record(work.payload)
    try:
        campaign = make_planned(plan, project=work.project, watch=work, actor=work.job.created_by)
    except Exception as error:
        if is_given_up(work, error):
            take_back(plan)
        raise
    return {"campaign": str(campaign.pk), "name": campaign.name}


@handles("add_annotators")
def add_annotators(work: Work) -> dict[str, Any]:
    """Payload: annotator.services.annotators.Newcomers."""
    newcomers = Newcomers.from_record(work.payload)
    campaign = only_worked_on_here(work)
    told = {"campaign": str(campaign.pk), "annotators": len(newcomers.usernames)}
    if work.job.attempts > 1 and have_started(newcomers, campaign):  # an earlier attempt ended after its last word
        return told
    try:
        take_in_newcomers(newcomers, campaign, watch=work, actor=work.job.created_by)
    except Exception as error:
        if is_given_up(work, error):
            forget_newcomers(campaign)
        raise
    return told


@handles("import_annotations")
def import_scores(work: Work) -> dict[str, Any]:
    """Payload: campaign; file (of those that were sent) or path; columns, dry_run, simulated."""
    payload = work.payload
    how = ScoreImport(payload["columns"], dry_run=payload["dry_run"], simulated=payload["simulated"])
    campaign = Campaign.objects.select_related("project").get(pk=payload["campaign"])
    with workspace() as folder, Rejections(folder) as rejections, file_of(work) as path:
        importing = Importing(campaign, how, rejections, batch=work.job.pk, actor=work.job.created_by)
        try:
            importing.run(path, work)
        except (Cancelled, DomainError):
            work.renew(result=importing.report())
            rejections.keep(work.job.pk)
            raise
        rejections.keep(work.job.pk)
        return importing.report()


def file_of(work: Work) -> AbstractContextManager[Path]:
    """The file that a job is to read."""
    if "path" in work.payload:
        return nullcontext(Path(work.payload["path"]))
    return stored(work.payload["file"])


@handles("aggregate")
def aggregate(work: Work) -> dict[str, Any]:
    """Payload: the campaign's id. Doing it twice gives the same labels."""
    campaign = Campaign.objects.select_related("project").get(pk=work.payload["campaign"])
    return asdict(aggregate_campaign(campaign=campaign, actor=work.job.created_by, watch=work))


@handles("change_repeats")
def change_repeats(work: Work) -> dict[str, Any]:
    """Payload: campaign (id). Every stage is whole whenever it ends; the same share again goes on where it ended."""
    campaign = only_worked_on_here(work)
    return {"campaign": str(campaign.pk), "stages": give_out_repeats(campaign, watch=work)}


def only_worked_on_here(work: Work) -> Campaign:
    """The job's campaign; Conflict while another job gives out its assignments."""
    campaign = Campaign.objects.select_related("project").get(pk=work.payload["campaign"])
    if open_jobs(campaign).exclude(pk=work.job.pk).exists():
        raise Conflict(f"Another job gives out assignments of “{campaign.name}”; try this one again when it is done.")
    return campaign


def is_given_up(work: Work, error: Exception) -> bool:
    """Whether the ledger gives the job no further attempt, so that what is half done is to be taken back."""
    if isinstance(error, LeaseLost):  # whoever took it over goes on
        return False
    return isinstance(error, (Cancelled, DomainError)) or work.job.attempts >= MOST_ATTEMPTS
