"""The quality of a campaign's scores over HTTP."""

import pytest

from annotator.models import Annotation, Campaign, Overruling, Reference, Rendition
from annotator.services.preparation import set_reference
from datasets.models import Role
from datasets.vocabulary import Modality
from tests.annotator.test_aggregate_campaign import rate_everything
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(project) -> Campaign:
    campaign = make_campaign(project, clips=4, annotators=3)
    rate_everything(campaign)
    return campaign


def quality(api, user, campaign):
    api.force_login(user)
    return api.get(f"/api/campaigns/{campaign.pk}/quality/")


def test_staff_see_agreement_portraits_and_suspicions(api, admin, campaign):
    body = quality(api, admin, campaign).json()
    assert [row["modality"] for row in body["agreement"]] == ["text", "audio", "vision", "multimodal"]
    assert {"value", "low", "high"} == set(body["agreement"][0]["alpha"])
    assert len(body["portraits"]) == 3 * 4
    assert body["portraits"][0]["answers"] == 4
    assert [row["pseudonym"] for row in body["annotators"]] == ["A1", "A2", "A3"]


def test_a_campaign_without_a_score_has_no_figures(api, admin, project):
    body = quality(api, admin, make_campaign(project)).json()
    assert {row["alpha"] for row in body["agreement"]} == {None}
    assert {row["bias"] for row in body["portraits"]} == {None}


def test_an_admin_who_rates_in_the_campaign_is_blind_until_it_is_closed(api, campaign):
    rater = campaign.memberships.first().annotator
    Role.objects.create(project=campaign.project, user=rater, kind=Role.Kind.ADMIN)
    assert quality(api, rater, campaign).status_code == 403
    Campaign.objects.update(state=Campaign.State.CLOSED)
    assert quality(api, rater, campaign).status_code == 200


def test_a_stranger_and_an_annotator_find_nothing(api, stranger, annotator, campaign):
    assert quality(api, stranger, campaign).status_code == 404
    assert quality(api, annotator, campaign).status_code == 404


def test_an_admin_says_how_gold_clips_are_judged(api, admin, researcher, stranger, campaign):
    path = f"/api/campaigns/{campaign.pk}/gold/"
    api.force_login(admin)
    body = api.post(path, {"tolerance": 2, "counts": False}, format="json").json()
    assert body["gold_settings"] == {"tolerance": 2, "counts": False}
    assert api.post(path, {"tolerance": 7, "counts": True}, format="json").status_code == 400
    for user, status in ((researcher, 403), (stranger, 404)):
        api.force_login(user)
        assert api.post(path, {"tolerance": 1, "counts": True}, format="json").status_code == status


def test_repeats_and_gold_are_told_by_annotator_and_stage(api, researcher, campaign):
    body = quality(api, researcher, campaign).json()
    assert body["repeats_share"] == 0
    assert len(body["repeats"]) == len(body["gold"]) == 3 * 4
    assert {row["pairs"] for row in body["repeats"]} == {0}


def clip_of(campaign):
    return campaign.campaign_clips.order_by("pk").first().clip_id


def test_an_admin_decides_a_label_and_sees_it_on_the_clips_page(api, admin, campaign):
    api.force_login(admin)
    path = f"/api/campaigns/{campaign.pk}/contested/{clip_of(campaign)}/"
    body = {"modality": "vision", "fifths": -2, "reason": "the smile is polite"}
    answer = api.post(path, body, format="json")
    assert answer.status_code == 201
    (decision,) = api.get(path).json()["decisions"]
    assert (decision["value"], decision["reason"], decision["made_by"]) == (-0.4, body["reason"], admin.username)


def test_the_page_of_a_clip_tells_everything_that_is_known_of_it(api, admin, campaign):
    clip = clip_of(campaign)
    Annotation.objects.filter(assignment__clip=clip, assignment__modality="audio", score=Annotation.objects.filter(
        assignment__clip=clip, assignment__modality="audio"
    ).first().score).update(comment="sounds ironic")  # fmt: skip
    failed = Rendition.objects.get(clip=clip, modality="vision")
    Rendition.objects.filter(pk=failed.pk).update(passed=False)
    Overruling.objects.create(clip_id=clip, modality="vision", sha256=failed.sha256, reason="a shop sign")
    set_reference(
        campaign=campaign, clip=clip, modality=Modality.TEXT, use=Reference.Use.GOLD, score=2, reason="plain praise"
    )
    api.force_login(admin)
    body = api.get(f"/api/campaigns/{campaign.pk}/contested/{clip}/").json()
    assert {(row["modality"], row["comment"]) for row in body["told"]} == {("audio", "sounds ironic")}
    assert body["references"] == [{"modality": "text", "use": "gold", "score": 2, "reason": "plain praise"}]
    files = {row["modality"]: (row["passed"], row["overruled"]) for row in body["renditions"]}
    assert files == {"audio": (True, None), "vision": (False, "a shop sign"), "multimodal": (True, None)}


@pytest.mark.parametrize("body", [{"fifths": 6}, {"reason": ""}, {"modality": "video"}])
def test_a_bad_decision_is_refused(api, admin, campaign, body):
    api.force_login(admin)
    whole = {"modality": "vision", "fifths": -2, "reason": "polite", **body}
    path = f"/api/campaigns/{campaign.pk}/contested/{clip_of(campaign)}/"
    assert api.post(path, whole, format="json").status_code == 400


def test_contested_clips_are_listed_for_staff_in_either_order(api, researcher, campaign):
    api.force_login(researcher)
    for order in ("spread", "conflict"):
        assert len(api.get(f"/api/campaigns/{campaign.pk}/contested/", {"order": order}).json()["clips"]) == 4
    assert api.get(f"/api/campaigns/{campaign.pk}/contested/", {"order": "colour"}).status_code == 404


def test_a_researcher_looks_and_does_not_decide(api, researcher, campaign):
    api.force_login(researcher)
    path = f"/api/campaigns/{campaign.pk}/contested/{clip_of(campaign)}/"
    assert api.get(path).status_code == 200
    body = {"modality": "vision", "fifths": -2, "reason": "polite"}
    assert api.post(path, body, format="json").status_code == 403


def test_admins_pause_replace_and_add_annotators(api, admin, campaign):
    api.force_login(admin)
    path = f"/api/campaigns/{campaign.pk}/annotators/"
    paused = api.post(f"{path}A1/state/", {"state": "paused", "reason": "sick"}, format="json").json()
    assert (paused["progress"][0]["state"], paused["progress"][0]["reason"]) == ("paused", "sick")
    replaced = api.post(f"{path}A2/replace/", {"username": "new.one", "reason": "left"}, format="json")
    assert [row["username"] for row in replaced.json()["new_accounts"]] == ["new.one"]
    clips = [str(clip_of(campaign))]
    assert api.post(path, {"usernames": ["eighth"], "clips": clips}, format="json").status_code == 202
    assert campaign.memberships.get(annotator__username="eighth").assignments.count() == 4


def test_only_admins_change_annotators_and_strangers_find_none(api, researcher, stranger, campaign):
    path = f"/api/campaigns/{campaign.pk}/"
    doors = [
        ("annotators/", {"usernames": ["x"]}),
        ("annotators/A1/state/", {"state": "paused", "reason": "x"}),
        ("annotators/A1/replace/", {"username": "x", "reason": "x"}),
    ]
    for user, status in ((researcher, 403), (stranger, 404)):
        api.force_login(user)
        for door, body in doors:
            assert api.post(path + door, body, format="json").status_code == status
    assert api.get(f"{path}contested/").status_code == 404
    assert api.get(f"{path}contested/{clip_of(campaign)}/").status_code == 404
