"""Taking people into a campaign: pseudonyms and assignments, given out by many short transactions.

Whoever is being taken in is `joining`: shown nothing, waited for by nothing. They start when all is given out; when
that cannot be, they are forgotten without a trace.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import transaction

from annotator.models import Assignment, Campaign, Membership
from annotator.scheduling import STAGE_ORDER, place_repeats, shuffle_clips
from annotator.selectors.giving_out import open_jobs
from annotator.services.progress import recount
from config.errors import Conflict
from config.sentences import sentence
from datasets.models import Project, Role
from datasets.people import find_or_make_accounts, give_role
from datasets.rows import delete_rows, in_pieces, write_rows
from datasets.vocabulary import Modality
from datasets.watching import Watch

# Others wait to write while a transaction lasts, so none of them is long.
ROWS_AT_ONCE = 10_000
COLUMNS = ("id", "clip", "modality", "batch", "position", "is_repeat")
Batches = Mapping[int, Sequence[UUID]]


def find_annotators(project: Project, usernames: Sequence[str]) -> dict[str, str]:
    """See to it that these accounts are there and have the role; passwords of new ones by user name, told this once."""
    found = find_or_make_accounts(usernames)
    with transaction.atomic():
        for user, _ in found:
            give_role(project=project, user=user, kind=Role.Kind.ANNOTATOR)
    return {user.username: password for user, password in found if password}


def join(campaign: Campaign, usernames: Sequence[str]) -> list[Membership]:
    """Pseudonyms for these people, in their order; those whom an earlier attempt gave one keep it. In a transaction.

    Raises Conflict when somebody rates in the campaign already.
    """
    there = {each.annotator.username: each for each in campaign.memberships.select_related("annotator")}
    people = {user.username: user for user in User.objects.filter(username__in=usernames)}
    last = max((int(each.pseudonym.removeprefix("A")) for each in there.values()), default=0)
    members = []
    for username in usernames:
        member = there.get(username)
        if member is None:
            last += 1
            member = Membership.objects.create(
                campaign=campaign, annotator=people[username], pseudonym=f"A{last}", state=Membership.State.JOINING
            )
        elif member.state != Membership.State.JOINING:
            raise Conflict(f"{username} rates in “{campaign.name}” already.")
        members.append(member)
    return members


def take_in(
    campaign: Campaign, members: Sequence[Membership], *, watch: Watch, clips: Collection[UUID] | None = None
) -> None:
    """Give joining people assignments of all clips, or of these; whoever has all from an earlier attempt keeps them."""
    batches = batches_of(campaign, clips)
    each = len(STAGE_ORDER) * sum(map(len, batches.values()))
    for number, member in enumerate(members):
        if member.progress.exists():  # written last
            continue
        forget_assignments(member)
        done, total = number * each, len(members) * each
        words = "{annotator} of {count} annotators"
        doing = sentence("taking_in", words, annotator=member.pseudonym, count=len(members))
        watch.progress(done, total, doing)
        for rows in in_pieces(places_of(campaign, member.pseudonym, batches), ROWS_AT_ONCE):
            with watch.commit():
                write_rows(Assignment, COLUMNS, rows, constant={"membership": member.pk})
            done += len(rows)
            watch.progress(min(done, total), total, doing)
        with watch.commit():
            recount(Membership.objects.filter(pk=member.pk))


def batches_of(campaign: Campaign, wanted: Collection[UUID] | None) -> Batches:
    """The clips of every batch in their order; all, or the wanted ones."""
    batches: dict[int, list[UUID]] = defaultdict(list)
    for batch, clip in campaign.campaign_clips.order_by("pk").values_list("batch", "clip_id"):
        if wanted is None or clip in wanted:
            batches[batch].append(clip)
    return batches


def places_of(campaign: Campaign, pseudonym: str, batches: Batches) -> Iterator[tuple[Any, ...]]:
    """All that one annotator is asked: rows of assignments, as COLUMNS names them."""
    for batch, clips in batches.items():
        for modality in Modality:
            for position, (clip, is_repeat) in enumerate(
                walk_of(campaign, pseudonym, batch=batch, modality=modality, clips=clips), start=1
            ):
                yield uuid4(), clip, modality, batch, position, is_repeat


def walk_of(
    campaign: Campaign, pseudonym: str, *, batch: int, modality: Modality, clips: Sequence[UUID]
) -> list[tuple[UUID, bool]]:
    """The clips of a batch in the order in which one annotator meets them in one stage, repeats among them."""
    own: dict[str, Any] = {"seed": campaign.seed, "batch": batch, "annotator": pseudonym, "modality": modality}
    return place_repeats(shuffle_clips(clips, **own), share=campaign.repeats, **own)


def let_start(members: Sequence[Membership]) -> None:
    """End the joining: they find their clips from now on."""
    Membership.objects.filter(pk__in=[member.pk for member in members]).update(state=Membership.State.ACTIVE)


def forget_newcomers(campaign: Campaign) -> None:
    """Take back whoever is still joining, piece by piece."""
    for member in campaign.memberships.filter(state=Membership.State.JOINING):
        forget_assignments(member)
        member.delete()


def forget_assignments(member: Membership) -> None:
    """Delete the assignments of somebody who never saw one, in short transactions; they have no answers to look for."""
    while pieces := list(member.assignments.values_list("pk", flat=True)[:ROWS_AT_ONCE]):
        with transaction.atomic():
            delete_rows(Assignment, pieces)


def require_whole(campaign: Campaign) -> None:
    """Raise Conflict while a campaign is being made, or its assignments are being given out."""
    if campaign.state == Campaign.State.MAKING or open_jobs(campaign).exists():
        raise Conflict(
            f"Assignments of “{campaign.name}” are being given out at this moment: wait for that job, or cancel it."
        )
