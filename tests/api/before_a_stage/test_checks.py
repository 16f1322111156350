"""Checks of sound and screen over HTTP: once before a stage opens, and again in each session."""

from uuid import uuid4

import pytest

from annotator.models import ReadinessCheck
from annotator.preparing import Calibration
from annotator.services.preparation import change_preparation
from annotator.tokens import address_for, reference_address
from datasets.vocabulary import Modality
from tests.annotator.conftest import answer, next_assignment
from tests.api.before_a_stage.asking import Use, again, played, rate, refer, url

pytestmark = pytest.mark.django_db


def test_each_stage_asks_for_its_checks_once_in_a_browser_session(mine, member):
    asked = {modality: mine.get(url(member, "check", modality)).json()["needed"] for modality in Modality}
    assert asked == {"text": [], "audio": ["sound"], "vision": ["screen"], "multimodal": ["sound", "screen"]}
    done = mine.post(url(member, "check"), {"passed": True, "tries": 2}, format="json").json()
    assert (done["needed"], done["checked_at"] is None) == ([], False)
    assert mine.get(url(member, "check")).json()["needed"] == []
    assert mine.get(url(member, "check", Modality.VISION)).json()["needed"] == ["screen"]
    mine.logout()
    mine.force_login(member.annotator)
    assert mine.get(url(member, "check")).json()["needed"] == ["sound"]


def test_a_check_that_was_skipped_is_on_record_and_shown_to_the_admin(mine, member, admin):
    mine.post(url(member, "check"), {"passed": False, "tries": 1}, format="json")
    assert ReadinessCheck.objects.get().passed is False
    mine.force_login(admin)
    told = mine.get(f"/api/campaigns/{member.campaign_id}/preparation/").json()["annotators"][0]
    assert told["stages"]["audio"]["check"]["passed"] is False


def test_a_stage_gives_out_no_clip_and_takes_no_answer_before_its_first_check(mine, member):
    stage = url(member, "")[:-1]
    refused = mine.get(stage)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "check_needed")
    (row,) = mine.get("/api/my-work/").json()
    assert row["gate"] == {"code": "check_needed", "opens_at": None}
    ahead = member.assignments.filter(modality=Modality.AUDIO).earliest("position")
    given = {"score": 1, "seconds": 60, "plays": 1, "idempotency_key": uuid4().hex}
    refused = mine.post(f"/api/assignments/{ahead.pk}/annotations/", given, format="json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "check_needed")
    assert played(mine, address_for(member.annotator_id, ahead.pk).url) == 403
    mine.post(url(member, "check"), {"passed": True, "tries": 1}, format="json")
    assert len(mine.get(stage).json()["queue"]) == 2
    assert mine.post(f"/api/assignments/{ahead.pk}/annotations/", given, format="json").status_code == 201


def test_a_check_that_has_aged_is_asked_for_again_and_loses_no_answer(mine, member):
    mine.post(url(member, "check"), {"passed": True, "tries": 1}, format="json")
    ahead = next_assignment(again(member), Modality.AUDIO)
    mine.logout()
    mine.force_login(member.annotator)
    assert mine.get(url(member, "check")).json()["needed"] == ["sound"]
    given = {"score": 1, "seconds": 60, "plays": 1, "idempotency_key": uuid4().hex}
    assert mine.post(f"/api/assignments/{ahead.pk}/annotations/", given, format="json").status_code == 201


def test_a_calibration_waits_for_the_check_of_its_stage(mine, member):
    made = refer(member, Use.CALIBRATION, 0)
    change_preparation(campaign=member.campaign, calibration={Modality.AUDIO: Calibration(1, 1.0)})
    assert mine.get(url(member, "calibration")).json()["error"]["code"] == "check_needed"
    body = {"round": 1, "reference": made.pk, "score": 0, "seconds": 60, "plays": 1}
    assert mine.post(url(member, "calibration"), body, format="json").json()["error"]["code"] == "check_needed"
    assert played(mine, reference_address(member.annotator_id, made.pk).url) == 403
    mine.post(url(member, "check"), {"passed": False, "tries": 0}, format="json")
    assert rate(mine, member, 0).json()["passed"]


def test_checks_that_are_switched_on_close_no_stage_that_was_begun(mine, member):
    change_preparation(campaign=member.campaign, checks=False)
    answer(next_assignment(again(member), Modality.AUDIO))
    change_preparation(campaign=member.campaign, checks=True)
    answer(next_assignment(again(member), Modality.AUDIO))
    assert not ReadinessCheck.objects.exists()
    refused = mine.get(url(member, "")[:-1].replace("audio", "vision"))
    assert refused.json()["error"]["code"] == "check_needed"


def test_a_campaign_can_do_without_checks(mine, member):
    change_preparation(campaign=member.campaign, checks=False)
    assert mine.get(url(member, "check")).json()["needed"] == []
