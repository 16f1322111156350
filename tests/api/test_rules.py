"""The rules that make labels of scores, over HTTP: compared for staff, chosen by admins."""

import pytest

from annotator.models import Campaign
from annotator.services.aggregation import aggregate_campaign
from datasets.models import Label
from tests.annotator.test_aggregate_campaign import rate_everything
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(project) -> Campaign:
    campaign = make_campaign(project, clips=4, annotators=4)
    rate_everything(campaign)
    return campaign


def path(campaign):
    return f"/api/campaigns/{campaign.pk}/rules/"


def test_staff_see_every_other_rule_beside_the_papers(api, researcher, campaign):
    api.force_login(researcher)
    body = api.get(path(campaign)).json()
    assert body["rule"] == "trimmed_mean"
    assert [row["rule"] for row in body["stages"][:4]] == ["mean", "median", "ewe", "dawid_skene"]
    assert {row["clips"] for row in body["stages"]} == {4}
    assert all(sum(row["differences"]) == 4 for row in body["stages"])
    changed = body["changed"]
    assert [row["farthest"] for row in changed] == sorted((row["farthest"] for row in changed), reverse=True)
    first = changed[0]
    reach = max(abs(value - first["labels"]["trimmed_mean"]) for value in first["labels"].values())
    assert first["farthest"] == pytest.approx(reach)


def test_an_admin_chooses_a_rule_and_labels_follow_when_aggregated(api, admin, campaign):
    aggregate_campaign(campaign=campaign)
    before = dict(Label.objects.values_list("pk", "fifths"))
    api.force_login(admin)
    assert api.post(path(campaign), {"rule": "median"}, format="json").json()["rule"] == "median"
    assert api.get(f"/api/campaigns/{campaign.pk}/").json()["aggregation"] == "median"
    assert dict(Label.objects.values_list("pk", "fifths")) == before
    settled = api.post(f"/api/campaigns/{campaign.pk}/aggregate/").json()
    assert (settled["rule"], settled["labels"]) == ("median", 16)
    assert set(Label.objects.values_list("rule", flat=True)) == {"median"}


def test_an_unknown_rule_is_refused(api, admin, campaign):
    api.force_login(admin)
    assert api.post(path(campaign), {"rule": "loudest"}, format="json").status_code == 400
    assert Campaign.objects.get().aggregation == "trimmed_mean"


def test_a_researcher_only_looks_and_a_stranger_and_an_annotator_find_nothing(
    api, researcher, stranger, annotator, campaign
):
    for user, looked, chose in ((researcher, 200, 403), (stranger, 404, 404), (annotator, 404, 404)):
        api.force_login(user)
        assert api.get(path(campaign)).status_code == looked
        assert api.post(path(campaign), {"rule": "mean"}, format="json").status_code == chose
