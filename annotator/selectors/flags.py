"""What annotators told about clips: those they could not judge, and their comments; never a score."""

from django.db.models import Q, QuerySet

from annotator.models import Annotation, Assignment, CalibrationAnswer, Campaign

# Greater, not unlike: so the indexes of both columns find the few among all answers.
FLAGGED = Q(reason__gt="") | Q(comment__gt="")


def flags_of(campaign: Campaign, *, reason: str = "", modality: str = "") -> QuerySet[Assignment]:
    """Assignments whose present answer has a reason or a comment, by clip."""
    flags = Annotation.objects.filter(FLAGGED)
    flagged = Assignment.objects.filter(
        # Found by their answers; of these only the present one counts.
        Q(current__reason__gt="") | Q(current__comment__gt=""),
        pk__in=flags.values("assignment"),
        membership__campaign=campaign,
    ).select_related("clip__source", "membership", "current")
    if reason:
        flagged = flagged.filter(current__reason=reason)
    if modality:
        flagged = flagged.filter(modality=modality)
    return flagged.order_by("clip__order", "pk")


def calibration_flags_of(campaign: Campaign, *, modality: str = "") -> QuerySet[CalibrationAnswer]:
    """Reference clips that annotators could not judge for technical reasons, in calibration, by clip."""
    told = CalibrationAnswer.objects.filter(reference__campaign=campaign).exclude(reason="")
    if modality:
        told = told.filter(reference__modality=modality)
    return told.select_related("reference__clip__source", "round__membership").order_by("reference__clip__order", "pk")
