"""A campaign's labels by its rule, and by every other one for comparison."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from annotator.aggregation.comparison import Distance, measure_distance
from annotator.aggregation.rules import PAPERS, RuleName, label_stage
from annotator.models import Campaign
from annotator.selectors.scores import Place, complete_scores
from config.sentences import sentence
from datasets.models import Clip, Job
from datasets.questions import Report, unheard
from datasets.vocabulary import Modality

Scores = Mapping[Place, Sequence[Mapping[str, Any]]]  # entries as in `Label.scores`
MOST_SHOWN = 50


def aggregation_at_work(campaign: Campaign) -> Job | None:
    """The job that settles the campaign's labels now."""
    jobs = Job.objects.filter(project=campaign.project_id, kind="aggregate", payload__campaign=str(campaign.pk))
    return jobs.exclude(state__in=Job.ENDED).order_by("-created_at").first()


def campaign_labels(campaign: Campaign, complete: Scores) -> dict[Place, int]:
    """Labels in fifths by the rule that the campaign has, of scores that are complete."""
    return labels_by(RuleName(campaign.aggregation), complete)


def labels_by(rule: RuleName, complete: Scores) -> dict[Place, int]:
    """Labels in fifths by a rule, stage by stage, in the order of the scores."""
    stages: dict[str, dict[UUID, dict[str, int]]] = defaultdict(dict)
    for (clip, modality), given in complete.items():
        stages[modality][clip] = {each["annotator"]: each["score"] for each in given}
    found = {
        (clip, modality): label
        for modality, clips in stages.items()
        for clip, label in label_stage(rule, clips).items()
    }
    return {place: found[place] for place in complete}


def compare_rules(campaign: Campaign, report: Report = unheard) -> dict[str, Any]:
    """How far every other rule's labels lie from the paper's, stage by stage, and the clips that change most."""
    steps = len(RuleName) + 2
    report(0, steps, sentence("reading_scores", "Reading the scores"))
    complete = complete_scores(campaign)
    labels: dict[RuleName, dict[Place, int]] = {}
    for rule in RuleName:
        report(len(labels) + 1, steps, sentence("labels_by", "Labels by " + rule.replace("_", " "), rule=rule))
        labels[rule] = labels_by(rule, complete)
    report(steps - 1, steps, sentence("comparing_rules", "Holding them against the paper's"))
    return {
        "rule": campaign.aggregation,
        "stages": [
            {"modality": modality, "rule": rule, **asdict(_distance(labels, rule, modality))}
            for modality in Modality
            for rule in RuleName
            if rule != PAPERS
        ],
        "changed": _changed_most(labels),
    }


def _distance(labels: Mapping[RuleName, Mapping[Place, int]], rule: RuleName, modality: Modality) -> Distance:
    here = {place: label for place, label in labels[PAPERS].items() if place[1] == modality}
    return measure_distance(here, {place: labels[rule][place] for place in here})


def _changed_most(labels: Mapping[RuleName, Mapping[Place, int]]) -> list[dict[str, Any]]:
    """Clips and stages with the farthest label from the paper's by any rule, the farthest first."""
    paper = labels[PAPERS]
    farthest = {place: max(abs(labels[rule][place] - paper[place]) for rule in RuleName) for place in paper}
    ranked = sorted((place for place in paper if farthest[place]), key=lambda place: (-farthest[place], place))
    clips = Clip.objects.select_related("source").in_bulk({clip for clip, _ in ranked[:MOST_SHOWN]})
    return [
        {
            "clip": clip,
            "video_id": clips[clip].source.video_id,
            "clip_id": clips[clip].clip_id,
            "modality": modality,
            "farthest": farthest[clip, modality] / 5,
            "labels": {str(rule): labels[rule][clip, modality] / 5 for rule in RuleName},
        }
        for clip, modality in ranked[:MOST_SHOWN]
    ]
