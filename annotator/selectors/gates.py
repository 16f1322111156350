"""What still keeps an open stage closed for one annotator: the gap, a check of sound or screen, the calibration."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone

from annotator.errors import CalibrationNeeded, CheckNeeded, StageLocked, StageRests
from annotator.models import Annotation, Campaign, Membership
from annotator.preparing import CHECKS, Preparation
from annotator.scheduling import Stage, open_stage, rests_until, stage_before
from config.errors import Conflict
from datasets.vocabulary import Modality


def closed_by(membership: Membership, stage: Stage, *, now: datetime | None = None) -> Conflict | None:
    """Why the open stage gives out no clips and takes no answers yet; None when it does.

    Asks the database nothing unless the campaign sets a gap and the stage has not been begun.
    """
    rests = resting(membership, stage, now=now)
    return rests or unchecked(membership, stage.modality) or uncalibrated(membership, stage.modality)


def resting(membership: Membership, stage: Stage, *, now: datetime | None = None) -> StageRests | None:
    """That the gap after the last answer of the stage before has not passed; a stage once begun stays open."""
    gap = timedelta(hours=Preparation.from_record(membership.campaign.preparation).gap_hours)
    before = stage_before(stage.modality)
    if not gap or before is None or stage.done:
        return None
    opens_at = rests_until(_last_answer(membership, stage.batch, before), gap, now or timezone.now())
    if opens_at is None:
        return None
    return StageRests(
        f"The {stage.modality} stage opens at {opens_at:%Y-%m-%d %H:%M} UTC, so that the stage before it fades.",
        opens_at=opens_at.isoformat(),
    )


def unchecked(membership: Membership, modality: Modality) -> CheckNeeded | None:
    """That sound or screen were never tried before this stage.

    A check that has aged closes nothing: its stage's page asks for another one, and takes no clip back for it.
    """
    if not CHECKS[modality] or modality in membership.checked:
        return None
    if not Preparation.from_record(membership.campaign.preparation).checks:
        return None
    return CheckNeeded(f"The {modality} stage opens once its check of {' and '.join(CHECKS[modality])} is done.")


def uncalibrated(membership: Membership, modality: Modality) -> CalibrationNeeded | None:
    """That the campaign asks for a calibration of this modality which is not behind this annotator."""
    asked = Preparation.from_record(membership.campaign.preparation).calibration
    if modality not in asked or modality in membership.admitted:
        return None
    return CalibrationNeeded(f"The {modality} stage opens once its calibration is passed.")


def entered_stage(membership: Membership, modality: Modality, stages: Iterable[Stage]) -> Stage:
    """The stage, if it is the one that is open and its gap has passed, so that it may be prepared for.

    Raises StageLocked or StageRests.
    """
    opened = open_stage(stages)
    if opened is None or opened.modality != modality or membership.stands != Campaign.State.OPEN:
        raise StageLocked(f"The {modality} stage is not open now.")
    if rests := resting(membership, opened):
        raise rests
    return opened


def calibrating_stage(membership: Membership, modality: Modality, stages: Iterable[Stage]) -> Stage:
    """The stage, if its calibration may be worked at: entered, and its check behind the annotator."""
    stage = entered_stage(membership, modality, stages)
    if refusal := unchecked(membership, modality):
        raise refusal
    return stage


def gate_of(membership: Membership, stages: Iterable[Stage]) -> dict[str, Any] | None:
    """What keeps the open stage closed, as the list of campaigns tells it; None when nothing does."""
    opened = open_stage(stages)
    refusal = closed_by(membership, opened) if opened else None
    return {"code": refusal.code, "opens_at": refusal.details.get("opens_at")} if refusal else None


def _last_answer(membership: Membership, batch: int, modality: Modality) -> datetime | None:
    """When this annotator last answered in a stage; imported answers do not tell when somebody perceived."""
    given = Annotation.objects.filter(
        assignment__membership=membership, assignment__batch=batch, assignment__modality=modality,
        origin=Annotation.Origin.BROWSER,
    )  # fmt: skip
    latest: datetime | None = given.aggregate(latest=Max("created_at"))["latest"]
    return latest
