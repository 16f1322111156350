"""Scores over HTTP: a file is sent, checked and imported by admins; nobody else gets at it."""

import pytest
from rest_framework.test import APIClient

from annotator.models import Annotation, ScoreFile
from datasets.models import Job
from datasets.runner import work_through
from tests.api.test_campaigns import csv_of
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(project):
    return make_campaign(project)


def send(api, campaign, text, name="scores.csv"):
    url = f"/api/campaigns/{campaign.pk}/score-files/?name={name}"
    return api.generic("POST", url, text.encode(), content_type="application/octet-stream")


def start(api, campaign, file, **body):
    return api.post(f"/api/campaigns/{campaign.pk}/annotations/import/", {"file": file, **body}, format="json")


def test_a_file_is_sent_checked_and_imported(api, admin, campaign):
    api.force_login(admin)
    sent = send(api, campaign, csv_of(campaign) + "\nnowhere,1,text,nobody,1")
    assert (sent.status_code, sent.json()["name"], sent.json()["missing"]) == (201, "scores.csv", [])
    checked = start(api, campaign, sent.json()["id"], dry_run=True)
    assert (checked.status_code, checked.json()["kind"], checked.json()["state"]) == (
        202, "import_annotations", "queued",
    )  # fmt: skip
    work_through("media")
    assert not Annotation.objects.exists()
    job = start(api, campaign, sent.json()["id"], simulated=True).json()["id"]
    work_through("media")
    report = api.get(f"/api/jobs/{job}/").json()["result"]
    assert (report["added"], report["rejected_count"]) == (24, 1)
    assert report["rejected"][0] | {"reason": ""} == {
        "line": 26,
        "subject": "nowhere$_$1",
        "code": "unknown_clip",
        "facts": {"video": "nowhere", "clip": "1"},
        "reason": "",
    }
    assert set(Annotation.objects.values_list("origin", flat=True)) == {"simulated"}
    rejected = api.get(f"/api/jobs/{job}/rejected/")
    assert rejected["Content-Type"] == "text/csv; charset=utf-8"
    assert b"".join(rejected.streaming_content).decode("utf-8-sig").splitlines()[1].startswith("26,nowhere$_$1,")


def test_a_browser_sends_a_file_with_the_token_of_its_page(admin, campaign):
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(admin)
    assert send(browser, campaign, csv_of(campaign)).json()["error"]["code"] == "permission_denied"
    browser.cookies["csrftoken"] = "x" * 32
    browser.credentials(HTTP_X_CSRFTOKEN="x" * 32)
    assert send(browser, campaign, csv_of(campaign)).status_code == 201


def test_columns_of_other_names_are_asked_for_at_once(api, admin, campaign):
    api.force_login(admin)
    sent = send(api, campaign, csv_of(campaign).replace("annotator,score", "worker,rating", 1)).json()
    assert sent["missing"] == ["annotator", "score"]
    refused = start(api, campaign, sent["id"])
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "bad_table")
    columns = {"annotator": "worker", "score": "rating"}
    assert start(api, campaign, sent["id"], columns=columns).status_code == 202
    work_through("media")
    assert Job.objects.get().result["added"] == 24
    assert api.get(f"/api/jobs/{Job.objects.get().pk}/rejected/").status_code == 404


def test_a_file_that_is_too_large_or_no_text_is_refused(api, admin, campaign, settings):
    api.force_login(admin)
    settings.UPLOAD_MEGABYTES = 0
    refused = send(api, campaign, csv_of(campaign))
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "file_too_large")
    settings.UPLOAD_MEGABYTES = 1
    url = f"/api/campaigns/{campaign.pk}/score-files/"
    binary = api.generic("POST", url, b"\xff\xfe\x00", content_type="application/octet-stream")
    assert (binary.status_code, binary.json()["error"]["code"]) == (400, "unreadable_table")
    assert not ScoreFile.objects.exists()


def test_a_file_of_another_campaign_cannot_be_imported(api, admin, project, campaign):
    api.force_login(admin)
    other = make_campaign(project, name="other")
    sent = send(api, other, csv_of(other)).json()["id"]
    assert start(api, campaign, sent).status_code == 404
    assert not Job.objects.exists()


def test_only_admins_send_and_import_and_strangers_find_nothing(api, admin, researcher, annotator, stranger, campaign):
    api.force_login(admin)
    file = send(api, campaign, csv_of(campaign) + "\nnowhere,1,text,nobody,1").json()["id"]
    job = start(api, campaign, file).json()["id"]
    work_through("media")
    for user, status, rejected in ((researcher, 403, 200), (annotator, 404, 404), (stranger, 404, 404)):
        api.force_login(user)
        assert send(api, campaign, "x").status_code == status
        assert start(api, campaign, file).status_code == status
        assert api.get(f"/api/jobs/{job}/rejected/").status_code == rejected
    assert ScoreFile.objects.count() == 1
