"""Settling a campaign's labels."""

import pytest
from django.db import connection

from annotator.aggregation.rules import RuleName, label_stage
from annotator.aggregation.trimmed_mean import TooFewScores, label_in_fifths
from annotator.models import Annotation, Assignment
from annotator.selectors import scores
from annotator.selectors.scores import collect_scores
from annotator.services.aggregation import aggregate_campaign, choose_rule
from annotator.services.decisions import decide_label
from annotator.services.figures import clips_so_far
from datasets.models import Label
from datasets.vocabulary import Modality
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db


def rate_everything(campaign, origin=Annotation.Origin.BROWSER):
    """Answer every assignment with a score that depends on its place."""
    assignments = Assignment.objects.filter(membership__campaign=campaign).order_by("membership", "clip", "modality")
    for number, assignment in enumerate(assignments):
        score = (number * 5) % 7 - 3
        assignment.current = Annotation.objects.create(
            assignment=assignment, score=score, seconds=1.5, plays=1, origin=origin, idempotency_key=str(assignment.pk)
        )
        assignment.save()


def test_every_clip_gets_four_labels_that_can_be_recomputed_from_their_scores(campaign):
    rate_everything(campaign)
    settled = aggregate_campaign(campaign=campaign)
    assert (settled.labels, settled.clips, settled.incomplete) == (8, 2, 0)
    assert Label.objects.count() == 8
    for label in Label.objects.all():
        assert label.fifths == label_in_fifths([each["score"] for each in label.scores])
        assert [each["annotator"] for each in label.scores] == ["A1", "A2", "A3"]
        assert label.origin == f"campaign {campaign.name}"


def test_a_label_keeps_what_is_known_of_its_scores(campaign):
    rate_everything(campaign, origin=Annotation.Origin.SIMULATED)
    aggregate_campaign(campaign=campaign)
    score = Label.objects.first().scores[0]
    assert (score["seconds"], score["plays"], score["simulated"]) == (1.5, 1, True)


def test_a_clip_that_lacks_a_score_gets_no_label_in_that_modality(campaign):
    rate_everything(campaign)
    open_one = Assignment.objects.filter(modality=Modality.VISION).first()
    Assignment.objects.filter(pk=open_one.pk).update(current=None)
    settled = aggregate_campaign(campaign=campaign)
    assert (settled.labels, settled.clips, settled.incomplete) == (7, 1, 1)
    assert settled.incomplete_clips == (str(open_one.clip),)
    assert not Label.objects.filter(clip=open_one.clip, modality=Modality.VISION).exists()


def test_a_clip_that_somebody_could_not_judge_waits_for_a_decision(campaign):
    rate_everything(campaign)
    unjudged = Assignment.objects.filter(modality=Modality.AUDIO).first()
    answer = Annotation.objects.create(
        assignment=unjudged, score=None, reason="no_speech", supersedes=unjudged.current, idempotency_key="unjudged"
    )
    Assignment.objects.filter(pk=unjudged.pk).update(current=answer)
    settled = aggregate_campaign(campaign=campaign)
    assert (settled.labels, settled.incomplete_clips) == (7, (str(unjudged.clip),))


def test_only_the_answers_that_count_now_are_averaged(campaign):
    rate_everything(campaign)
    for assignment in Assignment.objects.filter(modality=Modality.TEXT):
        later = Annotation.objects.create(
            assignment=assignment, score=3, supersedes=assignment.current, idempotency_key=f"{assignment.pk} again"
        )
        Assignment.objects.filter(pk=assignment.pk).update(current=later)
    aggregate_campaign(campaign=campaign)
    assert set(Label.objects.filter(modality=Modality.TEXT).values_list("fifths", flat=True)) == {5}


def test_scores_are_the_same_however_the_database_comes_to_them(project, monkeypatch):
    campaign, other = make_campaign(project, clips=3), make_campaign(project, name="other")
    rate_everything(campaign)
    rate_everything(other)
    one = Assignment.objects.filter(membership__campaign=campaign).first()
    Assignment.objects.filter(pk=one.pk).update(current=None)
    by_index = collect_scores(campaign)
    monkeypatch.setattr(scores, "FEW_ROWS", 0)
    assert scores.is_much_of_all(campaign, 3) is (connection.vendor == "sqlite")
    assert collect_scores(campaign) == by_index
    assert by_index[1] == {(one.clip_id, one.modality)}
    assert len(by_index[0]) == 12


def test_aggregating_twice_gives_the_same_labels(campaign):
    rate_everything(campaign)
    aggregate_campaign(campaign=campaign)
    first = list(Label.objects.order_by("pk").values_list("pk", "fifths", "scores"))
    aggregate_campaign(campaign=campaign)
    assert list(Label.objects.order_by("pk").values_list("pk", "fifths", "scores")) == first


def test_two_annotators_are_too_few(project):
    campaign = make_campaign(project, annotators=2)
    rate_everything(campaign)
    with pytest.raises(TooFewScores, match="has 2 annotator"):
        aggregate_campaign(campaign=campaign)


@pytest.mark.parametrize("rule", list(RuleName))
def test_every_label_is_the_one_that_the_chosen_rule_gives_the_stage(project, rule):
    campaign = make_campaign(project, clips=6, annotators=4)
    rate_everything(campaign)
    choose_rule(campaign=campaign, rule=rule)
    aggregate_campaign(campaign=campaign)
    labels = Label.objects.filter(modality=Modality.VISION)
    clips = {label.clip_id: {each["annotator"]: each["score"] for each in label.scores} for label in labels}
    assert {label.clip_id: label.fifths for label in labels} == label_stage(rule, clips)
    assert {label.rule for label in labels} == {rule}


def test_figures_so_far_are_by_the_chosen_rule(project):
    campaign = make_campaign(project, clips=6, annotators=4)
    rate_everything(campaign)
    choose_rule(campaign=campaign, rule=RuleName.MEAN)
    so_far = [dict(clip.labels) for clip in clips_so_far(campaign)]
    aggregate_campaign(campaign=campaign)
    assert so_far == [
        {Modality(label.modality): label.fifths for label in clip.labels.all()}
        for clip in project.clips.order_by("clip_id")
    ]


def test_a_decision_stands_above_any_rule(campaign, admin):
    rate_everything(campaign)
    clip = campaign.campaign_clips.first().clip_id
    choose_rule(campaign=campaign, rule=RuleName.MEDIAN)
    decide_label(campaign=campaign, clip=clip, modality=Modality.TEXT, fifths=4, reason="clear", actor=admin)
    aggregate_campaign(campaign=campaign)
    decided = Label.objects.get(clip=clip, modality=Modality.TEXT)
    assert (decided.fifths, decided.rule) == (4, "median")
