"""Analyses that take long, over HTTP: who may ask, what is told meanwhile, and computing anew."""

import pytest

from annotator.models import Campaign, Membership
from annotator.services.progress import recount
from datasets.models import Analysis, Job, Role
from datasets.runner import work_once
from tests.annotator.test_aggregate_campaign import rate_everything
from tests.factories import UserFactory, make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_quick(settings):
    settings.ANALYSES_AT_ONCE = 0


@pytest.fixture
def campaign(project) -> Campaign:
    campaign = make_campaign(project, clips=4)
    rate_everything(campaign)
    recount(campaign.memberships.all())
    return campaign


# Beneath a campaign, where an analysis of its scores is told.
OF_SCORES = ["quality/", "contested/?order=conflict", "rules/", "figures/"]


@pytest.mark.parametrize("place", OF_SCORES)
def test_an_analysis_is_accepted_then_told_with_its_age(api, researcher, campaign, place):
    api.force_login(researcher)
    path = f"/api/campaigns/{campaign.pk}/{place}"
    accepted = api.get(path)
    assert accepted.status_code == 202
    assert (accepted.json()["computed_at"], accepted.json()["job"]["state"]) == (None, "queued")
    job = api.get(f"/api/jobs/{accepted.json()['job']['id']}/").json()
    assert (job["kind"], job["can_cancel"]) == ("analyse", True)
    assert api.get(path).json()["job"]["id"] == job["id"]
    work_once("media")
    answer = api.get(path)
    assert answer.status_code == 200
    told = answer.json()["analysis"]
    assert (told["newer"], told["job"], told["computed_at"] is not None) == (0, None, True)


@pytest.mark.parametrize("place", OF_SCORES)
def test_little_is_told_at_once(api, researcher, campaign, settings, place):
    settings.ANALYSES_AT_ONCE = 1000
    api.force_login(researcher)
    answer = api.get(f"/api/campaigns/{campaign.pk}/{place}")
    assert (answer.status_code, answer.json()["analysis"]) == (200, None)
    assert not Analysis.objects.exists()


@pytest.mark.parametrize("place", OF_SCORES)
def test_who_rates_in_the_campaign_neither_sees_nor_begins_nor_renews_an_analysis(api, admin, campaign, place):
    path = f"/api/campaigns/{campaign.pk}/{place}"
    rater = campaign.memberships.first().annotator
    Role.objects.create(project=campaign.project, user=rater, kind=Role.Kind.ADMIN)
    api.force_login(rater)
    assert api.get(path).status_code == 403
    assert not Job.objects.filter(kind="analyse").exists()
    api.force_login(admin)
    analysis = api.get(path).json()["id"]
    work_once("media")
    api.force_login(rater)
    assert api.post(f"/api/analyses/{analysis}/refresh/").status_code == 403
    assert api.get(path).status_code == 403
    Campaign.objects.update(state=Campaign.State.CLOSED)
    assert api.post(f"/api/analyses/{analysis}/refresh/").status_code == 202


@pytest.mark.parametrize("place", OF_SCORES)
def test_a_stranger_and_an_annotator_find_no_analysis_to_renew(api, admin, stranger, annotator, campaign, place):
    path = f"/api/campaigns/{campaign.pk}/{place}"
    api.force_login(admin)
    analysis = api.get(path).json()["id"]
    for user in (stranger, annotator, campaign.memberships.first().annotator):
        api.force_login(user)
        assert api.get(path).status_code == 404
        assert api.post(f"/api/analyses/{analysis}/refresh/").status_code == 404
    assert Job.objects.filter(kind="analyse").count() == 1


def test_computing_anew_answers_with_its_job_and_the_old_answer_stands(api, researcher, campaign):
    api.force_login(researcher)
    path = f"/api/campaigns/{campaign.pk}/quality/"
    analysis = api.get(path).json()["id"]
    work_once("media")
    begun = api.post(f"/api/analyses/{analysis}/refresh/")
    assert (begun.status_code, begun.json()["job"]["state"]) == (202, "queued")
    answer = api.get(path)
    assert (answer.status_code, answer.json()["analysis"]["job"]["id"]) == (200, begun.json()["job"]["id"])
    work_once("media")
    assert api.get(path).json()["analysis"]["job"] is None


def test_gold_clips_judged_otherwise_ask_for_a_new_answer(api, admin, campaign):
    api.force_login(admin)
    api.get(f"/api/campaigns/{campaign.pk}/quality/")
    work_once("media")
    changed = api.post(f"/api/campaigns/{campaign.pk}/gold/", {"tolerance": 2, "counts": True}, format="json")
    assert (changed.status_code, changed.json()["job"]["state"]) == (202, "queued")


def test_who_is_still_joining_is_in_no_list_of_raters(api, researcher, campaign):
    Membership.objects.create(campaign=campaign, annotator=UserFactory(), pseudonym="A4", state="joining")
    api.force_login(researcher)
    api.get(f"/api/campaigns/{campaign.pk}/quality/")
    work_once("media")
    body = api.get(f"/api/campaigns/{campaign.pk}/quality/").json()
    for part in ("annotators", "portraits", "repeats", "gold"):
        assert {row["pseudonym"] for row in body[part]} == {"A1", "A2", "A3"}


def test_a_decision_and_a_chosen_rule_are_told_at_once_beside_kept_answers(api, admin, campaign):
    path = f"/api/campaigns/{campaign.pk}/"
    api.force_login(admin)
    for place in ("contested/", "rules/"):
        api.get(path + place)
        work_once("media")
    clip = api.get(f"{path}contested/").json()["clips"][0]["clip"]
    decision = {"modality": "vision", "fifths": -2, "reason": "the smile is polite"}
    assert api.post(f"{path}contested/{clip}/", decision, format="json").status_code == 201
    modalities = api.get(f"{path}contested/").json()["clips"][0]["modalities"]
    assert [each["decided"] for each in modalities] == [None, None, -0.4, None]
    assert api.post(f"{path}rules/", {"rule": "median"}, format="json").json()["rule"] == "median"
    assert Job.objects.filter(kind="analyse").count() == 2


def test_figures_follow_decisions_and_the_rule(api, admin, campaign):
    path = f"/api/campaigns/{campaign.pk}/"
    api.force_login(admin)
    clip = campaign.campaign_clips.first().clip_id
    changes = [
        (f"contested/{clip}/", {"modality": "text", "fifths": 5, "reason": "praise"}),
        ("rules/", {"rule": "ewe"}),
    ]
    for place, body in changes:
        api.get(f"{path}figures/")
        work_once("media")
        assert api.get(f"{path}figures/").status_code == 200
        assert api.post(path + place, body, format="json").status_code in (200, 201, 202)
        assert api.get(f"{path}figures/").status_code == 202
