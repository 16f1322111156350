"""What annotators told about clips: those they could not judge, and their comments; never a score."""

from django.db.models import Q, QuerySet

from annotator.models import Assignment, Campaign

FLAGGED = ~Q(current__reason="") | ~Q(current__comment="")


def flags_of(campaign: Campaign, *, reason: str = "", modality: str = "") -> QuerySet[Assignment]:
    """Assignments whose present answer has a reason or a comment, by clip."""
    answered = Assignment.objects.filter(membership__campaign=campaign, current__isnull=False)
    flagged = answered.filter(FLAGGED).select_related("clip__source", "membership", "current")
    if reason:
        flagged = flagged.filter(current__reason=reason)
    if modality:
        flagged = flagged.filter(modality=modality)
    return flagged.order_by("clip__order", "pk")
