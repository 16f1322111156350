"""Downloads of exports: taken up again where they broke off, recorded, and hidden from strangers."""

import pytest

from datasets.models import Event, Export, Version
from datasets.runner import finish_here
from datasets.services.exports import request_export
from datasets.services.versions import publish_version
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
