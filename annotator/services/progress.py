"""Keeping the counts of what is done and asked, in the transaction that changes them."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, F, QuerySet

from annotator.models import Assignment, Membership, Progress
from config.compiled import CompiledUpdate

# Written by the ORM once (config.compiled), for every answer waits for it.
ONE_MORE = CompiledUpdate(
    lambda membership, batch, modality: Progress.objects.filter(membership=membership, batch=batch, modality=modality),
    {"done": F("done") + 1}, membership=1_000_000_001, batch=1_000_000_002, modality="a stage",
)  # fmt: skip


def count_first_answer(assignment: Assignment) -> None:
    """One more clip of the assignment's stage is done."""
    ONE_MORE.run(membership=assignment.membership_id, batch=assignment.batch, modality=assignment.modality)


def count_first_answers(stages: Iterable[tuple[int, int, str]]) -> None:
    """More clips of stages are done: one for each (membership, batch, modality) given; in the caller's transaction."""
    for (membership, batch, modality), more in sorted(Counter(stages).items()):
        stage = Progress.objects.filter(membership=membership, batch=batch, modality=modality)
        stage.update(done=F("done") + more)


@transaction.atomic
def recount(members: QuerySet[Membership]) -> None:
    """Count these annotators' assignments anew, after many were answered or given out at once."""
    kept = Progress.objects.filter(membership__in=members)
    list(kept.select_for_update().order_by("pk"))  # answers that arrive meanwhile are counted after this
    counted = (
        Assignment.objects.filter(membership__in=members)
        .values("membership_id", "batch", "modality")
        .annotate(done=Count("current"), total=Count("pk"))
        .order_by()
    )
    Progress.objects.bulk_create(
        [Progress(**each) for each in counted],
        update_conflicts=True,
        unique_fields=["membership", "batch", "modality"],
        update_fields=["done", "total"],
    )


def set_total(stage: Progress, total: int) -> None:
    """Another number of assignments in a stage that was not begun. In the transaction that gives them out."""
    Progress.objects.filter(pk=stage.pk).update(total=total)
