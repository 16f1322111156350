"""What changed between two versions: both are frozen, so it is computed once and kept."""

from dataclasses import asdict
from typing import Any, Self

from django.contrib.auth.models import User

from config.errors import NotAllowed
from config.sentences import Sentence, sentence
from datasets.models import Version
from datasets.people import staff_projects
from datasets.questions import Question, Report, registers
from datasets.selectors.versions import difference_between
from datasets.versions.difference import Difference, LabelChange

SHOWN = 200  # of each kind of change, where the request does not say
MOST_SHOWN = 100_000


@registers
class DifferenceQuestion(Question):
    """Counts of all changes, and the first of each kind: a short answer for pages is kept apart from the whole one."""

    kind = "version_difference"
    frozen = True

    def __init__(self, before: Version, after: Version, limit: int = SHOWN) -> None:
        self.before, self.after, self.limit = before, after, limit
        self.project = after.project
        self.subject = f"{before.pk} {after.pk}"
        self.parameters = "short" if limit <= SHOWN else "whole"

    @classmethod
    def of(cls, subject: str, parameters: str) -> Self:
        """Between the versions with these ids."""
        before, after = (Version.objects.select_related("project").get(pk=pk) for pk in subject.split())
        return cls(before, after, SHOWN if parameters == "short" else MOST_SHOWN)

    @property
    def title(self) -> Sentence:
        """For the ledger."""
        return sentence(
            "version_difference",
            "What changed from {before} to {after}",
            before=self.before.number,
            after=self.after.number,
        )

    def size(self) -> int:
        """Clips of both."""
        return self.before.rows.count() + self.after.rows.count()

    def compute(self, report: Report) -> dict[str, Any]:
        """By datasets.versions.difference, from the manifests."""
        found = difference_between(self.before, self.after, report)
        return difference_facts(found, SHOWN if self.parameters == "short" else MOST_SHOWN)

    def completed(self, answer: dict[str, Any]) -> dict[str, Any]:
        """As much as is asked for, and the two versions as they stand now."""
        lists = {kind: answer[kind][: self.limit] for kind in answer["counts"]}
        return answer | lists | {"before": self.before, "after": self.after}

    def require_sight(self, user: User) -> None:
        """Whoever sees one version only may not know what both have in common."""
        if not staff_projects(user).filter(pk=self.before.project_id).exists():
            raise NotAllowed("You see only one of these two versions.")


def difference_facts(difference: Difference, limit: int) -> dict[str, Any]:
    """A difference as the API tells it, with the first of each kind."""
    changes = vars(difference)
    shown = {kind: [change_facts(change) for change in found[:limit]] for kind, found in changes.items()}
    counts = {kind: len(found) for kind, found in changes.items()}
    return {"counts": counts, **shown, "annotators": [asdict(each) for each in difference.annotators]}


def change_facts(change: Any) -> Any:
    """A change of any kind: clips that came or went by their names, labels in units of the scale, not in fifths."""
    if isinstance(change, str):
        return change
    if not isinstance(change, LabelChange):
        return asdict(change)
    before, after = (None if fifths is None else fifths / 5 for fifths in (change.before, change.after))
    return asdict(change) | {"before": before, "after": after, "by": change.by / 5}
