"""Settling labels: every complete clip of a campaign at once, by the rule that the campaign has."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson
from django.contrib.auth.models import User
from django.db import transaction

from annotator.aggregation.rules import RuleName
from annotator.aggregation.trimmed_mean import FEWEST_SCORES, TooFewScores
from annotator.models import Campaign, Membership
from annotator.selectors.decisions import standing_decisions
from annotator.selectors.labels import aggregation_at_work, labels_by
from annotator.selectors.progress import label_origin
from annotator.selectors.scores import Answers, Place, enough_of, read_answers, set_aside
from config.collector import paused_collector
from config.moment import one_moment
from config.sentences import sentence
from datasets.jobs import enqueue
from datasets.models import Clip, Job
from datasets.people import record_event
from datasets.services.beginning import is_short
from datasets.services.imports import WAITED_FOR
from datasets.services.labels import SettledLabel, drop_labels, record_labels
from datasets.vocabulary import Modality
from datasets.watching import Unwatched, Watch

KIND = "aggregate"
STEPS = len(Modality) + 2  # reading, a stage each, writing
MOST_NAMED = 100


@dataclass(frozen=True)
class Settled:
    """By which rule how many labels were written, how many clips have all four, and the clips that wait for scores."""

    rule: str
    labels: int
    clips: int
    incomplete: int
    incomplete_clips: tuple[str, ...]  # the first hundred


def request_aggregation(*, campaign: Campaign, actor: User | None = None) -> Settled | Job:
    """Settle the labels of a small campaign at once; of a large one by a job, which is the one at work if there is one.

    Raises TooFewScores.
    """
    if is_short(campaign.campaign_clips.count() * len(Modality)):
        return aggregate_campaign(campaign=campaign, actor=actor)
    require_annotators(campaign)
    return aggregation_at_work(campaign) or enqueue(
        kind=KIND,
        queue="media",
        title=sentence("aggregate", "Aggregate the scores of {campaign}", campaign=campaign.name),
        payload={"campaign": str(campaign.pk)},
        project=campaign.project,
        created_by=actor,
        priority=WAITED_FOR,
    )


@paused_collector()
def aggregate_campaign(*, campaign: Campaign, actor: User | None = None, watch: Watch | None = None) -> Settled:
    """Turn the scores of every clip and modality that all who are asked have rated into a label.

    However many they are, the rule is one, the paper's unless an admin chose another; a decision stands above it.
    All labels are of one moment, whatever is answered meanwhile, and are written together or not at all.
    """
    watch = watch or Unwatched()
    while True:
        watch.progress(0, STEPS, sentence("reading_scores", "Reading scores"))
        moment = read_moment(campaign)
        labels = list(make_labels(moment, watch))
        watch.progress(STEPS - 1, STEPS, sentence("writing_labels", "Writing labels"))
        with watch.commit():
            # Decisions and other aggregations take turns with this one.
            Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
            if last_settled(campaign) != moment.last_settled:
                continue  # somebody settled labels of a later moment: older ones must not replace them
            decided = set(standing_decisions(campaign))
            rows = [label for label in labels if (label.clip_id, str(label.modality)) not in decided]
            write_labels(campaign, rows, moment.aside - decided, actor)
        return settled_of(campaign, moment, rows, decided)


@dataclass(frozen=True)
class Moment:
    """What labels are made of, as it was at one moment."""

    rule: RuleName
    answers: Answers
    aside: set[Place]  # gold clips that get no label
    last_settled: int | None


def read_moment(campaign: Campaign) -> Moment:
    """All of it at once; nothing is worked out before it is read, since somebody may wait for that (config.moment)."""
    with one_moment():
        campaign = Campaign.objects.get(pk=campaign.pk)
        require_annotators(campaign)
        return Moment(
            RuleName(campaign.aggregation), read_answers(campaign), set_aside(campaign), last_settled(campaign)
        )


def require_annotators(campaign: Campaign) -> None:
    """Raise TooFewScores where no clip can have enough of them."""
    annotators = campaign.memberships.exclude(state__in=Membership.AWAY).count()
    if annotators < FEWEST_SCORES:
        raise TooFewScores(
            f"“{campaign.name}” has {annotators} annotator(s), and a label needs the scores of {FEWEST_SCORES}."
        )


def last_settled(campaign: Campaign) -> int | None:
    """The newest entry in the record that tells of labels which the campaign settled."""
    told = campaign.project.events.filter(verb="record_labels", subject=label_origin(campaign))
    return told.order_by("-pk").values_list("pk", flat=True).first()


def make_labels(moment: Moment, watch: Watch) -> Iterator[SettledLabel]:
    """Stage by stage, as rules look at stages; the scores of each as JSON already, so that writing takes less long."""
    for number, modality in enumerate(Modality, start=1):
        scores, waiting = moment.answers.scores(modality)
        complete = enough_of(scores, waiting | moment.aside)
        for (clip, _), fifths in labels_by(moment.rule, complete).items():
            # As text, since the bytes keep the room that orjson began with, several times what is in it.
            scores_as_json = orjson.Fragment(orjson.dumps(complete[clip, str(modality)]).decode())
            yield SettledLabel(clip, modality, fifths, scores_as_json, rule=moment.rule)
        watch.progress(number, STEPS, sentence("labels_of", "Labels of {modality}", modality=modality))


def write_labels(campaign: Campaign, rows: Sequence[SettledLabel], aside: set[Place], actor: User | None) -> None:
    """Record labels, and take back those of gold clips, in a transaction."""
    project, origin = campaign.project, label_origin(campaign)
    record_labels(project=project, rows=rows, origin=origin, actor=actor)
    drop_labels(project=project, places=aside, origin=origin, actor=actor)


def settled_of(campaign: Campaign, moment: Moment, rows: Sequence[SettledLabel], decided: set[Place]) -> Settled:
    """What was settled, told when nobody waits for it any more."""
    settled = {(label.clip_id, str(label.modality)) for label in rows} | decided | moment.aside
    waiting = waiting_clips(campaign, settled)
    named = Clip.objects.filter(pk__in=waiting[:MOST_NAMED]).select_related("source").order_by("order")
    clips = campaign.campaign_clips.count() - len(waiting)
    return Settled(str(moment.rule), len(rows), clips, len(waiting), tuple(str(clip) for clip in named))


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
