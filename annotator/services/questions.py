"""What is asked of all of a campaign's scores (datasets.questions)."""

import json
from typing import Any, Self

from django.contrib.auth.models import User
from django.db.models import Max, Sum

from annotator.models import Annotation, Campaign, Membership, Progress
from annotator.selectors.quality import quality_of, raters_of
from annotator.selectors.rights import require_sight
from config.errors import NotFound
from datasets.questions import Question, Report, Stamp, registers

MOST_COUNTED = 10_000


class CampaignQuestion(Question):
    """A question whose facts are the answers of one campaign's annotators."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.project = campaign.project
        self.subject = str(campaign.pk)

    @classmethod
    def of(cls, subject: str, parameters: str) -> Self:
        """Of the campaign with this id."""
        campaign = Campaign.objects.filter(pk=subject).select_related("project").first()
        if campaign is None:
            raise NotFound(f"There is no campaign {subject} any more.")
        return cls(campaign)

    def size(self) -> int:
        """Answers given."""
        given: int = Progress.objects.filter(membership__campaign=self.campaign).aggregate(n=Sum("done", default=0))[
            "n"
        ]
        return given

    def stamp(self) -> Stamp:
        """The latest answer of all campaigns, and whose answers count."""
        last = Annotation.objects.aggregate(last=Max("pk"))["last"]
        return Stamp(json.dumps(self.settings()), last or 0)

    def settings(self) -> list[Any]:
        """What the answer depends on beside scores, as JSON."""
        raters = self.campaign.memberships.exclude(state=Membership.State.JOINING).order_by("pk")
        return [[name, state not in Membership.AWAY] for name, state in raters.values_list("pseudonym", "state")]

    def newer(self, last_fact: int) -> int:
        """Answers of this campaign that came after, at most MOST_COUNTED of them."""
        members = list(self.campaign.memberships.values_list("pk", flat=True))
        # In the order of their ids, so that the database begins with those few and not with all of the campaign's.
        later = Annotation.objects.filter(pk__gt=last_fact, assignment__membership__in=members).order_by("pk")
        return len(later.values_list("pk")[:MOST_COUNTED])

    def require_sight(self, user: User) -> None:
        """Whoever rates in the campaign is told nothing before it is closed."""
        require_sight(user, self.campaign)


@registers
class QualityQuestion(CampaignQuestion):
    """How well annotators agree, and how each of them rates."""

    kind = "campaign_quality"

    @property
    def title(self) -> str:
        """For the ledger."""
        return f"Quality of “{self.campaign.name}”"

    def settings(self) -> list[Any]:
        """Also the gold clips and how they are judged, and the share of repeats."""
        campaign = self.campaign
        latest = campaign.references.aggregate(latest=Max("pk"))["latest"]
        gold = [latest, campaign.gold_tolerance, campaign.gold_counts]
        return [*super().settings(), gold, float(campaign.repeats)]

    def compute(self, report: Report) -> dict[str, Any]:
        """By the rules of annotator.quality."""
        return quality_of(self.campaign, report)

    def completed(self, answer: dict[str, Any]) -> dict[str, Any]:
        """With who is paused now."""
        return answer | {"annotators": raters_of(self.campaign)}
