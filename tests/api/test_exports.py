"""Downloads of exports: taken up again where they broke off, recorded, and hidden from strangers."""

import io
import zipfile

import pytest
from django.core.management import CommandError, call_command

from datasets.models import Event, Export, Job, Version
from datasets.runner import finish_here
from datasets.services.exports import request_export
from datasets.services.versions import publish_version, withdraw_version
from tests.factories import fill_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(project) -> Export:
    fill_project(project)
    version: Version = publish_version(project=project, seed=1111).version
    made, job = request_export(version=version, format="parquet", include_media=False)
    finish_here(job)
    made.refresh_from_db()
    return made


def fetch(api, export, **headers):
    return api.get(f"/api/exports/{export.pk}/download/", headers=headers)


def test_a_broken_download_goes_on_while_the_file_is_the_same(api, researcher, export):
    api.force_login(researcher)
    whole = fetch(api, export)
    content = b"".join(whole.streaming_content)
    assert whole["ETag"] == f'"{export.sha256}"'
    rest = fetch(api, export, **{"Range": "bytes=100-", "If-Range": whole["ETag"]})
    assert (rest.status_code, b"".join(rest.streaming_content)) == (206, content[100:])
    other = fetch(api, export, **{"Range": "bytes=100-", "If-Range": '"another"'})
    assert (other.status_code, b"".join(other.streaming_content)) == (200, content)


def test_who_downloaded_what_is_recorded_and_a_later_part_is_not(api, researcher, export):
    api.force_login(researcher)
    fetch(api, export)
    fetch(api, export, Range="bytes=100-")
    event = Event.objects.get(verb="downloaded_export")
    assert (event.actor, event.details["sha256"]) == (researcher, export.sha256)
    assert export.downloads.get().user == researcher


def test_a_stranger_downloads_nothing_and_leaves_no_record(api, stranger, export):
    api.force_login(stranger)
    assert fetch(api, export).status_code == 404
    assert not Event.objects.filter(verb="downloaded_export").exists()


def test_a_withdrawn_version_is_exported_only_when_that_is_said_and_the_file_says_it_too(api, researcher, export):
    version = withdraw_version(version=export.version, reason="wrong videos")
    api.force_login(researcher)
    url = f"/api/versions/{version.pk}/exports/"
    refused = api.post(url, {"format": "csv"}, format="json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "withdrawn_version")
    made = api.post(url, {"format": "csv", "include_media": False, "although_withdrawn": True}, format="json")
    assert made.status_code == 202
    finish_here(Job.objects.get(pk=made.json()["job"]["id"]))
    answer = fetch(api, Export.objects.get(pk=made.json()["id"]))
    assert "1.0.0-withdrawn-csv.zip" in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        (card,) = (name for name in archive.namelist() if name.endswith("DATACARD.md"))
        assert "WITHDRAWN, do not use this version" in archive.read(card).decode()


def test_a_file_made_before_the_withdrawal_is_named_so_when_it_is_taken_after_it(api, researcher, export):
    withdraw_version(version=export.version, reason="wrong videos")
    api.force_login(researcher)
    assert "withdrawn" in fetch(api, export)["Content-Disposition"]


def test_the_command_asks_for_the_same_word(export, tmp_path):
    version = str(withdraw_version(version=export.version, reason="wrong videos").pk)
    with pytest.raises(CommandError, match="although_withdrawn"):
        call_command("export_version", version, format="csv", out=tmp_path, no_media=True)
    call_command("export_version", version, format="csv", out=tmp_path, no_media=True, although_withdrawn=True)
    assert [path.name.endswith("-1.0.0-withdrawn-csv.zip") for path in tmp_path.iterdir()] == [True]
