"""Answering an assignment: once per key, in the open stage, superseding what was answered before."""

from django.db import IntegrityError, transaction

from annotator.errors import CampaignNotOpen, KeyReused, NothingToUndo, OffTheScale, StageLocked
from annotator.models import Annotation, Assignment, Campaign, Membership
from annotator.selectors.work import last_answer, may_answer
from datasets.vocabulary import HIGHEST_SCORE, LOWEST_SCORE, Modality


def submit_annotation(
    *,
    assignment: Assignment,
    score: int,
    idempotency_key: str,
    seconds: float | None = None,
    plays: int | None = None,
) -> tuple[Annotation, bool]:
    """Store one answer; returns it, and whether it is new (a repeated request gets the first one's answer).

    Raises KeyReused, CampaignNotOpen, StageLocked or OffTheScale, and then nothing has changed.
    """
    answer = Annotation(
        assignment=assignment, score=score, seconds=seconds, plays=plays, idempotency_key=idempotency_key
    )
    try:
        with transaction.atomic():
            return store_answer(answer)
    except IntegrityError:
        # On servers that let two transactions write at once: the same key, sent for two assignments together.
        return repeated_answer(answer, Annotation.objects.get(idempotency_key=idempotency_key)), False


def store_answer(answer: Annotation) -> tuple[Annotation, bool]:
    """Write the answer behind the assignment's lock, unless its key was seen before."""
    locked = Assignment.objects.select_for_update(of=("self",)).select_related("membership__campaign")
    assignment = locked.get(pk=answer.assignment_id)
    earlier = Annotation.objects.filter(idempotency_key=answer.idempotency_key).first()
    if earlier:
        return repeated_answer(answer, earlier), False
    check_answer(assignment, answer.score)
    answer.supersedes_id = assignment.current_id
    answer.save(force_insert=True)
    Assignment.objects.filter(pk=assignment.pk).update(current=answer)
    return answer, True


def repeated_answer(answer: Annotation, earlier: Annotation) -> Annotation:
    """What the key stored before; KeyReused unless it is the very same answer."""
    same = all(
        getattr(answer, field) == getattr(earlier, field) for field in ("assignment_id", "score", "seconds", "plays")
    )
    if not same:
        raise KeyReused("This idempotency key already stands for another answer; send a new answer with a new key.")
    return earlier


def check_answer(assignment: Assignment, score: int) -> None:
    """Raise unless the score is on the scale, the campaign open and the stage this annotator's open one."""
    if not LOWEST_SCORE <= score <= HIGHEST_SCORE:
        raise OffTheScale(f"{score} is not on the scale: a score is a whole number from {LOWEST_SCORE} to +3.")
    check_open(assignment.membership)
    if not may_answer(assignment):
        raise StageLocked(f"The {assignment.modality} stage is not open for this clip now.")


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
