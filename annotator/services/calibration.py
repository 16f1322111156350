"""Answers to reference clips before a stage, and what was tried of sound and screen; neither is ever an annotation."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from annotator.errors import KeyReused, NoSuchReason, NotPerceived, OffTheScale, StageLocked
from annotator.judging import Reason, was_perceived
from annotator.models import CalibrationAnswer, CalibrationRound, Membership, ReadinessCheck, Reference
from annotator.preparing import CHECKS, round_distance
from annotator.selectors.calibration import asked_calibration, current_round, feedback, next_reference
from annotator.selectors.gates import calibrating_stage
from annotator.selectors.work import stages_of
from annotator.services.preparation import admit
from datasets.vocabulary import HIGHEST_SCORE, LOWEST_SCORE, Modality


@transaction.atomic
def rate_reference(
    *,
    membership: Membership,
    modality: Modality,
    number: int,
    reference: int,
    score: int | None,
    seconds: float,
    plays: int,
    reason: str = "",
    comment: str = "",
) -> dict[str, Any]:
    """Store a score for the next clip of a round; returns how far off it was, and the round's mean once it is done.

    In place of a score the reason `technical` says that the clip does not play or show: it reaches the admin and counts
    neither for nor against. A request sent again gets what the first got. A finished round within its limit lets the
    annotator into the stage.
    """
    Membership.objects.select_for_update().get(pk=membership.pk)  # rounds are counted, one after the other
    calibrating_stage(membership, modality, stages_of(membership))
    rounds = list(membership.calibration_rounds.filter(modality=modality).order_by("number"))
    earlier = CalibrationAnswer.objects.filter(round__in=rounds, round__number=number, reference=reference)
    if stored := earlier.select_related("reference", "round").first():
        return repeated(stored, score, reason)
    round_ = current_round(membership, modality, asked_calibration(membership, modality), rounds)
    answers = list(round_.answers.select_related("reference")) if round_.pk else []
    following = next_reference(round_, answers)
    if modality in membership.admitted or following is None or (following.pk, round_.number) != (reference, number):
        raise StageLocked("This is not the clip to rate next; load the calibration again.")
    check_answer(following, score, reason, (seconds, plays))
    round_.save()
    answer = CalibrationAnswer.objects.create(
        round=round_, reference=following, score=score, reason=reason, comment=comment, seconds=seconds, plays=plays
    )
    finish_round(round_, [*answers, answer])
    return told(answer)


def check_answer(reference: Reference, score: int | None, reason: str, told: tuple[float, int]) -> None:
    """Raise NoSuchReason, OffTheScale or NotPerceived, as for an annotation."""
    if reason:
        if score is not None or reason != Reason.TECHNICAL:
            raise NoSuchReason(f"“{reason}” cannot stand here: a reference clip has a score, or the reason technical.")
        return  # what does not play can be told at once
    if score is None or not LOWEST_SCORE <= score <= HIGHEST_SCORE:
        raise OffTheScale(f"{score} is not on the scale: a score is a whole number from {LOWEST_SCORE} to +3.")
    clip = reference.clip
    if not was_perceived(Modality(reference.modality), told, transcript=clip.transcript, clip_seconds=clip.seconds):
        raise NotPerceived("The answer came before the clip can have been perceived to its end; play it once first.")


def finish_round(round_: CalibrationRound, answers: list[CalibrationAnswer]) -> None:
    """Once its last clip is behind them, write down the mean distance, and let in who is within the limit."""
    if len(answers) < len(round_.references):
        return
    round_.distance = round_distance([(each.score, each.reference.score) for each in answers])
    round_.finished_at = timezone.now()
    round_.save(update_fields=["distance", "finished_at"])
    if round_.distance is not None and round_.distance <= round_.limit:
        admit(round_.membership, Modality(round_.modality))


def repeated(stored: CalibrationAnswer, score: int | None, reason: str) -> dict[str, Any]:
    """What the same request brought before; KeyReused when it said something else."""
    if (stored.score, stored.reason) != (score, reason):
        raise KeyReused("This clip was rated in this round already; the next round asks again.")
    return told(stored)


def told(answer: CalibrationAnswer) -> dict[str, Any]:
    """How far one answer was off; the round's mean distance is null until it is done, or where it tells nothing."""
    distance = answer.round.distance
    return feedback(answer) | {
        "distance": distance,
        "round_done": answer.round.finished_at is not None,
        "passed": distance is not None and distance <= answer.round.limit,
    }


@transaction.atomic
def record_check(*, membership: Membership, modality: Modality, passed: bool, tries: int) -> ReadinessCheck:
    """Note that somebody heard the tones or saw the greys, or went on knowingly without; the stage opens by it."""
    locked = Membership.objects.select_for_update().get(pk=membership.pk)
    if CHECKS[modality] and modality not in locked.checked:
        membership.checked = [*locked.checked, str(modality)]
        Membership.objects.filter(pk=membership.pk).update(checked=membership.checked)
    return ReadinessCheck.objects.create(membership=membership, modality=modality, passed=passed, tries=tries)
