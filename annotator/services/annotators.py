"""Who rates in a campaign: pause, exclude, take back, replace, and ask more people. Scores are never deleted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from annotator.errors import BadCampaign, CampaignNotOpen
from annotator.models import Campaign, Membership, MembershipChange
from annotator.scheduling import STAGE_ORDER
from annotator.services.taking_in import find_annotators, join, let_start, require_whole, take_in
from config.errors import Conflict, NotFound
from config.sentences import sentence
from datasets.models import Job
from datasets.people import record_event
from datasets.services.beginning import begin
from datasets.watching import Watch


@dataclass(frozen=True)
class Newcomers:
    """Who is to be taken into a campaign, and what they are asked about; a job's payload carries it as JSON."""

    campaign: str
    usernames: Sequence[str]
    clips: Sequence[str] | None  # ids; None: all clips of the campaign, or of whom they replace
    instead_of: str = ""  # pseudonym of the annotator who is excluded, for this reason
    reason: str = ""

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Read what a job carries."""
        return cls(**record)


@dataclass(frozen=True)
class AskedPeople:
    """The job that takes people in, and the passwords of accounts made for them, told this once."""

    job: Job
    new_accounts: Mapping[str, str]


@transaction.atomic
def change_annotator(
    *, campaign: Campaign, pseudonym: str, state: Membership.State, reason: str, actor: User | None = None
) -> Membership:
    """Pause, exclude or take back an annotator, for a reason; Conflict when nothing would change."""
    member = find_member(campaign, pseudonym)
    check_change(member, state, reason)
    MembershipChange.objects.create(membership=member, state=state, reason=reason.strip(), made_by=actor)
    member.state = state
    member.save(update_fields=["state"])
    record_event(
        verb=f"annotator {state}", subject=campaign.name, project=campaign.project, actor=actor,
        annotator=pseudonym, reason=reason.strip(),
    )  # fmt: skip
    return member


def replace_annotator(
    *, campaign: Campaign, pseudonym: str, username: str, reason: str, actor: User | None = None
) -> AskedPeople:
    """Ask another person to rate the clips of an annotator, who is excluded in the moment in which the other starts."""
    check_change(find_member(campaign, pseudonym), Membership.State.EXCLUDED, reason)
    return ask(campaign, [username], None, actor, instead_of=pseudonym, reason=reason.strip())


def add_annotators(
    *,
    campaign: Campaign,
    usernames: Sequence[str],
    clips: Collection[UUID] | None = None,
    actor: User | None = None,
) -> AskedPeople:
    """Ask more people to rate all clips, or these (an eighth and ninth for contested ones).

    A job gives out their assignments; few are given out at once. Labels of those clips wait until the new people have
    rated them.
    """
    return ask(campaign, usernames, clips, actor)


def ask(
    campaign: Campaign, usernames: Sequence[str], clips: Collection[UUID] | None, actor: User | None, **instead: str
) -> AskedPeople:
    """Check, make the accounts that are missing, and put the giving out of assignments into the ledger."""
    check_newcomers(campaign, usernames, clips)
    passwords = find_annotators(campaign.project, usernames)
    newcomers = Newcomers(
        campaign=str(campaign.pk),
        usernames=list(usernames),
        clips=None if clips is None else [str(clip) for clip in clips],
        **instead,
    )
    each = campaign.campaign_clips.count() if clips is None else len(clips)
    job = begin(
        rows=each * len(usernames) * len(STAGE_ORDER),
        kind="add_annotators",
        title=sentence(
            "add_annotators", "Take {people} into {campaign}", people=", ".join(usernames), campaign=campaign.name
        ),
        payload=asdict(newcomers),
        project=campaign.project,
        created_by=actor,
    )
    return AskedPeople(job, passwords)


def take_in_newcomers(newcomers: Newcomers, campaign: Campaign, *, watch: Watch, actor: User | None) -> None:
    """Give everybody their assignments, then let all of them start at once; who is replaced is excluded with that."""
    clips = clips_for(newcomers, campaign)
    with watch.commit():
        members = join(campaign, newcomers.usernames)
    take_in(campaign, members, watch=watch, clips=clips)
    with watch.commit():
        let_start(members)
        if newcomers.instead_of:
            change_annotator(
                campaign=campaign, pseudonym=newcomers.instead_of, state=Membership.State.EXCLUDED,
                reason=newcomers.reason, actor=actor,
            )  # fmt: skip
        record_event(
            verb="added annotators", subject=campaign.name, project=campaign.project, actor=actor,
            people=len(members), clips=campaign.campaign_clips.count() if clips is None else len(clips),
        )  # fmt: skip


def have_started(newcomers: Newcomers, campaign: Campaign) -> bool:
    """Whether all of them rate in the campaign."""
    there = campaign.memberships.filter(annotator__username__in=newcomers.usernames)
    return there.exclude(state=Membership.State.JOINING).count() == len(newcomers.usernames)


def clips_for(newcomers: Newcomers, campaign: Campaign) -> set[UUID] | None:
    """What they are asked about: those of whom they replace, the wanted ones, or None for all."""
    if newcomers.instead_of:
        replaced = find_member(campaign, newcomers.instead_of)
        return set(replaced.assignments.values_list("clip_id", flat=True))
    return None if newcomers.clips is None else {UUID(clip) for clip in newcomers.clips}


def check_change(member: Membership, state: Membership.State, reason: str) -> None:
    """Raise unless there is a reason, and something that changes."""
    if not reason.strip():
        raise BadCampaign("Say why: the reason is kept beside the scores.")
    if member.state == state:
        raise Conflict(f"{member.pseudonym} is {state} already.")
    if member.state == Membership.State.JOINING:
        raise Conflict(f"{member.pseudonym} is still being given clips; wait for it, or cancel that job.")


def check_newcomers(campaign: Campaign, usernames: Sequence[str], clips: Collection[UUID] | None) -> None:
    """Raise unless the campaign goes on, everybody is new to it, and all the clips are part of it."""
    if campaign.state == Campaign.State.CLOSED:
        raise CampaignNotOpen(f"“{campaign.name}” is closed: nobody can be added.")
    require_whole(campaign)
    if not usernames or len(set(usernames)) < len(usernames):
        raise BadCampaign("Name at least one new annotator, and each of them once.")
    present = campaign.memberships.filter(annotator__username__in=usernames).values_list(
        "annotator__username", flat=True
    )
    if present:
        raise Conflict(f"{', '.join(present)} rates in “{campaign.name}” already.")
    if clips is None:
        return
    unknown = set(clips) - set(campaign.campaign_clips.filter(clip__in=clips).values_list("clip_id", flat=True))
    if unknown or not clips:
        raise BadCampaign(
            f"{len(unknown)} of the {len(clips)} clips are not in “{campaign.name}”; name clips that are."
        )


def find_member(campaign: Campaign, pseudonym: str) -> Membership:
    """The annotator of this pseudonym; a clear error that lists those there are."""
    member = campaign.memberships.select_related("annotator").filter(pseudonym=pseudonym).first()
    if member:
        return member
    there = ", ".join(campaign.memberships.order_by("pk").values_list("pseudonym", flat=True))
    raise NotFound(f"There is no annotator “{pseudonym}” in “{campaign.name}” (annotators: {there}).")
