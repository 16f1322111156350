"""Calibration over HTTP: rounds of reference clips until one is near enough, or is let in."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from annotator.models import Annotation, CalibrationAnswer, CalibrationRound, Reference, Rendition
from annotator.selectors.queue import stage_queue
from annotator.services.preparation import let_in, set_reference
from annotator.services.states import pause_campaign
from datasets.vocabulary import Modality
from tests.annotator.conftest import try_out
from tests.api.before_a_stage.asking import Use, again, calibrate, played, rate, rate_all, refer, url

pytestmark = pytest.mark.django_db


def test_an_annotator_sees_how_far_off_they_are_and_repeats_until_within_the_distance(mine, member):
    scores = calibrate(member, 0, 1)
    assert mine.get(f"/api/my-work/{member.campaign_id}/audio/").json()["error"]["code"] == "calibration_needed"
    told = rate(mine, member, 2).json()
    assert (told["given"], told["expected"], told["distance"]) == (2, scores[told["reference"]], None)
    assert told["reason"] == f"audio {told['expected']}"
    state = mine.get(url(member, "calibration")).json()
    assert (state["round"], len(state["answers"]), state["passed"]) == (1, 1, False)
    missed = rate(mine, member, -2).json()
    assert (missed["distance"], missed["passed"]) == (2.5 if told["expected"] == 0 else 1.5, False)
    state = mine.get(url(member, "calibration")).json()
    assert (state["round"], state["answers"], state["distances"]) == (2, [], [missed["distance"]])
    done = rate_all(mine, member, scores, off=1)
    assert (done["distance"], done["passed"]) == (1.0, True)
    assert mine.get(url(member, "calibration")).json()["passed"]
    assert len(mine.get(f"/api/my-work/{member.campaign_id}/audio/").json()["queue"]) == 2


def test_calibration_answers_are_no_annotations(mine, member):
    before = Annotation.objects.count()
    rate_all(mine, member, calibrate(member, 0, 1), off=0)
    assert CalibrationAnswer.objects.count() == 2
    assert Annotation.objects.count() == before
    assert stage_queue(again(member), Modality.AUDIO)["done"] == 0


def test_the_clip_to_rate_shows_what_the_stage_shows_and_plays_until_the_calibration_is_passed(mine, member):
    scores = calibrate(member, 0)
    following = mine.get(url(member, "calibration")).json()["next"]
    assert set(following) == {"reference", "media_url", "expires_at"}
    assert played(mine, following["media_url"]) == b"audio"
    rate_all(mine, member, scores, off=0)
    assert played(mine, following["media_url"]) == 403


def test_an_answer_sent_again_is_stored_once_and_another_score_is_refused(mine, member):
    calibrate(member, 0)
    reference = mine.get(url(member, "calibration")).json()["next"]["reference"]
    told = [rate(mine, member, 3)]
    body = {"round": 1, "reference": reference, "score": 3, "seconds": 60, "plays": 1}
    told.append(mine.post(url(member, "calibration"), body, format="json"))
    assert told[0].json() == told[1].json()
    assert CalibrationAnswer.objects.count() == 1
    assert mine.post(url(member, "calibration"), body | {"score": 0}, format="json").status_code == 409


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"seconds": 0.1}, "not_perceived"),
        ({"plays": 0}, "not_perceived"),
        ({"score": 4}, "invalid"),
        ({"seconds": "nan"}, "invalid"),
        ({"round": 2}, "stage_locked"),
        ({"reference": 999_999}, "stage_locked"),
    ],
)
def test_what_is_no_answer_to_the_clip_shown_is_refused(mine, member, changes, code):
    calibrate(member, 0)
    assert rate(mine, member, **({"score": 0} | changes)).json()["error"]["code"] == code
    assert not CalibrationRound.objects.exists()


def test_a_round_is_given_up_when_one_of_its_clips_is_taken_back(mine, member):
    calibrate(member, 0, 1)
    refer(member, Use.CALIBRATION, 2)
    first = rate(mine, member, 3).json()["reference"]
    withdrawn = Reference.objects.get(pk=first)
    set_reference(
        campaign=member.campaign, clip=withdrawn.clip_id, modality=Modality.AUDIO, use=Use.NONE, score=0, reason="no"
    )
    state = mine.get(url(member, "calibration")).json()
    assert (state["round"], state["answers"], state["next"]["reference"] != first) == (2, [], True)


def test_a_calibration_whose_clips_cannot_be_shown_says_how_many_are_missing(mine, member):
    calibrate(member, 0, 1)
    Rendition.objects.filter(clip__references__isnull=False).update(passed=False)
    state = mine.get(url(member, "calibration")).json()
    assert (state["next"], state["preparing"], state["passed"]) == (None, 2, False)


def test_a_stage_without_calibration_has_none_and_one_that_is_not_open_tells_nothing(mine, member):
    try_out(member, Modality.AUDIO)
    for modality in Modality:
        assert mine.get(url(member, "calibration", modality)).json()["error"]["code"] == "stage_locked"
    calibrate(member, 0)
    pause_campaign(campaign=member.campaign)
    assert mine.get(url(member, "calibration")).json()["error"]["code"] == "stage_locked"


def test_who_was_let_in_rates_no_reference_clip(mine, member):
    calibrate(member, 0)
    let_in(campaign=member.campaign, pseudonym=member.pseudonym, modality=Modality.AUDIO, reason="pilot")
    state = mine.get(url(member, "calibration")).json()
    assert (state["passed"], state["next"]) == (True, None)
    body = {"round": 1, "reference": Reference.objects.get().pk, "score": 0, "seconds": 60, "plays": 1}
    assert mine.post(url(member, "calibration"), body, format="json").status_code == 409


def report(api, member, **changes):
    told = {"score": None, "reason": "technical", "seconds": 0, "plays": 0, "comment": "black"}
    return rate(api, member, **told | changes)


def test_a_clip_that_does_not_play_counts_nowhere_and_reaches_the_admin(mine, member, admin, stranger):
    scores = calibrate(member, 0, 3)
    told = report(mine, member).json()
    assert (told["given"], told["expected"], told["reason"], told["round_done"]) == (None, None, "", False)
    state = mine.get(url(member, "calibration")).json()
    assert [each["given"] for each in state["answers"]] == [None]
    done = rate(mine, member, scores[state["next"]["reference"]]).json()
    assert (done["distance"], done["passed"]) == (0.0, True)
    told_url = f"/api/campaigns/{member.campaign_id}/calibration-flags/"
    assert mine.get(told_url).status_code == 404
    mine.force_login(stranger)
    assert mine.get(told_url).status_code == 404
    mine.force_login(admin)
    (row,) = mine.get(told_url).json()["results"]
    assert (row["annotator"], row["modality"], row["reason"], row["comment"]) == ("A1", "audio", "technical", "black")
    assert mine.get(told_url, {"modality": "vision"}).json()["results"] == []
    out = StringIO()
    call_command("list_flags", campaign=member.campaign.name, json=True, stdout=out)
    (flag,) = json.loads(out.getvalue())["flags"]
    assert (flag["during"], flag["comment"]) == ("calibration", "black")


def test_a_round_of_which_too_few_clips_play_lets_nobody_in_and_another_begins(mine, member):
    calibrate(member, 0, 1, 2)
    refer(member, Use.CALIBRATION, 3)
    broken = {report(mine, member).json()["reference"] for _ in range(2)}
    state = mine.get(url(member, "calibration")).json()
    done = rate(mine, member, Reference.objects.get(pk=state["next"]["reference"]).score).json()
    assert (done["round_done"], done["distance"], done["passed"]) == (True, None, False)
    state = mine.get(url(member, "calibration")).json()
    assert (state["round"], state["answers"], state["distances"]) == (2, [], [])
    assert len(broken) == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"score": 1}, "no_such_reason"), ({"reason": "no_speech"}, "no_such_reason"), ({"reason": ""}, "invalid")],
)
def test_a_report_is_either_a_score_or_the_one_reason(mine, member, changes, code):
    calibrate(member, 0)
    assert report(mine, member, **changes).json()["error"]["code"] == code
    assert not CalibrationAnswer.objects.exists()


def test_a_report_sent_again_is_stored_once_and_a_score_after_it_is_refused(mine, member):
    calibrate(member, 0, 1)
    reference = report(mine, member).json()["reference"]
    body = {"round": 1, "reference": reference, "reason": "technical", "seconds": 0, "plays": 0}
    assert mine.post(url(member, "calibration"), body, format="json").status_code == 201
    assert CalibrationAnswer.objects.count() == 1
    body |= {"reason": "", "score": 1}
    assert mine.post(url(member, "calibration"), body, format="json").status_code == 409
