"""What is asked of a campaign's scores: from which facts an answer is, and when it is one no more."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.models import Annotation, Membership, Reference
from annotator.selectors.contested import Order
from annotator.serializers.quality import ContestedClipsSerializer, QualitySerializer
from annotator.serializers.rules import RulesSerializer
from annotator.services.annotators import change_annotator
from annotator.services.gold import change_gold
from annotator.services.preparation import set_reference
from annotator.services.progress import recount
from annotator.services.questions import CampaignFiguresQuestion, ContestedQuestion, QualityQuestion, RulesQuestion
from datasets.models import Job
from datasets.runner import work_once
from datasets.serializers.figures import FiguresSerializer
from datasets.services.analyses import ask
from datasets.vocabulary import Modality
from tests.annotator.test_aggregate_campaign import rate_everything
from tests.factories import ClipFactory, UserFactory, make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_quick(settings):
    settings.ANALYSES_AT_ONCE = 0


@pytest.fixture
def campaign(project):
    campaign = make_campaign(project, clips=3)
    rate_everything(campaign)
    recount(campaign.memberships.all())
    return campaign


def answer_again(campaign) -> None:
    """One annotator changes their mind about one clip."""
    assignment = campaign.memberships.first().assignments.first()
    kept = assignment.current
    assignment.current = Annotation.objects.create(
        assignment=assignment, score=-kept.score or 1, supersedes=kept, idempotency_key="again"
    )
    assignment.save()


def test_a_change_of_mind_is_a_newer_answer_and_other_campaigns_have_none(project, campaign):
    question = QualityQuestion(campaign)
    last = question.stamp().last_fact
    rate_everything(make_campaign(project, clips=1, name="another"))
    assert (question.size(), question.newer(last)) == (3 * 3 * 4, 0)
    answer_again(campaign)
    assert (question.size(), question.newer(last)) == (3 * 3 * 4, 1)


def test_newer_answers_are_counted_up_to_a_limit(campaign, monkeypatch):
    monkeypatch.setattr("annotator.services.questions.MOST_COUNTED", 5)
    assert QualityQuestion(campaign).newer(0) == 5


@pytest.mark.parametrize("change", ["exclude", "tolerance", "gold clip"])
def test_what_changes_which_scores_mean_what_asks_for_a_new_answer(campaign, change):
    before = QualityQuestion(campaign).stamp().settings
    if change == "exclude":
        change_annotator(campaign=campaign, pseudonym="A1", state=Membership.State.EXCLUDED, reason="left")
    elif change == "tolerance":
        change_gold(campaign=campaign, tolerance=2)
    else:
        clip = campaign.campaign_clips.first().clip_id
        set_reference(
            campaign=campaign, clip=clip, modality=Modality.TEXT, use=Reference.Use.GOLD, score=1, reason="plain"
        )
    assert QualityQuestion(campaign).stamp().settings != before


def test_a_pause_is_told_at_once_and_asks_for_nothing_new(campaign):
    ask(QualityQuestion(campaign))
    work_once("media")
    change_annotator(campaign=campaign, pseudonym="A1", state=Membership.State.PAUSED, reason="sick")
    asked = ask(QualityQuestion(campaign))
    assert [rater["state"] for rater in asked.answer["annotators"]] == ["paused", "active", "active"]
    assert Job.objects.filter(kind="analyse").count() == 1


def test_who_is_still_joining_is_no_rater_yet(campaign):
    settings = QualityQuestion(campaign).stamp().settings
    Membership.objects.create(campaign=campaign, annotator=UserFactory(), pseudonym="A4", state="joining")
    assert QualityQuestion(campaign).stamp().settings == settings
    ask(QualityQuestion(campaign))
    work_once("media")
    answer = ask(QualityQuestion(campaign)).answer
    assert [rater["pseudonym"] for rater in answer["annotators"]] == ["A1", "A2", "A3"]
    for part in ("portraits", "repeats", "gold"):
        assert {row["pseudonym"] for row in answer[part]} == {"A1", "A2", "A3"}
    assert {row["annotators"] for row in answer["agreement"]} == {3}


@pytest.mark.parametrize(
    ("place", "shape"),
    [
        ("quality", QualitySerializer),
        ("contested", ContestedClipsSerializer),
        ("rules", RulesSerializer),
        ("figures", FiguresSerializer),
    ],
)
def test_a_kept_answer_is_told_as_the_one_of_this_moment(campaign, settings, place, shape):
    question = {
        "quality": QualityQuestion(campaign),
        "contested": ContestedQuestion(campaign, Order.SPREAD),
        "rules": RulesQuestion(campaign),
        "figures": CampaignFiguresQuestion(campaign),
    }[place]
    ask(question)
    work_once("media")
    kept = ask(question)
    settings.ANALYSES_AT_ONCE = 1000
    now = ask(question)
    assert (kept.analysis is None, now.analysis is None) == (False, True)
    kept_told, now_told = (json.loads(json.dumps(shape(each.answer | {"analysis": None}).data)) for each in (kept, now))
    assert kept_told == now_told


def test_figures_read_the_clips_of_the_project_too(campaign, project):
    assert CampaignFiguresQuestion(campaign).size() == 3 * 3 * 4 + 3
    before = CampaignFiguresQuestion(campaign).stamp().settings
    ClipFactory(source__project=project)
    assert CampaignFiguresQuestion(campaign).stamp().settings != before


def test_newer_answers_are_looked_for_among_the_later_ones_alone(campaign):
    if connection.vendor != "sqlite":
        pytest.skip("plans are told in SQLite's words")
    with CaptureQueriesContext(connection) as queries:
        QualityQuestion(campaign).newer(3)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + queries[-1]["sql"])
        plan = " ".join(row[-1] for row in cursor.fetchall())
    assert "annotator_annotation USING INTEGER PRIMARY KEY (rowid>?)" in plan
