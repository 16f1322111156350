"""One annotator's way through standards and calibration: what is shown next, and how far off they were."""

from collections.abc import Sequence
from typing import Any

from annotator.errors import StageLocked
from annotator.models import CalibrationAnswer, CalibrationRound, Membership, Reference
from annotator.preparing import Calibration, Preparation, draw_round
from annotator.selectors.entries import reference_entry
from annotator.selectors.gates import calibrating_stage, entered_stage
from annotator.selectors.preparation import showable_references
from annotator.selectors.work import stages_of
from datasets.vocabulary import Modality

Use = Reference.Use


def standards_of(membership: Membership, modality: Modality) -> list[dict[str, Any]]:
    """The class standards of the open stage, from strongly negative to strongly positive, with their reasons."""
    entered_stage(membership, modality, stages_of(membership))
    shown = showable_references(membership.campaign, modality, Use.STANDARD)
    return [
        {**reference_entry(each, membership.annotator_id), "score": each.score, "reason": each.reason}
        for each in shown.select_related("clip").order_by("score", "pk")
    ]


def calibration_of(membership: Membership, modality: Modality) -> dict[str, Any]:
    """How a calibration stands: the clip to rate next, what was said in this round, the rounds before."""
    calibrating_stage(membership, modality, stages_of(membership))
    asked = asked_calibration(membership, modality)
    rounds = list(membership.calibration_rounds.filter(modality=modality).order_by("number"))
    round_ = current_round(membership, modality, asked, rounds)
    answers = list(round_.answers.select_related("reference").order_by("pk")) if round_.pk else []
    passed = modality in membership.admitted
    following = None if passed else next_reference(round_, answers)
    missing = max(0, asked.clips - len(round_.references))
    return {
        "campaign": membership.campaign_id,
        "modality": modality,
        "passed": passed,
        "limit": asked.distance,
        "clips": asked.clips,
        "round": round_.number,
        "answers": [feedback(each) for each in answers],
        "next": reference_entry(following, membership.annotator_id) if following and not missing else None,
        "preparing": 0 if passed else missing,
        "distances": [each.distance for each in rounds if each.distance is not None],
    }


def asked_calibration(membership: Membership, modality: Modality) -> Calibration:
    """The campaign's calibration of a modality; StageLocked when it has none."""
    asked = Preparation.from_record(membership.campaign.preparation).calibration.get(modality)
    if asked is None:
        raise StageLocked(f"“{membership.campaign.name}” has no calibration of {modality}.")
    return asked


def current_round(
    membership: Membership, modality: Modality, asked: Calibration, rounds: Sequence[CalibrationRound]
) -> CalibrationRound:
    """The round under way, or a new one that is not stored yet.

    A round is given up when one of its clips can no longer be shown, or is no reference any more.
    """
    pool = set(showable_references(membership.campaign, modality, Use.CALIBRATION).values_list("pk", flat=True))
    latest = rounds[-1] if rounds else None
    if latest and latest.finished_at is None and set(latest.references) <= pool:
        return latest
    number = latest.number + 1 if latest else 1
    broken = CalibrationAnswer.objects.filter(round__in=rounds, score=None).values_list("reference", flat=True)
    drawn = draw_round(
        pool, asked.clips, seed=membership.campaign.seed, annotator=membership.pseudonym, modality=modality,
        number=number, broken=set(broken),
    )  # fmt: skip
    return CalibrationRound(
        membership=membership, modality=modality, number=number, references=drawn, limit=asked.distance
    )


def next_reference(round_: CalibrationRound, answers: Sequence[CalibrationAnswer]) -> Reference | None:
    """The first clip of the round that is not rated yet."""
    rated = {each.reference_id for each in answers}
    left = [pk for pk in round_.references if pk not in rated]
    return Reference.objects.select_related("clip").filter(pk=left[0]).first() if left else None


def feedback(answer: CalibrationAnswer) -> dict[str, Any]:
    """How far one answer was from the reference, and why the reference is what it is.

    Of a clip that could not be judged neither is told: it may come again.
    """
    if answer.score is None:
        return {"reference": answer.reference_id, "given": None, "expected": None, "reason": ""}
    return {
        "reference": answer.reference_id,
        "given": answer.score,
        "expected": answer.reference.score,
        "reason": answer.reference.reason,
    }
