"""What prepares annotators, over HTTP and by command: settings, references, letting in."""

import json

import pytest
from django.core.management import CommandError, call_command

from annotator.models import Admission, Reference
from datasets.models import Event
from datasets.vocabulary import Modality
from tests.factories import ClipFactory, RenditionFactory, SourceFactory, make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(project):
    return make_campaign(project)


@pytest.fixture
def clip(campaign):
    """A clip that nobody rates, with everything to be shown."""
    clip = ClipFactory(source=SourceFactory(project=campaign.project))
    RenditionFactory(clip=clip, modality=Modality.AUDIO)
    return clip


def url(campaign, rest):
    return f"/api/campaigns/{campaign.pk}/{rest}/"


def new(clip, **changes):
    body = {"clip": str(clip.pk), "modality": "audio", "use": "standard", "score": -2, "reason": "a low, slow voice"}
    return body | changes


def test_an_admin_gives_a_clip_a_score_and_finds_it_with_what_annotators_are_shown(api, admin, campaign, clip):
    api.force_login(admin)
    made = api.post(url(campaign, "references"), new(clip), format="json")
    assert made.status_code == 201
    (row,) = api.get(url(campaign, "references"), {"use": "standard", "modality": "audio"}).json()["results"]
    assert (row["id"], row["score"], row["reason"]) == (made.json()["id"], -2, "a low, slow voice")
    assert (row["is_rated"], row["media_url"]) == (False, f"/api/renditions/{clip.renditions.get().pk}/media/")
    assert api.get(url(campaign, "references"), {"use": "gold"}).json()["results"] == []


def test_a_clip_that_is_rated_here_is_refused_until_the_admin_says_that_it_is_meant(api, admin, campaign):
    api.force_login(admin)
    rated = campaign.campaign_clips.first().clip
    refused = api.post(url(campaign, "references"), new(rated), format="json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "clip_is_rated")
    assert api.post(url(campaign, "references"), new(rated, although_rated=True), format="json").status_code == 201


def test_settings_change_one_by_one_and_leave_a_line_in_the_record(api, admin, campaign, clip):
    api.force_login(admin)
    api.post(url(campaign, "references"), new(clip, use="calibration"), format="json")
    body = {"gap_hours": 24, "calibration": {"audio": {"clips": 1, "distance": 0.5}}}
    changed = api.patch(url(campaign, "preparation"), body, format="json").json()
    assert (changed["gap_hours"], changed["checks"]) == (24, True)
    assert changed["calibration"]["audio"] == {"clips": 1, "distance": 0.5}
    assert changed["calibration"]["text"] is None
    changed = api.patch(url(campaign, "preparation"), {"calibration": {"audio": None}}, format="json").json()
    assert (changed["gap_hours"], changed["calibration"]["audio"]) == (24, None)
    event = Event.objects.filter(verb="changed preparation").latest("pk")
    assert (event.actor, event.details["after"]["gap_hours"]) == (admin, 24)


@pytest.mark.parametrize("wrong", [{"gap_hours": -1}, {"calibration": {"audio": {"clips": 0, "distance": 1}}}])
def test_settings_out_of_bounds_are_refused(api, admin, campaign, wrong):
    api.force_login(admin)
    assert api.patch(url(campaign, "preparation"), wrong, format="json").status_code == 400


def test_an_admin_lets_an_annotator_in_once_with_a_reason(api, admin, campaign):
    api.force_login(admin)
    body = {"modality": "audio", "reason": "rated the pilot"}
    told = api.post(url(campaign, "annotators/A1/let-in"), body, format="json").json()
    stage = told["annotators"][0]["stages"]["audio"]
    assert (stage["admitted"], stage["admission"]["reason"]) == (True, "rated the pilot")
    assert stage["admission"]["made_by"] == admin.username
    assert not told["annotators"][1]["stages"]["audio"]["admitted"]
    again = api.post(url(campaign, "annotators/A1/let-in"), body, format="json")
    assert (again.status_code, Admission.objects.count()) == (409, 1)


def test_researchers_look_and_change_nothing(api, researcher, campaign, clip):
    api.force_login(researcher)
    assert api.get(url(campaign, "preparation")).status_code == 200
    assert api.get(url(campaign, "references")).json()["results"] == []
    assert api.patch(url(campaign, "preparation"), {"gap_hours": 1}, format="json").status_code == 403
    assert api.post(url(campaign, "references"), new(clip), format="json").status_code == 403
    body = {"modality": "audio", "reason": "x"}
    assert api.post(url(campaign, "annotators/A1/let-in"), body, format="json").status_code == 403


def test_strangers_and_annotators_find_nothing(api, stranger, campaign, clip):
    for user in (stranger, campaign.memberships.first().annotator):
        api.force_login(user)
        for place in ("preparation", "references"):
            assert api.get(url(campaign, place)).status_code == 404
        assert api.post(url(campaign, "references"), new(clip), format="json").status_code == 404
        assert api.post(url(campaign, "annotators/A1/let-in"), {}, format="json").status_code == 404


# Commands -------------------------------------------------------------------------------------------------------------


def told(capsys, *arguments):
    call_command(*arguments, "--json")
    return json.loads(capsys.readouterr().out)


def test_commands_do_the_same(campaign, clip, capsys):
    where = ("--campaign", campaign.name)
    name = f"{clip.source.video_id}/{clip.clip_id}"
    reference = ("--modality", "audio", "--use", "calibration", "--score", "-2", "--reason", "a low voice")
    told(capsys, "set_reference", *where, "--clip", name, *reference)
    assert Reference.objects.get().score == -2
    settings = told(capsys, "prepare_campaign", *where, "--gap-hours", "2", "--calibration", "audio:1:0.5")
    assert (settings["gap_hours"], settings["calibration"]["audio"]) == (2, {"clips": 1, "distance": 0.5})
    assert told(capsys, "prepare_campaign", *where, "--calibration", "audio:off")["calibration"]["audio"] is None
    told(capsys, "let_in", *where, "--annotator", "A2", "--modality", "audio", "--reason", "pilot")
    assert Admission.objects.get().membership.pseudonym == "A2"


def test_a_calibration_that_cannot_be_read_is_one_clear_line(campaign):
    with pytest.raises(CommandError, match="write one as audio"):
        call_command("prepare_campaign", campaign=campaign.name, calibration=["audio:many"])


def test_a_clip_that_is_not_there_is_one_clear_line(campaign):
    with pytest.raises(CommandError, match="no clip “a/b”"):
        call_command(
            "set_reference", campaign=campaign.name, clip="a/b", modality="text", use="standard", score=1, reason="x"
        )


# Repeats --------------------------------------------------------------------------------------------------------------


def test_an_admin_changes_the_share_of_clips_that_come_twice(api, admin, project):
    campaign = make_campaign(project, clips=20, name="of twenty")
    api.force_login(admin)
    told = api.get(url(campaign, "preparation")).json()
    assert (told["repeats"], told["stages_begun"], told["stages_unbegun"]) == (0, 0, 3 * 4)
    job = api.post(url(campaign, "repeats"), {"share": 0.1}, format="json")
    assert (job.status_code, job.json()["state"], job.json()["result"]["stages"]) == (202, "succeeded", 3 * 4)
    assert api.get(url(campaign, "preparation")).json()["repeats"] == 0.1
    assert api.get(f"/api/campaigns/{campaign.pk}/").json()["counts"]["repeats"] == 3 * 4 * 2
    assert api.post(url(campaign, "repeats"), {"share": 0.9}, format="json").status_code == 400


def test_only_an_admin_changes_the_share(api, campaign, stranger, researcher):
    for user, status in ((stranger, 404), (campaign.memberships.first().annotator, 404), (researcher, 403)):
        api.force_login(user)
        assert api.post(url(campaign, "repeats"), {"share": 0.1}, format="json").status_code == status


def test_the_command_changes_the_share(campaign, capsys):
    call_command("change_repeats", campaign=campaign.name, share=0.2, json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["share"], told["stages"]) == (0.2, 0)  # two clips are too few to come twice
