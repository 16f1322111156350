"""The quality of a campaign's scores over HTTP."""

import pytest

from annotator.models import Campaign
from datasets.models import Role
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
