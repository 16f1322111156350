"""What is asked of all of a campaign's scores (datasets.questions)."""

import json
from typing import Any, Self

from django.contrib.auth.models import User
from django.db.models import F, Max, Sum

from annotator.models import Annotation, Campaign, Membership, Progress, TranscriptReview
from annotator.selectors.contested import Order, rank_contested, with_decisions
from annotator.selectors.labels import compare_rules
from annotator.selectors.quality import quality_of, raters_of
from annotator.selectors.rights import require_sight
from annotator.services.figures import figures_of_campaign
from config.errors import NotFound
from config.sentences import Sentence, sentence
from datasets.questions import Question, Report, Stamp, registers

MOST_COUNTED = 10_000


def campaign_of(subject: str) -> Campaign:
    """The campaign with this id; NotFound when it is gone."""
    campaign = Campaign.objects.filter(pk=subject).select_related("project").first()
    if campaign is None:
        raise NotFound(f"There is no campaign {subject} any more.")
    return campaign


class CampaignQuestion(Question):
    """A question whose facts are the answers of one campaign's annotators."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.project = campaign.project
        self.subject = str(campaign.pk)

    @classmethod
    def of(cls, subject: str, parameters: str) -> Self:
        """Of the campaign with this id."""
        return cls(campaign_of(subject))

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

    def gold(self) -> list[Any]:
        """The latest reference and how gold clips are judged, for `settings`."""
        latest = self.campaign.references.aggregate(latest=Max("pk"))["latest"]
        return [latest, self.campaign.gold_tolerance, self.campaign.gold_counts]

    def newer(self, last_fact: int) -> int:
        """Answers of this campaign that came after, at most MOST_COUNTED of them."""
        members = list(self.campaign.memberships.values_list("pk", flat=True))
        # A sum has no index, so the database begins with the few that are later, not with all of the campaign's.
        later = Annotation.objects.filter(pk__gt=last_fact).annotate(member=F("assignment__membership_id") + 0)
        return len(later.filter(member__in=members).order_by("pk").values_list("pk")[:MOST_COUNTED])

    def require_sight(self, user: User) -> None:
        """Whoever rates in the campaign is told nothing before it is closed."""
        require_sight(user, self.campaign)


@registers
class QualityQuestion(CampaignQuestion):
    """How well annotators agree, and how each of them rates."""

    kind = "campaign_quality"

    @property
    def title(self) -> Sentence:
        """For the ledger."""
        return sentence("campaign_quality", "Quality of “{campaign}”", campaign=self.campaign.name)

    def settings(self) -> list[Any]:
        """Also the gold clips, and the share of repeats."""
        return [*super().settings(), self.gold(), float(self.campaign.repeats)]

    def compute(self, report: Report) -> dict[str, Any]:
        """By the rules of annotator.quality."""
        return quality_of(self.campaign, report)

    def completed(self, answer: dict[str, Any]) -> dict[str, Any]:
        """With who is paused now."""
        return answer | {"annotators": raters_of(self.campaign)}


@registers
class ContestedQuestion(CampaignQuestion):
    """Which clips are the most contested."""

    kind = "campaign_contested"

    def __init__(self, campaign: Campaign, order: Order) -> None:
        super().__init__(campaign)
        self.order = order
        self.parameters = str(order)

    @classmethod
    def of(cls, subject: str, parameters: str) -> Self:
        """In one order."""
        return cls(campaign_of(subject), Order(parameters))

    @property
    def title(self) -> Sentence:
        """For the ledger."""
        return sentence(
            "contested_clips",
            "Contested clips of “{campaign}” by {order}",
            campaign=self.campaign.name,
            order=self.order,
        )

    def compute(self, report: Report) -> dict[str, Any]:
        """By annotator.quality.contested."""
        return {"clips": rank_contested(self.campaign, self.order, report=report)}

    def completed(self, answer: dict[str, Any]) -> dict[str, Any]:
        """With what is decided by now."""
        return {"clips": with_decisions(self.campaign, answer["clips"])}


@registers
class RulesQuestion(CampaignQuestion):
    """How far other rules' labels lie from the paper's."""

    kind = "campaign_rules"

    @property
    def title(self) -> Sentence:
        """For the ledger."""
        return sentence("rules_compared", "Rules compared over “{campaign}”", campaign=self.campaign.name)

    def settings(self) -> list[Any]:
        """Also the gold clips, which may get no labels."""
        return [*super().settings(), self.gold()]

    def compute(self, report: Report) -> dict[str, Any]:
        """By annotator.aggregation.comparison."""
        return compare_rules(self.campaign, report)

    def completed(self, answer: dict[str, Any]) -> dict[str, Any]:
        """With the rule that is chosen now."""
        return answer | {"rule": self.campaign.aggregation}


@registers
class CampaignFiguresQuestion(CampaignQuestion):
    """The figures of a campaign so far."""

    kind = "campaign_figures"

    @property
    def title(self) -> Sentence:
        """For the ledger."""
        return sentence("campaign_figures", "Figures of “{campaign}”", campaign=self.campaign.name)

    def size(self) -> int:
        """Answers given, and the project's clips."""
        return super().size() + self.project.clips.count()

    def settings(self) -> list[Any]:
        """Also everything that settles labels, and what is known of the clips."""
        decided = self.campaign.decisions.aggregate(latest=Max("pk"))["latest"]
        reviews = TranscriptReview.objects.filter(clip__project=self.project).order_by("-pk").values_list("pk")
        clips = [self.project.clips.count(), *(reviews.first() or ())]
        return [*super().settings(), self.gold(), self.campaign.aggregation, decided, clips]

    def compute(self, report: Report) -> dict[str, Any]:
        """By datasets.versions.figures."""
        return figures_of_campaign(campaign=self.campaign, report=report)
