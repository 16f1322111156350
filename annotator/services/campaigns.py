"""Making campaigns, and pausing, resuming and closing them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from annotator.errors import BadCampaign, CampaignNotOpen
from annotator.models import Assignment, Campaign, CampaignClip, Membership
from annotator.scheduling import MOST_REPEATED, REPEAT_SHARE, place_repeats, shuffle_clips, split_into_batches
from annotator.services.isolation import isolation_from
from annotator.services.progress import recount
from config.errors import Conflict
from datasets.models import Clip, Project, Role
from datasets.people import find_or_make_account, give_role, record_event
from datasets.vocabulary import Modality

ROWS_AT_ONCE = 2000


@dataclass(frozen=True)
class CreatedCampaign:
    """A campaign, and the passwords of the accounts made for it, by user name; they are told this once."""

    campaign: Campaign
    new_accounts: Mapping[str, str]


def create_campaign(
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
    actor: User | None = None,
) -> CreatedCampaign:
    """Give every annotator an assignment per clip and stage, in an order of their own.

    The name defaults to the project's, clips to its supervised ones, the batch to all of them. Annotators are user
    names: accounts that are missing are made, and each gets the role. `repeats` is the share of clips that an annotator
    is shown twice in a stage. `isolation` is a mode by name, with single settings changed.

    Each annotator is taken in by a transaction of their own, since SQLite lets nobody else write during one. The
    campaign opens when all are in it. One that cannot be finished is taken back; one that a crash cut off stays paused
    with those who have all their assignments: add the others, then resume it.
    """
    name = name or project.name
    if Campaign.objects.filter(name=name).exists():
        raise Conflict(f"There is already a campaign named “{name}”; give this one another name.")
    if not annotators or len(set(annotators)) < len(annotators):
        raise BadCampaign("A campaign needs at least one annotator, and each of them once.")
    if not 0 <= repeats <= MOST_REPEATED:
        raise BadCampaign(f"The share of clips shown twice lies from 0 to {MOST_REPEATED}; {repeats} does not.")
    chosen = choose_clips(project, clips)
    parameters = isolation_from(isolation, isolation_settings or {})
    with transaction.atomic():
        campaign = Campaign.objects.create(
            project=project,
            name=name,
            state=Campaign.State.PAUSED,
            batch_size=batch_size or len(chosen),
            seed=seed,
            repeats=repeats,
            isolation=parameters.as_record(),
            isolation_digest=parameters.digest,
            created_by=actor,
        )
        place_clips(campaign, chosen)
        accounts = [find_annotator(project, username) for username in annotators]
        record_event(
            verb="created campaign", subject=name, project=project, actor=actor,
            clips=len(chosen), people=len(annotators),
        )  # fmt: skip
    try:
        for number, (user, _) in enumerate(accounts, start=1):
            take_in(campaign, user, f"A{number}", clips=None)
    except Exception:
        campaign.delete()
        raise
    campaign.state = Campaign.State.OPEN
    campaign.save(update_fields=["state"])
    return CreatedCampaign(campaign, {user.username: password for user, password in accounts if password})


def choose_clips(project: Project, wanted: Sequence[UUID] | None) -> list[UUID]:
    """The supervised clips of the project, or the wanted ones, in its order; BadCampaign when one is missing."""
    # Of some clips only labels or features were imported: there is nothing to perceive.
    clips = Clip.objects.filter(project=project).exclude(file="").order_by("order", "pk")
    clips = clips.filter(supervised=True) if wanted is None else clips.filter(pk__in=wanted)
    chosen = list(clips.values_list("pk", flat=True))
    unknown = set(wanted or ()) - set(chosen)
    if unknown:
        raise BadCampaign(f"{len(unknown)} of the clips are not in “{project.name}”, the first being {min(unknown)}.")
    if not chosen:
        raise BadCampaign(f"“{project.name}” has no supervised clips to label; import some first.")
    return chosen


def place_clips(campaign: Campaign, clips: Sequence[UUID]) -> None:
    """Write every clip's batch."""
    batches = enumerate(split_into_batches(clips, campaign.batch_size), start=1)
    places = [CampaignClip(campaign=campaign, clip_id=clip, batch=batch) for batch, part in batches for clip in part]
    CampaignClip.objects.bulk_create(places, batch_size=ROWS_AT_ONCE)


def join_annotator(campaign: Campaign, username: str, clips: Collection[UUID] | None = None) -> dict[str, str]:
    """Give a person the role, a pseudonym and assignments, of all clips or these; returns a new account's password."""
    user, password = find_annotator(campaign.project, username)
    take_in(campaign, user, f"A{campaign.memberships.count() + 1}", clips)
    return {username: password} if password else {}


def find_annotator(project: Project, username: str) -> tuple[User, str | None]:
    """The account of this name with the role; a new account's password."""
    user, password = find_or_make_account(username)
    give_role(project=project, user=user, kind=Role.Kind.ANNOTATOR)
    return user, password


def take_in(campaign: Campaign, user: User, pseudonym: str, clips: Collection[UUID] | None) -> None:
    """Make one person an annotator, with all their assignments at once."""
    places = list(shuffled_places(campaign, pseudonym, clips))  # before the transaction, which is then a short one
    with transaction.atomic():
        member = Membership.objects.create(campaign=campaign, annotator=user, pseudonym=pseudonym)
        Assignment.objects.bulk_create(
            [Assignment(membership=member, **place) for place in places], batch_size=ROWS_AT_ONCE
        )
        recount(Membership.objects.filter(pk=member.pk))


def shuffled_places(campaign: Campaign, pseudonym: str, wanted: Collection[UUID] | None) -> Iterator[dict[str, Any]]:
    """Clip, modality, batch, position and whether it is a repeat, of all that one annotator is asked."""
    batches: dict[int, list[UUID]] = defaultdict(list)
    for batch, clip in campaign.campaign_clips.order_by("pk").values_list("batch", "clip_id"):
        if wanted is None or clip in wanted:
            batches[batch].append(clip)
    for batch, part in batches.items():
        for modality in Modality:
            order = shuffle_clips(part, seed=campaign.seed, batch=batch, annotator=pseudonym, modality=modality)
            walk = place_repeats(
                order, share=campaign.repeats, seed=campaign.seed, batch=batch, annotator=pseudonym, modality=modality
            )
            for position, (clip, is_repeat) in enumerate(walk, start=1):
                yield {
                    "clip_id": clip,
                    "modality": modality,
                    "batch": batch,
                    "position": position,
                    "is_repeat": is_repeat,
                }


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
