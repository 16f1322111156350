"""What a loop of labeling asks: the answers of the ORM, in few statements."""

import json
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from rest_framework.renderers import JSONRenderer

from annotator.models import Assignment, Membership, Rendition
from annotator.selectors import loop
from annotator.selectors.rights import assignments_of, memberships_of
from annotator.selectors.work import last_answer, stages_by_membership, stages_of
from annotator.serializers.work import AnsweredSerializer, QueueSerializer
from annotator.services.states import pause_campaign
from datasets.models import Role
from datasets.vocabulary import Modality
from tests.annotator.conftest import answer, finish_stage, next_assignment, try_out
from tests.factories import UserFactory, make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(campaign) -> list[User]:
    """An annotator, another, one who lost the role, one who is excluded, a superuser who labels, a stranger."""
    members = list(campaign.memberships.select_related("annotator").order_by("pk"))
    Role.objects.filter(user=members[1].annotator).delete()
    Membership.objects.filter(pk=members[2].pk).update(state=Membership.State.EXCLUDED)
    boss = UserFactory(is_superuser=True)
    other = make_campaign(campaign.project, clips=1, name="another").memberships.earliest("pk")
    Membership.objects.create(campaign=campaign, annotator=boss, pseudonym="A9")
    return [*(each.annotator for each in members), other.annotator, boss, UserFactory()]


def test_a_membership_is_found_for_those_who_have_it(campaign, people):
    found = [loop.membership_of(person, campaign.pk) for person in people]
    assert found == [memberships_of(person).filter(campaign=campaign).first() for person in people]
    assert [each is not None for each in found] == [True, False, False, False, True, False]


def test_an_assignment_is_found_for_the_one_whose_it_is(campaign, people):
    boss = campaign.memberships.get(pseudonym="A9")
    clip = campaign.campaign_clips.first().clip
    Assignment.objects.create(membership=boss, clip=clip, modality="text", batch=1, position=1)
    found = 0
    for assignment in Assignment.objects.all():
        for person in people:
            with transaction.atomic():
                mine = loop.locked_assignment(person, assignment.pk)
            assert mine == assignments_of(person).filter(pk=assignment.pk).first()
            found += mine is not None
    assert found


def test_what_an_answer_is_checked_against_comes_with_its_assignment(member, django_assert_num_queries):
    assignment = next_assignment(member)
    with transaction.atomic(), django_assert_num_queries(1):
        mine = loop.locked_assignment(member.annotator, assignment.pk)
        told = (mine.modality, mine.batch, mine.current_id, mine.clip.transcript, mine.clip.seconds)
        campaign = mine.membership.campaign
        stands = (mine.membership.stands, mine.membership.admitted, campaign.preparation, campaign.isolation_digest)
    assert told == ("text", 1, None, assignment.clip.transcript, assignment.clip.seconds)
    assert stands == (member.stands, member.admitted, member.campaign.preparation, member.campaign.isolation_digest)


def test_a_change_of_state_is_seen_at_once(member):
    assert loop.membership_of(member.annotator, member.campaign_id).stands == "open"
    pause_campaign(campaign=member.campaign)
    assert loop.membership_of(member.annotator, member.campaign_id).stands == "paused"


def test_progress_is_what_is_kept(campaign, member):
    answer(next_assignment(member))
    for each in campaign.memberships.all():
        assert stages_of(each) == stages_by_membership([each])[each.pk]


def test_the_last_answer_is_the_one_that_may_be_taken_back(member):
    assert loop.last_answered(member) is None
    for modality in list(Modality)[:2]:
        finish_stage(member, modality)
        assert loop.last_answered(member).assignment == last_answer(member).pk
        assert loop.last_answered(member).modality == modality


@pytest.mark.parametrize("modality", list(Modality))
def test_the_next_clips_are_those_that_are_left_with_whether_they_passed(project, modality):
    member = make_campaign(project, clips=6).memberships.select_related("campaign", "annotator").earliest("pk")
    left = list(loop.unanswered(member.pk, modality, 1))
    Rendition.objects.filter(clip=left[1].clip, modality=modality).update(passed=False)
    Rendition.objects.filter(clip=left[2].clip, modality=modality).update(isolation_digest="other")
    first = loop.first_unanswered(member, modality, 1)
    assert [(each.assignment, each.position, each.transcript) for each in first] == [
        (each.pk, each.position, each.clip.transcript) for each in left[:4]
    ]
    passed = [True, True, True, True] if modality == Modality.TEXT else [True, False, False, True]
    assert [bool(each.passed) for each in first] == passed


@pytest.mark.parametrize("modality", [Modality.TEXT, Modality.AUDIO, Modality.MULTIMODAL])
def test_what_is_sent_is_what_its_serializers_describe(api, project, modality):
    member = reach(project, modality)
    api.force_login(member.annotator)
    queue = api.get(f"/api/my-work/{member.campaign_id}/{modality}/")
    body = {"score": 1, "seconds": 60, "plays": 1, "idempotency_key": uuid4().hex}
    answered = api.post(f"/api/assignments/{queue.data['queue'][0]['assignment']}/annotations/", body, format="json")
    for response, serializer in ((queue, QueueSerializer), (answered, AnsweredSerializer)):
        assert len(response.data["queue"]) == 4
        assert json.loads(JSONRenderer().render(serializer(response.data).data)) == response.json()


def reach(project, modality: Modality) -> Membership:
    """Somebody before whom thirty clips of a stage lie, and none of the stages before it."""
    member = make_campaign(project, clips=30).memberships.select_related("annotator").earliest("pk")
    for each in list(Modality)[: list(Modality).index(modality)]:
        Assignment.objects.filter(membership=member, modality=each).delete()
        member.progress.filter(modality=each).delete()
    try_out(member, modality)
    return member


# How many statements --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("modality", [Modality.TEXT, Modality.AUDIO])
def test_an_answer_takes_ten_statements_and_a_question_six_however_much_was_answered(api, project, modality):
    member = reach(project, modality)
    api.force_login(member.annotator)
    stage = f"/api/my-work/{member.campaign_id}/{modality}/"
    counts = set()
    for _ in range(12):
        with CaptureQueriesContext(connection) as asked:
            queue = api.get(stage).json()["queue"]
        body = {"score": 1, "seconds": 60, "plays": 1, "idempotency_key": uuid4().hex}
        with CaptureQueriesContext(connection) as answered:
            response = api.post(f"/api/assignments/{queue[0]['assignment']}/annotations/", body, format="json")
        assert response.status_code == 201
        counts.add((statements(answered), statements(asked)))
    assert counts == {(10, 6)}


def statements(captured) -> int:
    """Without the marks of transactions, of which tests have others."""
    return sum("SAVEPOINT" not in each["sql"] and not each["sql"].startswith("BEGIN") for each in captured)
