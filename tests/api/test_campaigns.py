"""Campaigns over HTTP: made and moved by admins, seen by staff, closed to everybody else."""

import pytest

from annotator.models import Assignment, Campaign, Rendition
from datasets.models import Job, Label
from datasets.vocabulary import Modality
from tests.annotator.conftest import finish_stage
from tests.factories import ClipFactory, UserFactory, make_campaign
from tests.score_tables import import_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(project):
    return make_campaign(project)


def create(api, project, **fields):
    body = {"project": str(project.pk), "annotators": ["li.na", "wang", "zhao"], **fields}
    return api.post("/api/campaigns/", body, format="json")


def csv_of(campaign, score=1):
    lines = ["video_id,clip_id,modality,annotator,score"]
    for row in Assignment.objects.filter(membership__campaign=campaign).select_related(
        "clip__source", "membership__annotator"
    ):
        lines.append(
            f"{row.clip.source.video_id},{row.clip.clip_id},{row.modality},{row.membership.annotator.username},{score}"
        )
    return "\n".join(lines)


def test_an_admin_makes_a_campaign_and_sees_new_passwords_once(api, admin, project):
    ClipFactory.create_batch(2, source__project=project)
    api.force_login(admin)
    known = UserFactory(username="wang")
    answer = create(api, project, name="first", batch_size=1)
    assert answer.status_code == 202
    body = answer.json()
    assert [account["username"] for account in body["new_accounts"]] == ["li.na", "zhao"]
    assert (body["name"], body["job"]["state"]) == ("first", "succeeded")
    assert known.memberships.count() == 1
    (row,) = api.get("/api/campaigns/", {"project": str(project.pk)}).json()["results"]
    assert (row["id"], row["state"], row["batch_size"], row["seed"]) == (body["campaign"], "open", 1, 1111)
    for door in (f"campaigns/{body['campaign']}", f"jobs/{body['job']['id']}"):
        assert body["new_accounts"][0]["password"] not in api.get(f"/api/{door}/").content.decode()


def test_a_campaign_can_be_made_of_chosen_clips(api, admin, project):
    chosen, _ = ClipFactory.create_batch(2, source__project=project)
    api.force_login(admin)
    assert create(api, project, clips=[str(chosen.pk)]).status_code == 202
    assert Campaign.objects.get().campaign_clips.get().clip == chosen


@pytest.mark.parametrize(
    "wrong", [{"annotators": []}, {"clips": []}, {"clips": "all"}, {"batch_size": 0}, {"annotators": ["a b"]}]
)
def test_what_makes_no_campaign_is_refused(api, admin, project, wrong):
    ClipFactory(source__project=project)
    api.force_login(admin)
    assert create(api, project, **wrong).status_code == 400
    assert not Campaign.objects.exists()


def test_a_campaign_shows_counts_progress_and_renditions_but_no_scores(api, researcher, campaign):
    finish_stage(campaign.memberships.earliest("pk"), Modality.TEXT, score=3)
    Rendition.objects.filter(pk=Rendition.objects.first().pk).update(passed=False)
    api.force_login(researcher)
    body = api.get(f"/api/campaigns/{campaign.pk}/").json()
    assert body["counts"] == {
        "clips": 2, "batches": 1, "annotators": 3, "assignments": 24, "answered": 2, "repeats": 0, "labels": 0,
    }  # fmt: skip
    assert body["renditions"] == {"made": 6, "passed": 5, "failed": 1, "total": 6}
    first = body["progress"][0]
    assert (first["pseudonym"], first["simulated"]) == ("A1", False)
    assert first["stages"]["text"] == {"done": 2, "total": 2}
    assert first["stages"]["multimodal"] == {"done": 0, "total": 2}
    assert "score" not in str(body)


def test_an_admin_pauses_resumes_and_closes(api, admin, campaign):
    api.force_login(admin)
    for verb, state in (("pause", "paused"), ("resume", "open"), ("close", "closed")):
        assert api.post(f"/api/campaigns/{campaign.pk}/{verb}/").json()["state"] == state
    assert api.post(f"/api/campaigns/{campaign.pk}/resume/").status_code == 409


def test_labels_are_settled(api, admin, campaign):
    api.force_login(admin)
    import_text(campaign, csv_of(campaign), simulated=True)
    settled = api.post(f"/api/campaigns/{campaign.pk}/aggregate/").json()
    assert settled == {
        "rule": "trimmed_mean",
        "labels": 8,
        "clips": 2,
        "incomplete": 0,
        "incomplete_clips": [],
    }
    body = api.get(f"/api/campaigns/{campaign.pk}/").json()
    assert body["counts"]["labels"] == Label.objects.count() == 8
    assert all(row["simulated"] for row in body["progress"])


def test_a_researcher_may_look_but_not_move(api, researcher, campaign, project):
    api.force_login(researcher)
    assert api.get(f"/api/campaigns/{campaign.pk}/").status_code == 200
    for verb in ("pause", "resume", "close", "aggregate", "annotations/import"):
        assert api.post(f"/api/campaigns/{campaign.pk}/{verb}/", {"csv": "x"}, format="json").status_code == 403
    assert create(api, project, name="another").status_code == 403
    assert api.post(f"/api/projects/{project.pk}/renditions/").status_code == 403


def test_strangers_and_annotators_find_no_campaign(api, stranger, annotator, campaign, project):
    for user in (stranger, annotator, campaign.memberships.first().annotator):
        api.force_login(user)
        assert api.get("/api/campaigns/").json()["results"] == []
        assert api.get(f"/api/campaigns/{campaign.pk}/").status_code == 404
        assert api.get("/api/campaigns/", {"project": str(project.pk)}).status_code == 404
        for verb in ("pause", "resume", "close", "aggregate", "annotations/import"):
            assert api.post(f"/api/campaigns/{campaign.pk}/{verb}/", {"csv": "x"}, format="json").status_code == 404
        assert create(api, project, name="another").status_code == 404
        assert api.post(f"/api/projects/{project.pk}/renditions/").status_code == 404
    assert Campaign.objects.get().state == "open"
    assert not Job.objects.exists()


def test_of_two_projects_only_ones_own_campaigns_are_listed(api, admin, campaign, stranger):
    foreign = stranger.project_roles.get().project
    make_campaign(foreign)
    api.force_login(admin)
    assert [row["id"] for row in api.get("/api/campaigns/").json()["results"]] == [str(campaign.pk)]
