"""Standards, calibration, checks and pace over HTTP: in the stage's isolation, for its own annotator alone."""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from annotator.models import Annotation, CalibrationAnswer, CalibrationRound, ReadinessCheck, Reference, Rendition
from annotator.preparing import Calibration
from annotator.selectors.queue import stage_queue
from annotator.services.preparation import change_preparation, let_in, set_reference
from annotator.services.states import pause_campaign
from annotator.shown import PLAYED
from annotator.tokens import address_for, reference_address
from datasets.vocabulary import Modality
from tests.annotator.conftest import answer, finish_stage, next_assignment, try_out
from tests.factories import ClipFactory, RenditionFactory, SourceFactory, make_campaign

pytestmark = pytest.mark.django_db
Use = Reference.Use


@pytest.fixture
def member(project):
    """The first annotator, in the audio stage; every reference clip has files of its own bytes."""
    member = make_campaign(project).memberships.select_related("campaign", "annotator").earliest("pk")
    finish_stage(member, Modality.TEXT)
    return member


@pytest.fixture
def mine(api, member):
    api.force_login(member.annotator)
    return api


def refer(member, use, score, modality=Modality.AUDIO):
    clip = ClipFactory(source=SourceFactory(project=member.campaign.project), clip_id="secret_clip", transcript="机密")
    for each in PLAYED:
        file = default_storage.save(f"renditions/{clip.pk}-{each}.mp4", ContentFile(each.encode()))
        RenditionFactory(clip=clip, modality=each, file=file)
    return set_reference(
        campaign=member.campaign, clip=clip.pk, modality=modality, use=use, score=score, reason=f"{modality} {score}"
    )


def calibrate(member, *scores, distance=1.0):
    try_out(member, Modality.AUDIO)
    made = [refer(member, Use.CALIBRATION, score) for score in scores]
    change_preparation(campaign=member.campaign, calibration={Modality.AUDIO: Calibration(len(scores), distance)})
    return {each.pk: each.score for each in made}


def url(member, what, modality=Modality.AUDIO):
    return f"/api/my-work/{member.campaign_id}/{modality}/{what}/"


def played(api, address):
    response = api.get(address)
    return b"".join(response.streaming_content) if response.status_code == 200 else response.status_code


# Standards ------------------------------------------------------------------------------------------------------------


def test_standards_of_the_open_stage_are_shown_by_score_with_reasons_and_nothing_of_other_modalities(mine, member):
    refer(member, Use.STANDARD, 2)
    refer(member, Use.STANDARD, -3)
    for other in (Modality.TEXT, Modality.VISION, Modality.MULTIMODAL):
        refer(member, Use.STANDARD, 1, other)
    refer(member, Use.CALIBRATION, 1)
    answered = mine.get(url(member, "standards"))
    rows = answered.json()
    assert [(row["score"], row["reason"]) for row in rows] == [(-3, "audio -3"), (2, "audio 2")]
    assert all(set(row) == {"reference", "media_url", "expires_at", "score", "reason"} for row in rows)
    assert played(mine, rows[0]["media_url"]) == b"audio"
    said = answered.content.decode() + json.dumps(dict(answered.headers))
    assert "机密" not in json.dumps(rows, ensure_ascii=False)
    assert "secret_clip" not in said


def test_words_are_shown_in_their_own_stage(api, project):
    member = make_campaign(project, name="fresh").memberships.select_related("campaign", "annotator").first()
    refer(member, Use.STANDARD, 2, Modality.TEXT)
    api.force_login(member.annotator)
    (row,) = api.get(url(member, "standards", Modality.TEXT)).json()
    assert set(row) == {"reference", "transcript", "reading_seconds", "score", "reason"}


def test_standards_of_another_stage_stay_closed_by_list_and_by_address(mine, member):
    vision = refer(member, Use.STANDARD, 1, Modality.VISION)
    for other in (Modality.TEXT, Modality.VISION, Modality.MULTIMODAL):
        refused = mine.get(url(member, "standards", other))
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "stage_locked")
    assert played(mine, reference_address(member.annotator_id, vision.pk).url) == 403


def test_an_address_of_a_standard_ends_with_its_stage_its_audit_and_its_use(mine, member):
    standard = refer(member, Use.STANDARD, 1)
    address = mine.get(url(member, "standards")).json()[0]["media_url"]
    assert played(mine, address) == b"audio"
    Rendition.objects.filter(clip=standard.clip).update(passed=False)
    assert played(mine, address) == 403
    assert mine.get(url(member, "standards")).json() == []
    Rendition.objects.update(passed=True)
    set_reference(
        campaign=member.campaign, clip=standard.clip_id, modality=Modality.AUDIO, use=Use.NONE, score=1, reason="no"
    )
    assert played(mine, address) == 403
    address = reference_address(member.annotator_id, refer(member, Use.STANDARD, 1).pk).url
    finish_stage(member, Modality.AUDIO)
    assert played(mine, address) == 403


def test_a_gold_clip_is_never_played_as_a_reference(mine, member):
    rated = member.campaign.campaign_clips.first().clip
    gold = set_reference(
        campaign=member.campaign, clip=rated.pk, modality=Modality.AUDIO, use=Use.GOLD, score=1, reason="sure"
    )
    assert played(mine, reference_address(member.annotator_id, gold.pk).url) == 403
    assert mine.get(url(member, "standards")).json() == []


def test_an_address_of_a_standard_is_for_one_person(api, member, stranger, admin):
    address = reference_address(member.annotator_id, refer(member, Use.STANDARD, 1).pk).url
    neighbour = member.campaign.memberships.exclude(pk=member.pk).first().annotator
    for user in (stranger, admin, neighbour):
        api.force_login(user)
        assert played(api, address) == 403
    forged = reference_address(stranger.pk, Reference.objects.get().pk).url
    api.force_login(stranger)
    assert played(api, forged) == 403


# Calibration ----------------------------------------------------------------------------------------------------------


def rate(api, member, score, **changes):
    state = api.get(url(member, "calibration")).json()
    body = {"round": state["round"], "reference": state["next"]["reference"], "score": score, "seconds": 60, "plays": 1}
    return api.post(url(member, "calibration"), body | changes, format="json")


def rate_all(api, member, scores, off):
    """Rate a whole round with every score off by so much; what the last answer brought."""
    for _ in scores:
        state = api.get(url(member, "calibration")).json()
        told = rate(api, member, scores[state["next"]["reference"]] + off).json()
    return told


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


def again(member):
    return type(member).objects.select_related("campaign", "annotator").get(pk=member.pk)


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


def test_a_clip_that_does_not_play_counts_nowhere_and_reaches_the_admin(mine, member, admin):
    scores = calibrate(member, 0, 3)
    told = report(mine, member).json()
    assert (told["given"], told["expected"], told["reason"], told["round_done"]) == (None, None, "", False)
    state = mine.get(url(member, "calibration")).json()
    assert [each["given"] for each in state["answers"]] == [None]
    done = rate(mine, member, scores[state["next"]["reference"]]).json()
    assert (done["distance"], done["passed"]) == (0.0, True)
    told_url = f"/api/campaigns/{member.campaign_id}/calibration-flags/"
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


# Checks ---------------------------------------------------------------------------------------------------------------


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


# Pace -----------------------------------------------------------------------------------------------------------------


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


# Strangers ------------------------------------------------------------------------------------------------------------


def test_strangers_and_staff_have_nothing_before_a_stage(api, member, stranger, admin):
    for user in (stranger, admin):
        api.force_login(user)
        for what in ("standards", "calibration", "check"):
            assert api.get(url(member, what)).status_code == 404
            assert api.get(url(member, what, "video")).status_code == 404
        assert api.post(url(member, "calibration"), {}, format="json").status_code == 404
        assert api.post(url(member, "check"), {}, format="json").status_code == 404
        assert api.get(f"/api/my-work/{member.campaign_id}/pace/").status_code == 404
