"""Answering an assignment: once per key, in the open stage, superseding what was answered before."""

from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from annotator.errors import (
    CampaignNotOpen,
    KeyReused,
    NoSuchReason,
    NothingToUndo,
    NotPerceived,
    OffTheScale,
)
from annotator.judging import REASONS, Reason, was_perceived
from annotator.models import Annotation, Assignment, Campaign, Membership
from annotator.selectors.loop import answer_with, locked_assignment
from annotator.selectors.work import last_answer, not_to_be_answered
from annotator.services.progress import count_first_answer
from config.compiled import CompiledUpdate
from config.errors import NotFound
from datasets.vocabulary import HIGHEST_SCORE, LOWEST_SCORE, Modality

AN_ANSWER = 1_000_000_001
# What makes two requests with one key the same request.
SENT = ("assignment_id", "score", "reason", "comment", "seconds", "plays")

# An assignment's current answer (config.compiled).
POINT_AT = CompiledUpdate(
    lambda assignment, answer: Assignment.objects.filter(pk=assignment),
    {"current": AN_ANSWER}, assignment=UUID(int=1), answer=AN_ANSWER,
)  # fmt: skip


def submit_annotation(
    *,
    annotator: User,
    assignment: UUID,
    score: int | None,
    idempotency_key: str,
    seconds: float,
    plays: int,
    reason: str = "",
    comment: str = "",
) -> tuple[Annotation, bool]:
    """Store one answer, a score or a reason; returns it, and whether it is new (a repeated request gets the first's).

    Raises NotFound, KeyReused, CampaignNotOpen, StageLocked, StageRests, CheckNeeded, CalibrationNeeded, OffTheScale,
    NoSuchReason or NotPerceived, and then nothing has changed.
    """
    answer = Annotation(
        assignment_id=assignment,
        score=score,
        reason=reason,
        comment=comment,
        seconds=seconds,
        plays=plays,
        idempotency_key=idempotency_key,
    )
    try:
        with transaction.atomic():
            return store_answer(answer, annotator)
    except IntegrityError:
        # On servers that let two transactions write at once: the same key, sent for two assignments together.
        return repeated_answer(answer, Annotation.objects.get(idempotency_key=idempotency_key)), False


def store_answer(answer: Annotation, annotator: User) -> tuple[Annotation, bool]:
    """Write the answer behind the assignment's lock, unless its key was seen before."""
    assignment = answer.assignment = lock_assignment(answer.assignment_id, annotator)
    if before := answer_with(answer.idempotency_key):
        return repeated_answer(answer, before), False
    check_judgement(answer, Modality(assignment.modality))
    check_open(assignment.membership)
    if refusal := not_to_be_answered(assignment):
        raise refusal
    check_perceived(answer, assignment)
    answer.supersedes_id = assignment.current_id
    answer.save(force_insert=True)
    POINT_AT.run(assignment=assignment.pk, answer=answer.pk)
    if answer.supersedes_id is None:
        count_first_answer(assignment)
    return answer, True


def lock_assignment(assignment: UUID, annotator: User) -> Assignment:
    """One of the annotator's own assignments with all that an answer is checked against, locked by this transaction."""
    locked = locked_assignment(annotator, assignment)
    if locked is None:
        raise NotFound("There is nothing here that you can see.")
    return locked


def repeated_answer(answer: Annotation, earlier: Annotation) -> Annotation:
    """What the key stored before; KeyReused unless it is the very same answer."""
    if any(getattr(answer, field) != getattr(earlier, field) for field in SENT):
        raise KeyReused("This idempotency key already stands for another answer; send a new answer with a new key.")
    earlier.assignment = answer.assignment  # with all that was read of it
    return earlier


def check_judgement(answer: Annotation, modality: Modality) -> None:
    """Raise unless there is either a score on the scale or a reason that can hold in this stage."""
    if answer.reason:
        if answer.score is not None or answer.reason not in REASONS[modality]:
            allowed = ", ".join(sorted(REASONS[modality]))
            raise NoSuchReason(f"“{answer.reason}” cannot stand here: without a score, {modality} allows {allowed}.")
    elif answer.score is None or not LOWEST_SCORE <= answer.score <= HIGHEST_SCORE:
        raise OffTheScale(f"{answer.score} is not on the scale: a score is a whole number from {LOWEST_SCORE} to +3.")


def check_perceived(answer: Annotation, assignment: Assignment) -> None:
    """Raise NotPerceived when the clip cannot have been played or read to its end.

    A clip that this annotator answered before was perceived then; one that does not play can be reported at once.
    """
    if assignment.current_id or answer.reason == Reason.TECHNICAL:
        return
    clip = assignment.clip
    modality = Modality(assignment.modality)
    told = answer.seconds, answer.plays
    if not was_perceived(modality, told, transcript=clip.transcript, clip_seconds=clip.seconds):
        raise NotPerceived(
            "The answer came before the clip can have been perceived to its end; play it once, then answer."
        )


def check_open(membership: Membership) -> None:
    """Raise CampaignNotOpen while the campaign takes no answers, from anybody or from this annotator."""
    if membership.stands != Campaign.State.OPEN:
        raise CampaignNotOpen(f"“{membership.campaign.name}” is {membership.stands} for you: it takes no answers now.")


def undo_annotation(*, membership: Membership, modality: Modality) -> Assignment:
    """The assignment that was answered last, to be answered again; the answer itself stands until then.

    NothingToUndo when the last answer was given in another stage: what came before it is settled for the annotator.
    """
    check_open(membership)
    latest = last_answer(membership)
    if latest is None or latest.modality != modality:
        raise NothingToUndo(f"The last answer was not given in the {modality} stage, so there is none to take back.")
    return latest
