"""What a well-known competitor lets through is refused."""

from uuid import uuid4

import pytest

from annotator.models import Annotation
from annotator.tokens import address_for
from datasets.models import Project, Role
from datasets.vocabulary import Modality
from tests.annotator.adversary.world import advance
from tests.annotator.conftest import finish_stage, try_out

pytestmark = pytest.mark.django_db


def test_a_signed_up_person_cannot_delete_a_project(api, member, stranger):
    for user in (member.annotator, stranger):
        api.force_login(user)
        for project in Project.objects.filter(pk=member.campaign.project_id):
            assert api.delete(f"/api/projects/{project.pk}/").status_code in (403, 404, 405)
    assert Project.objects.filter(pk=member.campaign.project_id).exists()


def test_an_annotator_cannot_read_change_or_delete_anothers_answer(api, member):
    theirs = Annotation.objects.exclude(assignment__membership=member).first()
    api.force_login(member.annotator)
    url = f"/api/assignments/{theirs.assignment_id}/annotations/"
    new = {"score": 3, "idempotency_key": uuid4().hex}
    statuses = {
        getattr(api, verb)(url, new, format="json").status_code for verb in ("get", "post", "put", "patch", "delete")
    }
    assert statuses <= {404, 405}
    assert list(Annotation.objects.filter(assignment=theirs.assignment_id).values_list("pk", "score")) == [
        (theirs.pk, -3)
    ]


def test_a_clip_never_gets_more_answers_than_annotators(api, member, annotator):
    clip = member.assignments.first().clip
    api.force_login(annotator)  # of the project, and of no campaign
    for assignment in clip.assignments.filter(modality=Modality.TEXT):
        body = {"score": 1, "idempotency_key": uuid4().hex}
        assert api.post(f"/api/assignments/{assignment.pk}/annotations/", body, format="json").status_code == 404
    assert clip.assignments.filter(modality=Modality.TEXT).count() == 4
    Role.objects.filter(user=member.annotator).delete()
    api.force_login(member.annotator)
    own = member.assignments.filter(modality=Modality.TEXT).first()
    body = {"score": 1, "idempotency_key": uuid4().hex}
    assert api.post(f"/api/assignments/{own.pk}/annotations/", body, format="json").status_code == 404


@pytest.mark.parametrize("score", [99, -4, 4, None, "", "good", 1.5, [], {}])
def test_a_score_off_the_scale_or_an_empty_answer_is_refused(api, member, score):
    api.force_login(member.annotator)
    own = member.assignments.filter(modality=Modality.TEXT).first()
    for body in ({"score": score, "idempotency_key": uuid4().hex}, {"idempotency_key": uuid4().hex}, {}, None):
        assert api.post(f"/api/assignments/{own.pk}/annotations/", body, format="json").status_code == 400
    assert not own.annotations.exists()


def test_a_repeated_post_makes_no_second_row(api, member):
    api.force_login(member.annotator)
    own = member.assignments.filter(modality=Modality.TEXT).first()
    body = {"score": 2, "seconds": 30, "plays": 0, "idempotency_key": uuid4().hex}
    answers = [api.post(f"/api/assignments/{own.pk}/annotations/", body, format="json") for _ in range(5)]
    assert [each.status_code for each in answers] == [201, 200, 200, 200, 200]
    assert len({each.json()["annotation"] for each in answers}) == 1
    assert own.annotations.count() == 1


def test_the_queue_of_the_picture_stage_holds_ids_and_addresses_alone(api, member):
    advance(member, Modality.VISION)
    api.force_login(member.annotator)
    queue = api.get(f"/api/my-work/{member.campaign_id}/vision/").json()["queue"]
    assert len(queue) == 3
    assert {key for entry in queue for key in entry} == {"assignment", "position", "media_url", "expires_at"}


def test_an_address_of_another_stage_opens_nothing_in_any_stage(api, member):
    """Only the last answer, which may still be taken back, can be played again."""
    api.force_login(member.annotator)
    last = None
    for stage in Modality:
        try_out(member, stage)
        for assignment in member.assignments.exclude(pk=last):
            status = api.get(address_for(member.annotator_id, assignment.pk).url).status_code
            assert (status == 200) == (assignment.modality == stage != Modality.TEXT), (stage, assignment.modality)
        last = finish_stage(member, stage)[-1].assignment_id
