"""Settling labels: every complete clip of a campaign at once, by the rule that the campaign has."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from annotator.aggregation.rules import RuleName
from annotator.aggregation.trimmed_mean import FEWEST_SCORES, TooFewScores
from annotator.models import Campaign, Membership
from annotator.selectors.decisions import standing_decisions
from annotator.selectors.labels import campaign_labels
from annotator.selectors.progress import label_origin
from annotator.selectors.scores import Place, complete_scores, set_aside
from config.collector import paused_collector
from datasets.models import Clip
from datasets.people import record_event
from datasets.services.labels import SettledLabel, drop_labels, record_labels
from datasets.vocabulary import Modality

MOST_NAMED = 100


@dataclass(frozen=True)
class Settled:
    """By which rule how many labels were written, how many clips have all four, and the clips that wait for scores."""

    rule: str
    labels: int
    clips: int
    incomplete: int
    incomplete_clips: tuple[str, ...]  # the first hundred


@paused_collector()
@transaction.atomic
def aggregate_campaign(*, campaign: Campaign, actor: User | None = None) -> Settled:
    """Turn the scores of every clip and modality that all who are asked have rated into a label.

    However many they are, the rule is one, the paper's unless an admin chose another; a decision stands above it.
    """
    annotators = campaign.memberships.exclude(state__in=Membership.AWAY).count()
    if annotators < FEWEST_SCORES:
        raise TooFewScores(
            f"“{campaign.name}” has {annotators} annotator(s), and a label needs the scores of {FEWEST_SCORES}."
        )
    settled: set[Place] = set(standing_decisions(campaign))
    rows = settle_labels(campaign, settled)
    labels = record_labels(project=campaign.project, rows=rows, origin=label_origin(campaign), actor=actor)
    aside = set_aside(campaign) - settled
    drop_labels(project=campaign.project, places=aside, origin=label_origin(campaign), actor=actor)
    waiting = waiting_clips(campaign, settled | aside)
    named = Clip.objects.filter(pk__in=waiting[:MOST_NAMED]).select_related("source").order_by("order")
    clips = campaign.campaign_clips.count() - len(waiting)
    return Settled(campaign.aggregation, labels, clips, len(waiting), tuple(str(clip) for clip in named))


def settle_labels(campaign: Campaign, settled: set[Place]) -> Iterator[SettledLabel]:
    """The labels of what is complete and not settled, which is noted as settled on the way.

    Stage by stage, as rules look at stages: so that a million scores are never in memory at once.
    """
    for modality in Modality:
        complete = complete_scores(campaign, modality)
        for (clip, _), fifths in campaign_labels(campaign, complete).items():
            if (clip, str(modality)) not in settled:
                settled.add((clip, str(modality)))
                scores = complete[clip, str(modality)]
                yield SettledLabel(clip, modality, fifths, scores, rule=campaign.aggregation)


def waiting_clips(campaign: Campaign, settled: Collection[Place]) -> list[UUID]:
    """The campaign's clips that lack a score in some modality, in the project's order."""
    clips = campaign.campaign_clips.order_by("clip__order").values_list("clip_id", flat=True)
    return [clip for clip in clips if any((clip, modality.value) not in settled for modality in Modality)]


@transaction.atomic
def choose_rule(*, campaign: Campaign, rule: RuleName, actor: User | None = None) -> Campaign:
    """Make labels by this rule from now on; those that are settled stay until scores are aggregated again."""
    before = campaign.aggregation
    Campaign.objects.filter(pk=campaign.pk).update(aggregation=rule)
    campaign.refresh_from_db()
    record_event(
        verb="chose rule", subject=campaign.name, project=campaign.project, actor=actor, rule=str(rule), before=before
    )
    return campaign
