"""Renditions over HTTP: asked for by admins, seen with their audits by staff."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from annotator.models import Annotation, Assignment, Audit, Rendition
from config.sentences import sentence
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


# Audits ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def failed(campaign):
    rendition = Rendition.objects.filter(modality="audio").first()
    file = default_storage.save("renditions/failed.m4a", ContentFile(b"noise"))
    Rendition.objects.filter(pk=rendition.pk).update(passed=False, file=file)
    Audit.objects.filter(rendition=rendition).update(passed=False, findings=["ESTOI is 0.40."])
    return rendition


def test_a_researcher_sees_the_isolation_of_a_campaign(api, researcher, campaign):
    Audit.objects.filter(rendition__modality="audio").update(record={"voice": {"estoi": 0.2}, "tools": {"ffmpeg": "7"}})
    api.force_login(researcher)
    body = api.get(f"/api/campaigns/{campaign.pk}/isolation/").json()
    assert body["mode"] == "default"
    assert body["figures"][0]["name"] == "estoi"
    assert body["tools"] == [{"ffmpeg": "7"}]
    assert len(body["outliers"]) == 2


def test_an_admin_plays_and_overrules_a_failed_rendition(api, admin, campaign, failed):
    api.force_login(admin)
    (row,) = api.get(f"/api/campaigns/{campaign.pk}/renditions/", {"verdict": "withheld"}).json()["results"]
    assert b"".join(api.get(row["media_url"]).streaming_content) == b"noise"
    assert api.get(row["media_url"], headers={"Range": "bytes=0-1"}).status_code == 206
    url = f"/api/renditions/{row['id']}/overrule/"
    assert api.post(url, {"reason": ""}, format="json").status_code == 400
    answer = api.post(url, {"reason": "No word can be heard."}, format="json")
    assert (answer.status_code, answer.json()["overruling"]["made_by"]) == (201, admin.username)
    assert api.post(url, {"reason": "Again."}, format="json").status_code == 409
    verdicts = {v: len(rows(api, campaign, verdict=v)) for v in ("passed", "overruled", "withheld", "conflict")}
    assert verdicts == {"passed": 5, "overruled": 1, "withheld": 0, "conflict": 0}


def rows(api, campaign, **wanted):
    return api.get(f"/api/campaigns/{campaign.pk}/renditions/", wanted).json()["results"]


def test_text_that_crosses_a_face_is_a_conflict_to_look_at(api, admin, campaign):
    Audit.objects.filter(rendition=Rendition.objects.filter(modality="vision").first()).update(
        record={"conflicts": ["Text reaches into a face."]}
    )
    api.force_login(admin)
    assert [row["modality"] for row in rows(api, campaign, verdict="conflict")] == ["vision"]


def test_findings_have_codes_but_for_those_from_before_there_were_codes(api, admin, campaign, failed):
    api.force_login(admin)
    (row,) = rows(api, campaign, passed="false")
    assert row["audit"]["findings"] == [{"code": "", "english": "ESTOI is 0.40.", "facts": {}}]
    kept = sentence("figure_too_high", "ESTOI is {value}.", value=0.4)
    Audit.objects.filter(rendition=failed).update(findings=[kept.as_record()], record={"notes": [kept.as_record()]})
    (row,) = rows(api, campaign, passed="false")
    assert row["audit"]["findings"] == row["audit"]["notes"] == [kept.as_record()]


def test_single_renditions_can_be_asked_for(api, admin, campaign):
    wanted = [str(rendition.pk) for rendition in Rendition.objects.all()[:2]]
    api.force_login(admin)
    assert {row["id"] for row in rows(api, campaign, id=",".join(wanted))} == set(wanted)
    assert api.get(f"/api/campaigns/{campaign.pk}/renditions/", {"verdict": "fine"}).status_code == 400


def test_an_admin_chooses_another_isolation(api, admin, campaign):
    api.force_login(admin)
    url = f"/api/campaigns/{campaign.pk}/isolation/"
    assert api.post(url, {"mode": "gentle"}, format="json").status_code == 400
    refused = api.post(url, {"mode": "low_pass", "settings": {"cutoff": 9e9}}, format="json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "bad_isolation")
    assert api.post(url, {"mode": "low_pass", "settings": {"cutoff": 300}}, format="json").status_code == 202
    assert api.get(url).json()["parameters"]["cutoff"] == 300


def test_an_admin_draws_where_a_source_shows_text(api, admin, campaign):
    api.force_login(admin)
    (source,) = api.get(f"/api/campaigns/{campaign.pk}/sources/").json()["results"]
    assert (source["clips"], source["boxes"], source["examined"]) == (2, [], False)
    url = f"/api/sources/{source['id']}/regions/"
    box = {"left": 0.1, "top": 0.8, "right": 0.9, "bottom": 0.95}
    assert api.post(url, {"boxes": [box | {"right": 0.1}]}, format="json").status_code == 400
    assert api.post(url, {"boxes": [box]}, format="json").status_code == 202
    (source,) = api.get(f"/api/campaigns/{campaign.pk}/sources/").json()["results"]
    assert (source["boxes"], source["drawn_by"]) == ([box], admin.username)


def test_an_admin_reviews_transcripts(api, admin, campaign):
    api.force_login(admin)
    url = f"/api/campaigns/{campaign.pk}/transcripts/"
    first, second = api.get(url).json()["results"]
    answer = api.post(f"/api/clips/{first['clip']}/transcript-reviews/", {"transcript": "真的吗"}, format="json")
    assert (answer.status_code, answer.json()["reviewed_by"]) == (201, admin.username)
    assert [row["transcript"] for row in api.get(url, {"reviewed": "true"}).json()["results"]] == ["真的吗"]
    assert [row["clip"] for row in api.get(url, {"reviewed": "false"}).json()["results"]] == [second["clip"]]


def test_nobody_but_an_admin_decides_and_strangers_see_nothing(api, researcher, stranger, annotator, campaign, failed):
    clip, source = failed.clip, failed.clip.source
    posts = {
        f"/api/campaigns/{campaign.pk}/isolation/": {"mode": "default"},
        f"/api/renditions/{failed.pk}/overrule/": {"reason": "because"},
        f"/api/sources/{source.pk}/regions/": {"boxes": []},
        f"/api/clips/{clip.pk}/transcript-reviews/": {"transcript": "x"},
    }
    gets = [f"/api/renditions/{failed.pk}/media/"]
    lists = [f"/api/campaigns/{campaign.pk}/{name}/" for name in ("isolation", "sources", "transcripts")]
    for user, status in ((researcher, 403), (stranger, 404), (annotator, 404), (None, 401)):
        api.force_login(user) if user else api.logout()
        assert {api.post(url, body, format="json").status_code for url, body in posts.items()} == {status}
        assert {api.get(url).status_code for url in gets} == {status}
        assert {api.get(url).status_code for url in lists} == {200 if user == researcher else status}


def test_what_an_admin_may_change_is_told_until_a_rendition_is_rated(api, admin, campaign):
    api.force_login(admin)
    path = f"/api/campaigns/{campaign.pk}/isolation/"
    body = api.get(path).json()
    assert body["rated"] is False
    assert body["choices"]["modes"]["stricter"]["highest_snr"] == -18
    assert body["choices"]["ranges"]["cutoff"] == {"least": 50, "most": 7000}
    assert set(body["choices"]["modes"]["default"]) == set(body["parameters"])
    assert api.post(path, {"mode": "default", "settings": {"cutoff": 8000}}, format="json").status_code == 400
    assert api.post(path, {"mode": "stricter"}, format="json").status_code == 202
    rated = Assignment.objects.filter(modality="audio").first()
    Annotation.objects.create(assignment=rated, score=1, idempotency_key="heard")
    assert api.get(path).json()["rated"] is True
    assert api.post(path, {"mode": "default"}, format="json").status_code == 409
