"""Making campaigns: what is asked for is checked at once, the work is a job in the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db.models import QuerySet

from annotator.errors import BadCampaign
from annotator.isolation.parameters import IsolationParameters
from annotator.models import Campaign, CampaignClip
from annotator.scheduling import MOST_REPEATED, REPEAT_SHARE, STAGE_ORDER, split_into_batches
from annotator.services.isolation import isolation_from
from annotator.services.taking_in import (
    find_annotators,
    forget_newcomers,
    join,
    let_start,
    take_in,
)
from config.errors import Conflict
from config.sentences import sentence
from datasets.models import Clip, Job, Project
from datasets.people import record_event
from datasets.rows import write_rows
from datasets.services.beginning import begin
from datasets.watching import Unwatched, Watch

KIND = "make_campaign"


@dataclass(frozen=True)
class CampaignPlan:
    """All that a campaign is made from; a job's payload carries it as JSON."""

    campaign: str  # id that it will have
    name: str
    annotators: Sequence[str]  # user names, whose accounts are there
    clips: Sequence[str] | None  # ids; None: the project's supervised ones
    batch_size: int | None
    seed: int
    repeats: float
    isolation: Mapping[str, Any]  # annotator.isolation.parameters, as JSON

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Read what a job carries."""
        return cls(**record)


@dataclass(frozen=True)
class CreatedCampaign:
    """A campaign, and the passwords of the accounts made for it, by user name; they are told this once."""

    campaign: Campaign
    new_accounts: Mapping[str, str]


@dataclass(frozen=True)
class RequestedCampaign:
    """The id and name that a campaign will have, the job that makes it, and passwords told this once."""

    campaign: UUID
    name: str
    job: Job
    new_accounts: Mapping[str, str]


def request_campaign(*, project: Project, actor: User | None = None, **wanted: Any) -> RequestedCampaign:
    """Put the making of a campaign into the ledger; `wanted` as for `plan_campaign`. A small one is made at once."""
    plan, accounts = plan_campaign(project=project, **wanted)
    clips = len(plan.clips) if plan.clips is not None else clips_of(project, None).count()
    job = begin(
        rows=clips * len(plan.annotators) * len(STAGE_ORDER),
        kind=KIND,
        title=sentence("make_campaign", "Make the campaign {campaign}", campaign=plan.name),
        payload=asdict(plan),
        project=project,
        created_by=actor,
    )
    return RequestedCampaign(UUID(plan.campaign), plan.name, job, accounts)


def create_campaign(*, project: Project, actor: User | None = None, **wanted: Any) -> CreatedCampaign:
    """Make a campaign in this process, without the ledger; `wanted` as for `plan_campaign`."""
    plan, accounts = plan_campaign(project=project, **wanted)
    try:
        campaign = make_planned(plan, project=project, watch=Unwatched(), actor=actor)
    except Exception:
        take_back(plan)
        raise
    return CreatedCampaign(campaign, accounts)


def plan_campaign(
    *,
    project: Project,
    annotators: Sequence[str],
    name: str = "",
    batch_size: int | None = None,
    clips: Sequence[UUID] | None = None,
    seed: int = 1111,
    repeats: float = REPEAT_SHARE,
    isolation: str = "default",
    isolation_settings: Mapping[str, Any] | None = None,  # Any: JSON as it was sent
) -> tuple[CampaignPlan, dict[str, str]]:
    """What a campaign will be made from, and passwords of accounts made for it; BadCampaign or Conflict say why not.

    The name defaults to the project's, clips to its supervised ones, the batch to all of them. Annotators are user
    names: accounts that are missing are made, and each gets the role. `repeats` is the share of clips that an annotator
    is shown twice in a stage. `isolation` is a mode by name, with single settings changed.
    """
    name = name or project.name
    check_name(name)
    if not annotators or len(set(annotators)) < len(annotators):
        raise BadCampaign("A campaign needs at least one annotator, and each of them once.")
    check_repeats(repeats)
    check_clips(project, clips)
    plan = CampaignPlan(
        campaign=str(uuid4()),
        name=name,
        annotators=list(annotators),
        clips=None if clips is None else [str(clip) for clip in clips],
        batch_size=batch_size,
        seed=seed,
        repeats=repeats,
        isolation=isolation_from(isolation, isolation_settings or {}).as_record(),
    )
    return plan, find_annotators(project, annotators)


def check_name(name: str) -> None:
    """Raise Conflict when a campaign has this name, or will have it once its job is done."""
    making = Job.objects.filter(kind=KIND, payload__name=name).exclude(state__in=Job.ENDED)
    if Campaign.objects.filter(name=name).exists() or making.exists():
        raise Conflict(f"There is already a campaign named “{name}”; give this one another name.")


def check_repeats(share: float) -> None:
    """Raise BadCampaign unless this can be the share of clips that are shown twice."""
    if not 0 <= share <= MOST_REPEATED:
        raise BadCampaign(f"The share of clips shown twice lies from 0 to {MOST_REPEATED}; {share} does not.")


def clips_of(project: Project, wanted: Sequence[str] | Sequence[UUID] | None) -> QuerySet[Clip]:
    """The supervised clips of the project, or the wanted ones, in its order."""
    # Of some clips only labels or features were imported: there is nothing to perceive.
    clips = Clip.objects.filter(project=project).exclude(file="").order_by("order", "pk")
    return clips.filter(supervised=True) if wanted is None else clips.filter(pk__in=wanted)


def check_clips(project: Project, wanted: Sequence[UUID] | None) -> None:
    """Raise BadCampaign when a wanted clip is missing, or there is none."""
    unknown = set(wanted or ()) - set(clips_of(project, wanted).values_list("pk", flat=True)) if wanted else ()
    if unknown:
        raise BadCampaign(f"{len(unknown)} of the clips are not in “{project.name}”, the first being {min(unknown)}.")
    if not clips_of(project, wanted).exists():
        raise BadCampaign(f"“{project.name}” has no supervised clips to label; import some first.")


def make_planned(plan: CampaignPlan, *, project: Project, watch: Watch, actor: User | None) -> Campaign:
    """Make what is planned, or go on with what an earlier attempt left; nobody is offered anything before all of it is.

    Assignments are given out by short transactions, since SQLite lets nobody else write during one.
    """
    campaign = Campaign.objects.filter(pk=plan.campaign).first() or begin_campaign(plan, project, watch, actor)
    if campaign.state != Campaign.State.MAKING:  # an earlier attempt ended after its last word
        return campaign
    with watch.commit():
        members = join(campaign, plan.annotators)
    take_in(campaign, members, watch=watch)
    with watch.commit():
        let_start(members)
        campaign.state = Campaign.State.OPEN
        campaign.save(update_fields=["state"])
    return campaign


def begin_campaign(plan: CampaignPlan, project: Project, watch: Watch, actor: User | None) -> Campaign:
    """The campaign with its clips in their batches, still in the making."""
    chosen = list(clips_of(project, plan.clips).values_list("pk", flat=True))
    parameters = IsolationParameters.from_record(plan.isolation)
    with watch.commit():
        campaign = Campaign.objects.create(
            pk=UUID(plan.campaign),
            project=project,
            name=plan.name,
            state=Campaign.State.MAKING,
            batch_size=plan.batch_size or len(chosen),
            seed=plan.seed,
            repeats=plan.repeats,
            isolation=parameters.as_record(),
            isolation_digest=parameters.digest,
            created_by=actor,
        )
        place_clips(campaign, chosen)
        record_event(
            verb="created campaign", subject=plan.name, project=project, actor=actor,
            clips=len(chosen), people=len(plan.annotators),
        )  # fmt: skip
    return campaign


def place_clips(campaign: Campaign, clips: Sequence[UUID]) -> None:
    """Write every clip's batch."""
    batches = enumerate(split_into_batches(clips, campaign.batch_size), start=1)
    places = ((clip, batch) for batch, part in batches for clip in part)
    write_rows(CampaignClip, ["clip", "batch"], places, constant={"campaign": campaign.pk})


def take_back(plan: CampaignPlan) -> None:
    """Leave nothing of a campaign whose making has ended before it was whole; its accounts stay."""
    for campaign in Campaign.objects.filter(pk=plan.campaign, state=Campaign.State.MAKING):
        forget_newcomers(campaign)
        campaign.delete()
