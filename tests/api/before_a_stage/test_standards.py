"""Class standards over HTTP: in the stage's isolation, for its own annotator alone."""

import json

import pytest

from annotator.models import Reference, Rendition
from annotator.services.preparation import set_reference
from annotator.tokens import reference_address
from datasets.vocabulary import Modality
from tests.annotator.conftest import finish_stage
from tests.api.before_a_stage.asking import Use, played, refer, url
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db


def test_standards_of_the_open_stage_are_shown_by_score_with_reasons_and_nothing_of_other_modalities(mine, member):
    refer(member, Use.STANDARD, 2)
    refer(member, Use.STANDARD, -3)
    for other in (Modality.TEXT, Modality.VISION, Modality.MULTIMODAL):
        refer(member, Use.STANDARD, 1, other)
    refer(member, Use.CALIBRATION, 1)
    answered = mine.get(url(member, "standards"))
    rows = answered.json()
    assert [(row["score"], row["reason"]) for row in rows] == [(-3, "audio -3"), (2, "audio 2")]
    assert all(set(row) == {"reference", "media_url", "expires_at", "score", "reason"} for row in rows)
    assert played(mine, rows[0]["media_url"]) == b"audio"
    said = answered.content.decode() + json.dumps(dict(answered.headers))
    assert "机密" not in json.dumps(rows, ensure_ascii=False)
    assert "secret_clip" not in said


def test_words_are_shown_in_their_own_stage(api, project):
    member = make_campaign(project, name="fresh").memberships.select_related("campaign", "annotator").first()
    refer(member, Use.STANDARD, 2, Modality.TEXT)
    api.force_login(member.annotator)
    (row,) = api.get(url(member, "standards", Modality.TEXT)).json()
    assert set(row) == {"reference", "transcript", "reading_seconds", "score", "reason"}


def test_standards_of_another_stage_stay_closed_by_list_and_by_address(mine, member):
    vision = refer(member, Use.STANDARD, 1, Modality.VISION)
    for other in (Modality.TEXT, Modality.VISION, Modality.MULTIMODAL):
        refused = mine.get(url(member, "standards", other))
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "stage_locked")
    assert played(mine, reference_address(member.annotator_id, vision.pk).url) == 403


def test_an_address_of_a_standard_ends_with_its_stage_its_audit_and_its_use(mine, member):
    standard = refer(member, Use.STANDARD, 1)
    address = mine.get(url(member, "standards")).json()[0]["media_url"]
    assert played(mine, address) == b"audio"
    Rendition.objects.filter(clip=standard.clip).update(passed=False)
    assert played(mine, address) == 403
    assert mine.get(url(member, "standards")).json() == []
    Rendition.objects.update(passed=True)
    set_reference(
        campaign=member.campaign, clip=standard.clip_id, modality=Modality.AUDIO, use=Use.NONE, score=1, reason="no"
    )
    assert played(mine, address) == 403
    address = reference_address(member.annotator_id, refer(member, Use.STANDARD, 1).pk).url
    finish_stage(member, Modality.AUDIO)
    assert played(mine, address) == 403


def test_a_gold_clip_is_never_played_as_a_reference(mine, member):
    rated = member.campaign.campaign_clips.first().clip
    gold = set_reference(
        campaign=member.campaign, clip=rated.pk, modality=Modality.AUDIO, use=Use.GOLD, score=1, reason="sure"
    )
    assert played(mine, reference_address(member.annotator_id, gold.pk).url) == 403
    assert mine.get(url(member, "standards")).json() == []


def test_an_address_of_a_standard_is_for_one_person(api, member, stranger, admin):
    address = reference_address(member.annotator_id, refer(member, Use.STANDARD, 1).pk).url
    neighbour = member.campaign.memberships.exclude(pk=member.pk).first().annotator
    for user in (stranger, admin, neighbour):
        api.force_login(user)
        assert played(api, address) == 403
    forged = reference_address(stranger.pk, Reference.objects.get().pk).url
    api.force_login(stranger)
    assert played(api, forged) == 403
