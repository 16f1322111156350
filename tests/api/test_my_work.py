"""An annotator's own work over HTTP: the stages, what each shows, undo; nothing of anybody else's."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.models import Campaign, Rendition
from annotator.services.states import pause_campaign
from datasets.vocabulary import Modality
from tests.annotator.conftest import answer, finish_stage, next_assignment, try_out
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(project):
    return make_campaign(project, clips=3).memberships.select_related("campaign", "annotator").earliest("pk")


@pytest.fixture
def mine(api, member):
    """The first annotator's client."""
    api.force_login(member.annotator)
    return api


def queue(client, member, modality=Modality.TEXT):
    return client.get(f"/api/my-work/{member.campaign_id}/{modality}/")


def undo(client, member, modality=Modality.TEXT):
    return client.post(f"/api/my-work/{member.campaign_id}/{modality}/undo/")


def test_my_work_lists_the_four_stages_with_their_progress(mine, member):
    answer(next_assignment(member))
    (row,) = mine.get("/api/my-work/").json()
    assert (row["campaign"], row["state"], row["batch"], row["batches"]) == (str(member.campaign_id), "open", 1, 1)
    assert row["stages"] == [
        {"modality": "text", "state": "open", "done": 1, "total": 3},
        {"modality": "audio", "state": "locked", "done": 0, "total": 3},
        {"modality": "vision", "state": "locked", "done": 0, "total": 3},
        {"modality": "multimodal", "state": "locked", "done": 0, "total": 3},
    ]


def test_the_second_batch_shows_when_the_first_is_done(api, project):
    member = make_campaign(project, clips=3, batch_size=2).memberships.first()
    for modality in Modality:
        finish_stage(member, modality)
    api.force_login(member.annotator)
    (row,) = api.get("/api/my-work/").json()
    assert (row["batch"], row["batches"]) == (2, 2)
    assert [stage["total"] for stage in row["stages"]] == [1, 1, 1, 1]


def test_a_queue_holds_the_next_clips_in_ones_own_order(mine, member):
    body = queue(mine, member).json()
    assert (body["modality"], body["state"], body["done"], body["total"]) == ("text", "open", 0, 3)
    assert [entry["position"] for entry in body["queue"]] == [1, 2, 3]
    answer(next_assignment(member))
    assert [entry["position"] for entry in queue(mine, member).json()["queue"]] == [2, 3]


def test_a_queue_holds_at_most_four_clips(api, project):
    member = make_campaign(project, clips=6).memberships.first()
    api.force_login(member.annotator)
    assert len(queue(api, member).json()["queue"]) == 4


def test_a_locked_stage_shows_nothing(mine, member):
    for modality in list(Modality)[1:]:
        refused = queue(mine, member, modality)
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "stage_locked")


def test_a_finished_stage_says_so(mine, member):
    finish_stage(member, Modality.TEXT)
    body = queue(mine, member).json()
    assert (body["state"], body["queue"], body["can_undo"]) == ("done", [], True)


def test_a_paused_campaign_gives_out_no_clips(mine, member):
    pause_campaign(campaign=member.campaign)
    assert queue(mine, member).json()["queue"] == []
    assert mine.get("/api/my-work/").json()[0]["state"] == "paused"


def test_no_word_but_a_modality_is_a_stage(mine, member):
    assert queue(mine, member, "video").status_code == 404
    assert undo(mine, member, "video").status_code == 404


# What reaches the browser ---------------------------------------------------------------------------------------------

ENTRY = {
    Modality.TEXT: {"assignment", "position", "transcript", "reading_seconds"},
    Modality.AUDIO: {"assignment", "position", "media_url", "expires_at"},
    Modality.VISION: {"assignment", "position", "media_url", "expires_at"},
    Modality.MULTIMODAL: {"assignment", "position", "transcript", "media_url", "expires_at"},
}


@pytest.mark.parametrize("modality", list(Modality))
def test_every_stage_shows_exactly_what_its_row_of_the_table_says(mine, member, modality):
    reach(member, modality)
    for entry in queue(mine, member, modality).json()["queue"]:
        assert set(entry) == ENTRY[modality]


@pytest.mark.parametrize("modality", [Modality.AUDIO, Modality.VISION])
def test_no_answer_in_a_stage_without_words_holds_words_ids_or_scores(mine, member, modality):
    """Walk everything an annotator can ask for in the stage, and look for anything of the clips."""
    reach(member, modality)
    answer(next_assignment(member, modality), score=-2)
    answers = [mine.get("/api/my-work/"), mine.get("/api/session/")]
    answers += [queue(mine, member, each) for each in Modality] + [undo(mine, member, each) for each in Modality]
    body = {"score": 1, "seconds": 1, "plays": 1, "idempotency_key": "walk"}
    url = f"/api/assignments/{next_assignment(member, modality).pk}/annotations/"
    answers.append(mine.post(url, body, format="json"))
    for response in answers:
        seen = response.content.decode() + json.dumps(dict(response.headers))
        for clip in member.campaign.project.clips.select_related("source"):
            kept = clip.renditions.values_list("pk", "file", "sha256")
            telling = [clip.transcript, str(clip.pk), clip.sha256, clip.source.video_id, clip.file, clip.thumbnail]
            telling += [f"/{clip.clip_id}", f'"{clip.clip_id}"', *(str(value) for row in kept for value in row[:2])]
            for word in filter(None, telling):
                assert word not in seen


@pytest.mark.parametrize("modality", list(Modality))
def test_no_score_is_sent_but_that_of_the_undone_answer_in_its_own_stage(mine, member, modality):
    reach(member, modality, score=3)
    answer(next_assignment(member, modality), score=-2)
    for response in (mine.get("/api/my-work/"), *(queue(mine, member, each) for each in Modality)):
        assert "score" not in response.content.decode()
    for each in Modality:
        taken = undo(mine, member, each)
        if each == modality:
            assert (taken.json()["score"], set(taken.json())) == (-2, ENTRY[modality] | {"score", "reason"})
        else:
            assert (taken.status_code, taken.json()["error"]["code"]) == (409, "nothing_to_undo")


def test_an_annotator_reaches_nothing_but_their_own_work(mine, member, project):
    clip = project.clips.first()
    for url in (
        f"/api/campaigns/{member.campaign_id}/", f"/api/campaigns/{member.campaign_id}/renditions/",
        f"/api/projects/{project.pk}/", f"/api/clips/{clip.pk}/", f"/api/clips/{clip.pk}/media/",
    ):  # fmt: skip
        assert mine.get(url).status_code == 404
    assert mine.get("/api/campaigns/").json()["results"] == []


def reach(member, modality, score=1):
    for before in Modality:
        if before == modality:
            try_out(member, modality)
            return
        finish_stage(member, before, score)


# Clips that cannot be shown -------------------------------------------------------------------------------------------


def test_a_clip_without_a_passed_rendition_is_not_given_out_but_counted(mine, member):
    reach(member, Modality.AUDIO)
    first = next_assignment(member, Modality.AUDIO)
    Rendition.objects.filter(clip=first.clip, modality=Modality.AUDIO).update(passed=False)
    body = queue(mine, member, Modality.AUDIO).json()
    assert body["preparing"] == 1
    assert [entry["position"] for entry in body["queue"]] == [2, 3]
    Rendition.objects.filter(modality=Modality.AUDIO).delete()
    body = queue(mine, member, Modality.AUDIO).json()
    assert (body["preparing"], body["queue"], body["state"]) == (3, [], "open")


def test_what_waits_for_an_admin_is_told_apart_from_what_is_being_made(mine, member):
    reach(member, Modality.AUDIO)
    Rendition.objects.filter(modality=Modality.AUDIO).update(passed=False)
    Rendition.objects.filter(modality=Modality.AUDIO).first().delete()
    body = queue(mine, member, Modality.AUDIO).json()
    assert (body["queue"], body["preparing"], body["withheld"]) == ([], 1, 2)


def test_a_rendition_made_by_other_parameters_does_not_count(mine, member):
    reach(member, Modality.AUDIO)
    Campaign.objects.update(isolation_digest="other")
    assert queue(mine, member, Modality.AUDIO).json()["preparing"] == 3


def test_words_need_no_rendition(mine, member):
    Rendition.objects.all().delete()
    body = queue(mine, member).json()
    assert (body["preparing"], len(body["queue"])) == (0, 3)


# Undo -----------------------------------------------------------------------------------------------------------------


def test_undo_gives_the_clip_back_and_the_new_answer_supersedes(mine, member):
    assert not queue(mine, member).json()["can_undo"]
    last = next_assignment(member)
    kept = answer(last, -2)
    assert queue(mine, member).json()["can_undo"]
    taken = undo(mine, member).json()
    assert (taken["assignment"], taken["score"]) == (str(last.pk), -2)
    assert taken["transcript"] == last.clip.transcript
    body = {"score": 3, "seconds": 1.0, "plays": 0, "idempotency_key": "again"}
    answered = mine.post(f"/api/assignments/{last.pk}/annotations/", body, format="json").json()
    assert (answered["done"], answered["total"]) == (1, 3)
    last.refresh_from_db()
    assert (last.current.score, last.current.supersedes) == (3, kept)


# Strangers ------------------------------------------------------------------------------------------------------------


def test_strangers_and_the_projects_staff_have_no_work_here(api, member, stranger, admin, researcher):
    for user in (stranger, admin, researcher):
        api.force_login(user)
        assert api.get("/api/my-work/").json() == []
        assert queue(api, member).status_code == 404
        assert undo(api, member).status_code == 404


def test_whoever_loses_the_role_loses_the_work(mine, member):
    member.annotator.project_roles.all().delete()
    assert mine.get("/api/my-work/").json() == []
    assert queue(mine, member).status_code == 404


# Cost -----------------------------------------------------------------------------------------------------------------


def test_the_number_of_queries_does_not_grow_with_the_clips(api, project):
    counts = []
    for clips in (1, 12):
        member = make_campaign(project, clips=clips, name=f"of {clips}").memberships.first()
        api.force_login(member.annotator)
        for _ in range(member.campaign.campaign_clips.count()):
            answer(next_assignment(member))
        try_out(member, Modality.AUDIO)
        for url in ("/api/my-work/", f"/api/my-work/{member.campaign_id}/audio/"):
            with CaptureQueriesContext(connection) as queries:
                assert api.get(url).status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 8
