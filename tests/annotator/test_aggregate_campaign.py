"""Settling a campaign's labels."""

import pytest

from annotator.aggregation.trimmed_mean import TooFewScores, label_in_fifths
from annotator.models import Annotation, Assignment
from annotator.services.aggregation import aggregate_campaign
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
