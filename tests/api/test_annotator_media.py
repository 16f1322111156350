"""Signed media: one person, one assignment, a few minutes, the open stage, exact ranges, and no telling header."""

from unittest.mock import patch

import pytest
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from annotator.models import Rendition
from annotator.services.states import pause_campaign
from annotator.tokens import SALT, address_for
from datasets.vocabulary import Modality
from tests.annotator.conftest import answer, finish_stage, next_assignment, try_out
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(256)) * 4
HEADERS = {
    "Content-Type", "Content-Length", "Accept-Ranges", "Cache-Control", "X-Content-Type-Options", "X-Frame-Options",
    "Referrer-Policy", "Cross-Origin-Opener-Policy", "Content-Security-Policy", "Vary", "Content-Range",
}  # fmt: skip


@pytest.fixture
def member(project):
    """The first annotator, in the audio stage; every rendition has its own bytes."""
    member = make_campaign(project).memberships.select_related("campaign", "annotator").earliest("pk")
    for rendition in Rendition.objects.all():
        suffix = "m4a" if rendition.modality == Modality.AUDIO else "mp4"
        content = ContentFile(rendition.modality.encode() + CONTENT)
        rendition.file = default_storage.save(f"renditions/{rendition.pk}.{suffix}", content)
        rendition.save()
    finish_stage(member, Modality.TEXT)
    return member


@pytest.fixture
def url(api, member):
    """The address of the first clip of the audio stage, as the queue gives it to the annotator who is signed in."""
    api.force_login(member.annotator)
    return queue_of(api, member, Modality.AUDIO)[0]["media_url"]


def queue_of(api, member, modality):
    try_out(member, modality)
    return api.get(f"/api/my-work/{member.campaign_id}/{modality}/").json()["queue"]


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("modality", [Modality.AUDIO, Modality.VISION, Modality.MULTIMODAL])
def test_each_stage_plays_its_own_rendition(api, member, modality):
    for before in list(Modality)[1 : list(Modality).index(modality)]:
        finish_stage(member, before)
    api.force_login(member.annotator)
    for entry in queue_of(api, member, modality):
        response = api.get(entry["media_url"])
        assert response.status_code == 200
        assert response["Content-Type"] == ("audio/mp4" if modality == Modality.AUDIO else "video/mp4")
        assert body(response) == modality.encode() + CONTENT


def test_no_header_tells_more_than_the_bytes_and_nothing_is_kept(api, url):
    response = api.get(url)
    assert set(response.headers) <= HEADERS
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_part_is_sent_exactly(api, url):
    whole = body(api.get(url))
    part = api.get(url, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part["Content-Range"], part["Content-Length"]) == (206, f"bytes 10-19/{len(whole)}", "10")
    assert body(part) == whole[10:20]
    tail = api.get(url, headers={"Range": "bytes=-7"})
    assert (tail.status_code, body(tail)) == (206, whole[-7:])


def test_a_part_beyond_the_end_is_416(api, url):
    beyond = api.get(url, headers={"Range": "bytes=999999-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(CONTENT) + 5}")


def refused(api, url):
    response = api.get(url)
    assert response.json()["error"]["code"] == "media_refused"
    return response.status_code


def test_another_person_gets_nothing_from_the_address(api, url, member, admin, researcher, stranger):
    neighbour = member.campaign.memberships.exclude(pk=member.pk).first().annotator
    for user in (neighbour, admin, researcher, stranger):
        api.force_login(user)
        assert refused(api, url) == 403


def test_the_signed_out_get_nothing_from_the_address(api, url):
    api.logout()
    assert refused(api, url) == 403


def test_an_address_ends_after_five_minutes(api, url, settings):
    assert settings.MEDIA_URL_SECONDS == 300
    import time

    now = time.time()
    with patch.object(signing.time, "time", lambda: now + 299):
        assert api.get(url).status_code == 200
    with patch.object(signing.time, "time", lambda: now + 302):
        assert refused(api, url) == 403


def test_an_address_ends_with_its_stage(api, url, member):
    finish_stage(member, Modality.AUDIO)
    answer(next_assignment(member, Modality.VISION))
    assert refused(api, url) == 403


@pytest.mark.parametrize("modality", [Modality.VISION, Modality.MULTIMODAL])
def test_an_address_of_a_locked_stage_opens_nothing(api, url, member, modality):
    ahead = member.assignments.filter(modality=modality).first()
    assert refused(api, address_for(member.annotator_id, ahead.pk).url) == 403


def test_the_text_stage_has_no_media_even_by_its_own_assignment(api, project):
    member = make_campaign(project, name="fresh").memberships.first()
    api.force_login(member.annotator)
    assert refused(api, address_for(member.annotator_id, next_assignment(member).pk).url) == 403


def test_an_address_of_somebody_elses_assignment_opens_nothing(api, url, member):
    neighbour = member.campaign.memberships.exclude(pk=member.pk).select_related("campaign", "annotator").first()
    finish_stage(neighbour, Modality.TEXT)
    theirs = next_assignment(neighbour, Modality.AUDIO)
    assert refused(api, address_for(member.annotator_id, theirs.pk).url) == 403


def test_a_paused_campaign_plays_nothing(api, url, member):
    pause_campaign(campaign=member.campaign)
    assert refused(api, url) == 403


def test_a_rendition_that_failed_its_audit_is_never_played(api, url):
    Rendition.objects.update(passed=False)
    assert refused(api, url) == 403


def test_a_last_answer_that_may_be_taken_back_can_still_be_played(api, url, member):
    finish_stage(member, Modality.AUDIO)
    taken = api.post(f"/api/my-work/{member.campaign_id}/audio/undo/").json()
    assert api.get(taken["media_url"]).status_code == 200


def test_an_address_cannot_be_forged(api, url, member):
    token = url.removeprefix("/media/").rstrip("/")
    other_salt = signing.dumps([member.annotator.pk, "0" * 32], salt="other")
    for forged in (token[:-1] + ("A" if token[-1] != "A" else "B"), "x", other_salt):
        assert refused(api, f"/media/{forged}/") == 403


def test_an_address_names_neither_clip_nor_file(url, member):
    owner, assignment = signing.loads(url.removeprefix("/media/").rstrip("/"), salt=SALT)
    assert owner == member.annotator.pk
    assert member.assignments.filter(pk=assignment, modality=Modality.AUDIO).exists()


def test_nothing_can_be_written_to_an_address(api, url):
    for method in (api.post, api.put, api.patch, api.delete):
        assert method(url).status_code in (403, 405)


def test_a_file_that_storage_lost_is_said_to_be_missing(api, url):
    Rendition.objects.update(file="renditions/lost.m4a")
    assert api.get(url).status_code == 404
