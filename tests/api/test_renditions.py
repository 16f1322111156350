"""Renditions over HTTP: asked for by admins, seen with their audits by staff."""

import pytest

from annotator.models import Audit, Rendition
from datasets.models import Job
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(project):
    campaign = make_campaign(project)
    for rendition in Rendition.objects.all():
        Audit.objects.create(rendition=rendition, passed=True, record={"streams": ["audio:aac"]})
    return campaign


def test_renditions_are_listed_with_their_audits(api, researcher, campaign):
    api.force_login(researcher)
    body = api.get(f"/api/campaigns/{campaign.pk}/renditions/").json()
    assert len(body["results"]) == 6
    assert body["results"][0]["audit"]["record"] == {"streams": ["audio:aac"]}
    assert "file" not in body["results"][0]


def test_the_list_is_filtered_by_verdict_and_modality(api, admin, campaign):
    Rendition.objects.filter(modality="vision").update(passed=False)
    api.force_login(admin)
    url = f"/api/campaigns/{campaign.pk}/renditions/"
    assert {row["modality"] for row in api.get(url, {"passed": "false"}).json()["results"]} == {"vision"}
    assert len(api.get(url, {"passed": "true"}).json()["results"]) == 4
    assert len(api.get(url, {"modality": "audio"}).json()["results"]) == 2


def test_an_admin_queues_what_is_missing(api, admin, campaign, project):
    Rendition.objects.filter(modality="vision").first().delete()
    api.force_login(admin)
    answer = api.post(f"/api/projects/{project.pk}/renditions/", {}, format="json")
    assert (answer.status_code, answer.json()["kind"], answer.json()["total"]) == (202, "make_renditions", 1)
    assert Job.objects.filter(parent=answer.json()["id"], kind="make_clip_renditions").count() == 1


def test_strangers_and_annotators_see_no_renditions(api, stranger, annotator, campaign, project):
    for user in (stranger, annotator, campaign.memberships.first().annotator):
        api.force_login(user)
        assert api.get(f"/api/campaigns/{campaign.pk}/renditions/").status_code == 404
        assert api.post(f"/api/projects/{project.pk}/renditions/").status_code == 404
