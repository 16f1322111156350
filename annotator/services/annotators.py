"""Who rates in a campaign: pause, exclude, take back, replace, and ask more people. Scores are never deleted."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from annotator.errors import BadCampaign, CampaignNotOpen
from annotator.models import Campaign, Membership, MembershipChange
from annotator.services.campaigns import join_annotator
from config.errors import Conflict, NotFound
from datasets.people import record_event


@transaction.atomic
def change_annotator(
    *, campaign: Campaign, pseudonym: str, state: Membership.State, reason: str, actor: User | None = None
) -> Membership:
    """Pause, exclude or take back an annotator, for a reason; Conflict when nothing would change."""
    member = find_member(campaign, pseudonym)
    if not reason.strip():
        raise BadCampaign("Say why: the reason is kept beside the scores.")
    if member.state == state:
        raise Conflict(f"{pseudonym} is {state} already.")
    MembershipChange.objects.create(membership=member, state=state, reason=reason.strip(), made_by=actor)
    member.state = state
    member.save(update_fields=["state"])
    record_event(
        verb=f"annotator {state}", subject=campaign.name, project=campaign.project, actor=actor,
        annotator=pseudonym, reason=reason.strip(),
    )  # fmt: skip
    return member


@transaction.atomic
def replace_annotator(
    *, campaign: Campaign, pseudonym: str, username: str, reason: str, actor: User | None = None
) -> dict[str, str]:
    """Exclude an annotator and ask another person to rate the same clips; returns a new account's password."""
    member = change_annotator(
        campaign=campaign, pseudonym=pseudonym, state=Membership.State.EXCLUDED, reason=reason, actor=actor
    )
    clips = set(member.assignments.values_list("clip_id", flat=True))
    return add_annotators(campaign=campaign, usernames=[username], clips=clips, actor=actor)


@transaction.atomic
def add_annotators(
    *,
    campaign: Campaign,
    usernames: Sequence[str],
    clips: Collection[UUID] | None = None,
    actor: User | None = None,
) -> dict[str, str]:
    """Ask more people to rate all clips, or these (an eighth and ninth for contested ones).

    Returns the passwords of accounts made for them. Labels of those clips wait until the new people have rated them.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)  # pseudonyms are counted, one after the other
    check_newcomers(campaign, usernames, clips)
    passwords: dict[str, str] = {}
    for username in usernames:
        passwords |= join_annotator(campaign, username, clips)
    record_event(
        verb="added annotators", subject=campaign.name, project=campaign.project, actor=actor,
        people=len(usernames), clips=campaign.campaign_clips.count() if clips is None else len(clips),
    )  # fmt: skip
    return passwords


def check_newcomers(campaign: Campaign, usernames: Sequence[str], clips: Collection[UUID] | None) -> None:
    """Raise unless the campaign goes on, everybody is new to it, and all the clips are part of it."""
    if campaign.state == Campaign.State.CLOSED:
        raise CampaignNotOpen(f"“{campaign.name}” is closed: nobody can be added.")
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
