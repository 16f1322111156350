"""What one annotator's browser gets: the list of their campaigns, and one stage with its next clips."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from annotator.errors import StageLocked
from annotator.models import Annotation, Assignment, Campaign, Membership
from annotator.scheduling import Stage, StageState, current_batch, open_stage, state_of
from annotator.selectors.entries import perceivable
from annotator.selectors.gates import closed_by, gate_of
from annotator.selectors.loop import CLIPS_AHEAD, Upcoming, first_unanswered, last_answered, unanswered
from annotator.selectors.rights import memberships_of
from annotator.selectors.work import is_last_answer, showable, stages_by_membership, stages_of, withheld
from annotator.tokens import address_for
from datasets.vocabulary import Modality


def my_campaigns(user: User) -> list[dict[str, Any]]:
    """Every campaign that this person labels in, newest first; a gap to wait for costs a query each."""
    memberships = list(memberships_of(user).select_related("campaign__project").order_by("-campaign__created_at"))
    stages = stages_by_membership(memberships)
    return [_campaign(member, stages[member.pk]) for member in memberships]


def stage_queue(membership: Membership, modality: Modality) -> dict[str, Any]:
    """One stage of the current batch with the next clips that can be shown; StageLocked when others come first."""
    stages = stages_of(membership)
    (stage,) = (each for each in current_batch(stages) if each.modality == modality)
    if state_of(stage, stages) == StageState.LOCKED:
        raise StageLocked(f"The {modality} stage opens when the stage before it is done.")
    if not stage.is_finished and (refusal := closed_by(membership, stage)):
        raise refusal
    latest = last_answered(membership)
    return _stage(membership, stage, stages) | {"can_undo": latest is not None and latest.modality == modality}


def after_answer(annotation: Annotation, *, created: bool) -> dict[str, Any]:
    """What an answer brings back: how far its stage is now, and the clips that come next in it."""
    assignment = annotation.assignment
    stages = stages_of(assignment.membership)
    (stage,) = (each for each in stages if (each.batch, each.modality) == (assignment.batch, assignment.modality))
    opened = open_stage(stages)
    return _stage(assignment.membership, stage, stages) | {
        "annotation": annotation.pk,
        "stage_done": stage.is_finished,
        "next_stage": opened.modality if stage.is_finished and opened else None,
        "can_undo": created or is_last_answer(assignment),
    }


def _stage(membership: Membership, stage: Stage, stages: Sequence[Stage]) -> dict[str, Any]:
    """The one place where the next clips are chosen: those of the open stage, first come first, that can be shown."""
    state, ahead, waiting, with_admin = state_of(stage, stages), list[Upcoming](), 0, 0
    if state == StageState.OPEN and not closed_by(membership, stage):
        ahead = next_clips(membership, stage)
        waiting = stage.total - stage.done - len(ahead) if len(ahead) < CLIPS_AHEAD else 0
        # Only worth a query when there is nothing else to show.
        with_admin = withheld(left_in(membership, stage), membership, stage.modality) if waiting and not ahead else 0
    is_open = membership.stands == Campaign.State.OPEN
    return {
        "campaign": membership.campaign_id,
        "modality": stage.modality,
        "state": state,
        "done": stage.done,
        "total": stage.total,
        "batch": stage.batch,
        "batches": batches_in(stages),
        "queue": [queue_entry(each, stage.modality, membership.annotator_id) for each in ahead if is_open],
        "preparing": waiting - with_admin,
        "withheld": with_admin,
    }


def left_in(membership: Membership, stage: Stage) -> QuerySet[Assignment]:
    """What this annotator has to rate yet in a stage, in their own order."""
    return unanswered(membership.pk, stage.modality, stage.batch)


def next_clips(membership: Membership, stage: Stage) -> list[Upcoming]:
    """The first few that can be shown, with the words of their clips."""
    first = first_unanswered(membership, stage.modality, stage.batch)
    # Nearly always so, and much cheaper to ask than what admins overruled.
    if all(each.passed for each in first):
        return first
    left = showable(left_in(membership, stage), membership, stage.modality)
    return [Upcoming(*row) for row in left.values_list("pk", "position", "clip__transcript")[:CLIPS_AHEAD]]


def queue_entry(upcoming: Upcoming, modality: Modality, user_id: int) -> dict[str, Any]:
    """An assignment with what its stage shows, by the table in annotator.shown, and nothing else of the clip."""
    shown = perceivable(modality, upcoming.transcript, lambda: address_for(user_id, upcoming.assignment))
    return {"assignment": upcoming.assignment, "position": upcoming.position, **shown}


def taken_back(assignment: Assignment) -> dict[str, Any]:
    """An assignment to be answered again, with what was answered before."""
    shown = Upcoming(assignment.pk, assignment.position, assignment.clip.transcript)
    before = assignment.current
    return {
        **queue_entry(shown, Modality(assignment.modality), assignment.membership.annotator_id),
        "score": before and before.score,
        "reason": before.reason if before else "",
    }


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
        "gate": gate_of(member, stages),
    }
