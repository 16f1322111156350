"""Answers over HTTP: one's own assignments, the scale, keys, stages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.models import Annotation, Membership
from annotator.services.states import close_campaign, pause_campaign
from datasets.models import Role
from datasets.vocabulary import Modality
from tests.annotator.conftest import answer, finish_stage, next_assignment
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db
BODY = {"score": 2, "seconds": 1.5, "plays": 1, "idempotency_key": "one"}


@pytest.fixture
def member(project):
    return make_campaign(project).memberships.select_related("campaign", "annotator").earliest("pk")


def post(api, assignment, body=BODY, user=None):
    api.force_login(user or assignment.membership.annotator)
    return api.post(f"/api/assignments/{assignment.pk}/annotations/", body, format="json")


def test_an_answer_is_acknowledged_with_its_stage_as_it_is_then(api, member):
    response = post(api, next_assignment(member))
    assert response.status_code == 201
    stage = api.get(f"/api/my-work/{member.campaign_id}/text/").json()
    assert [entry["position"] for entry in stage["queue"]] == [2]
    told = {"annotation": Annotation.objects.get().pk, "stage_done": False, "next_stage": None}
    assert response.json() == stage | told


def test_the_last_answer_of_a_stage_tells_which_one_opens(api, member):
    answer(next_assignment(member))
    body = post(api, next_assignment(member)).json()
    assert (body["stage_done"], body["next_stage"]) == (True, "audio")
    assert (body["modality"], body["state"], body["queue"]) == ("text", "done", [])


def test_the_last_answer_of_all_tells_that_nothing_opens(api, member):
    for modality in list(Modality)[:3]:
        finish_stage(member, modality)
    answer(next_assignment(member, Modality.MULTIMODAL))
    body = post(api, next_assignment(member, Modality.MULTIMODAL), BODY | {"seconds": 5.0}).json()
    assert (body["stage_done"], body["next_stage"]) == (True, None)


def test_a_correction_of_the_batch_before_brings_no_clip_of_the_one_that_is_open(api, project):
    member = make_campaign(project, batch_size=1).memberships.first()
    for modality in Modality:
        (last,) = finish_stage(member, modality)
    body = post(api, last.assignment).json()
    assert (body["batch"], body["modality"], body["state"], body["queue"]) == (1, "multimodal", "done", [])
    assert (body["next_stage"], body["can_undo"]) == ("text", True)


def test_a_request_repeated_after_later_answers_takes_none_of_them_back(api, member):
    first = next_assignment(member)
    post(api, first)
    finish_stage(member, Modality.TEXT)
    assert post(api, first).json()["can_undo"] is False


def test_time_and_plays_are_part_of_every_answer(api, member):
    refused = post(api, next_assignment(member), {"score": 0, "idempotency_key": "k"})
    assert set(refused.json()["error"]["details"]) == {"seconds", "plays"}


def test_an_answer_faster_than_its_clip_is_refused(api, member):
    refused = post(api, next_assignment(member), BODY | {"seconds": 0.1})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "not_perceived")
    assert not Annotation.objects.exists()


def test_a_clip_that_cannot_be_judged_is_answered_by_a_reason(api, member):
    body = {key: BODY[key] for key in ("seconds", "plays", "idempotency_key")} | {"reason": "wrong_transcript"}
    assert post(api, next_assignment(member), body).status_code == 201
    assert Annotation.objects.get().score is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"score": 4}, {"score": -4}, {"score": 1.5}, {"score": "much"}, {"score": None}, {"score": True},
        {"seconds": -1}, {"seconds": "nan"}, {"seconds": "inf"}, {"plays": -1}, {"plays": 1.5},
        {"idempotency_key": ""}, {"idempotency_key": "k" * 65}, {"idempotency_key": None},
    ],
)  # fmt: skip
def test_what_is_off_the_scale_or_no_number_is_refused(api, member, wrong):
    refused = post(api, next_assignment(member), BODY | wrong)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "invalid")
    assert list(refused.json()["error"]["details"]) == list(wrong)
    assert not Annotation.objects.exists()


def test_the_same_request_again_is_answered_the_same(api, member):
    assignment = next_assignment(member)
    first, again = post(api, assignment), post(api, assignment)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Annotation.objects.count() == 1


def test_the_same_key_with_another_answer_is_a_conflict(api, member):
    assignment = next_assignment(member)
    post(api, assignment)
    refused = post(api, assignment, BODY | {"score": -2})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "idempotency_key_reused")
    assert Annotation.objects.get().score == 2


def test_a_key_of_somebody_else_is_a_conflict_too_and_tells_nothing(api, member):
    post(api, next_assignment(member))
    other = Membership.objects.exclude(pk=member.pk).select_related("campaign", "annotator").first()
    refused = post(api, next_assignment(other))
    assert refused.status_code == 409
    assert "score" not in refused.content.decode()


def test_a_locked_stage_is_a_conflict(api, member):
    refused = post(api, member.assignments.filter(modality=Modality.MULTIMODAL).first())
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "stage_locked")


def test_a_paused_or_closed_campaign_is_a_conflict(api, member):
    assignment = next_assignment(member)
    for stop in (pause_campaign, close_campaign):
        stop(campaign=member.campaign)
        refused = post(api, assignment)
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "campaign_not_open")
    assert not Annotation.objects.exists()


def test_nobody_else_can_answer_an_assignment(api, member, admin, stranger, annotator):
    assignment = next_assignment(member)
    neighbour = Membership.objects.exclude(pk=member.pk).first().annotator
    for user in (neighbour, admin, stranger, annotator):
        assert post(api, assignment, user=user).status_code == 404
    assert not Annotation.objects.exists()


def test_whoever_loses_the_role_can_no_longer_answer(api, member):
    assignment = next_assignment(member)
    Role.objects.filter(user=member.annotator).delete()
    assert post(api, assignment).status_code == 404


def test_the_number_of_queries_of_a_save_does_not_grow_with_the_clips(api, project):
    counts = []
    for clips in (2, 12):
        member = make_campaign(project, clips=clips, name=f"of {clips}").memberships.first()
        assignment = next_assignment(member)
        api.force_login(member.annotator)
        with CaptureQueriesContext(connection) as queries:
            post(api, assignment, BODY | {"idempotency_key": str(clips)})
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


@pytest.mark.parametrize("modality", [Modality.TEXT, Modality.AUDIO])
def test_an_answer_costs_the_same_few_queries_however_many_came_before(api, project, modality):
    member = make_campaign(project, clips=12).memberships.first()
    if modality == Modality.AUDIO:
        [answer(next_assignment(member)) for _ in range(12)]
    counts = []
    for number in range(8):
        assignment = next_assignment(member, modality)
        api.force_login(member.annotator)
        body = BODY | {"seconds": 9.0, "idempotency_key": str(number)}
        with CaptureQueriesContext(connection) as queries:
            assert api.post(f"/api/assignments/{assignment.pk}/annotations/", body, format="json").status_code == 201
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 13  # two of the session, two of the savepoint that stands for the transaction here
