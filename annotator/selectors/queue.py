"""What one annotator's browser gets: the list of their campaigns, and one stage with its next clips."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User

from annotator.errors import StageLocked
from annotator.judging import reading_seconds
from annotator.models import Assignment, Campaign, Membership
from annotator.scheduling import Stage, StageState, current_batch, state_of
from annotator.selectors.work import (
    last_answer,
    memberships_of,
    showable,
    stages_by_membership,
    stages_of,
    unanswered,
    withheld,
)
from annotator.shown import plays_file, shows_transcript
from annotator.tokens import address_for
from datasets.vocabulary import Modality

CLIPS_AHEAD = 4


def my_campaigns(user: User) -> list[dict[str, Any]]:
    """Every campaign that this person labels in, newest first, in a fixed number of queries."""
    memberships = list(memberships_of(user).select_related("campaign__project").order_by("-campaign__created_at"))
    stages = stages_by_membership(memberships)
    return [_campaign(member, stages[member.pk]) for member in memberships]


def stage_queue(membership: Membership, modality: Modality) -> dict[str, Any]:
    """One stage of the current batch with the next clips that can be shown; StageLocked when others come first."""
    stages = stages_of(membership)
    (stage,) = (each for each in current_batch(stages) if each.modality == modality)
    state = state_of(stage, stages)
    if state == StageState.LOCKED:
        raise StageLocked(f"The {modality} stage opens when the stage before it is done.")
    left = unanswered(membership, stage)
    ahead = list(showable(left, membership, modality).select_related("clip")[:CLIPS_AHEAD])
    waiting = stage.total - stage.done - len(ahead) if len(ahead) < CLIPS_AHEAD else 0
    # Only worth a query when there is nothing else to show.
    with_admin = withheld(left, membership, modality) if waiting and not ahead else 0
    is_open = membership.stands == Campaign.State.OPEN
    latest = last_answer(membership)
    return {
        "campaign": membership.campaign_id,
        "modality": modality,
        "state": state,
        "done": stage.done,
        "total": stage.total,
        "batch": stage.batch,
        "batches": batches_in(stages),
        "queue": [queue_entry(each, membership.annotator) for each in ahead if is_open],
        "preparing": waiting - with_admin,
        "withheld": with_admin,
        "can_undo": latest is not None and latest.modality == modality,
    }


def queue_entry(assignment: Assignment, user: User) -> dict[str, Any]:
    """An assignment with what its stage shows, by the table in annotator.shown, and nothing else of the clip."""
    modality = Modality(assignment.modality)
    entry: dict[str, Any] = {"assignment": assignment.pk, "position": assignment.position}
    if shows_transcript(modality):
        entry["transcript"] = assignment.clip.transcript
    if plays_file(modality):
        address = address_for(user, assignment.pk)
        entry |= {"media_url": address.url, "expires_at": address.expires_at}
    else:
        entry["reading_seconds"] = reading_seconds(assignment.clip.transcript)
    return entry


def batches_in(stages: Sequence[Stage]) -> int:
    """How many batches the campaign has."""
    return max(stage.batch for stage in stages)


def _campaign(member: Membership, stages: Sequence[Stage]) -> dict[str, Any]:
    current = current_batch(stages)
    return {
        "campaign": member.campaign_id,
        "name": member.campaign.name,
        "project_name": member.campaign.project.name,
        "simulated": member.campaign.project.simulated,
        "state": member.stands,
        "batch": current[0].batch,
        "batches": batches_in(stages),
        "stages": [
            {
                "modality": stage.modality,
                "state": state_of(stage, stages),
                "done": stage.done,
                "total": stage.total,
            }
            for stage in current
        ],
    }
