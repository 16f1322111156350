"""Pace over HTTP, and that strangers have nothing before a stage."""

import pytest

from tests.annotator.conftest import answer, next_assignment
from tests.api.before_a_stage.asking import url
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db


def test_pace_tells_of_the_open_stage_and_the_session_of_all(api, project):
    member = make_campaign(project, clips=6, name="six").memberships.select_related("campaign", "annotator").first()
    api.force_login(member.annotator)
    where = f"/api/my-work/{member.campaign_id}/pace/"
    assert api.get(where).json() == {
        "clips_an_hour": None, "seconds_left": None, "work_seconds": 0, "break_after_seconds": 2700,
        "last_session": None,
    }  # fmt: skip
    for _ in range(5):
        answer(next_assignment(member), seconds=12.0)
    told = api.get(where).json()
    assert (told["clips_an_hour"], told["seconds_left"], told["work_seconds"]) == (300, 12, 60)
    assert told["last_session"]["answers"] == 5
    answer(next_assignment(member), seconds=12.0)
    told = api.get(where).json()
    assert (told["clips_an_hour"], told["work_seconds"]) == (None, 72)


def test_strangers_and_staff_have_nothing_before_a_stage(api, member, stranger, admin):
    for user in (stranger, admin):
        api.force_login(user)
        for what in ("standards", "calibration", "check"):
            assert api.get(url(member, what)).status_code == 404
            assert api.get(url(member, what, "video")).status_code == 404
        assert api.post(url(member, "calibration"), {}, format="json").status_code == 404
        assert api.post(url(member, "check"), {}, format="json").status_code == 404
        assert api.get(f"/api/my-work/{member.campaign_id}/pace/").status_code == 404
