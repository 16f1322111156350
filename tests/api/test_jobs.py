"""Jobs over HTTP: seen by their project's staff, cancelled, tried again."""

import pytest

from config.sentences import Sentence, sentence
from datasets import jobs
from datasets.models import Job
from datasets.runner import Work

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(project):
    return jobs.enqueue(kind="say", title=Sentence("", "say it"), queue="media", project=project)


def test_staff_follow_the_jobs_of_their_project(api, admin, job):
    Job.objects.update(done=1, total=4)
    api.force_login(admin)
    (row,) = api.get("/api/jobs/", {"project": str(job.project_id), "state": "queued,running"}).json()["results"]
    assert (row["title"], row["done"], row["total"], row["can_cancel"]) == ("say it", 1, 4, True)
    assert row["seconds_left"] is not None


def test_the_parts_of_a_job_are_not_listed_but_their_failures_are_told(api, admin, project):
    parent = jobs.enqueue(
        kind="say", title=Sentence("", "all"), queue="media", project=project,
        parts=[jobs.Part("say", Sentence("", "clip 7"))],
    )  # fmt: skip
    Job.objects.filter(parent=parent).update(state=Job.State.FAILED, error="no audio")
    api.force_login(admin)
    assert [row["title"] for row in api.get("/api/jobs/").json()["results"]] == ["all"]
    (part,) = api.get(f"/api/jobs/{parent.pk}/").json()["failed_parts"]
    assert (part["title"], part["error"]) == ("clip 7", "no audio")


def test_what_a_job_says_has_codes_and_facts_but_for_one_from_before_there_were_codes(api, admin, job):
    api.force_login(admin)
    work = Work(job)
    Job.objects.update(state=Job.State.RUNNING, fence=job.fence)
    work.progress(1, 1, sentence("copying", "Copying {name}", name="a.mp4"))
    said = api.get(f"/api/jobs/{job.pk}/").json()["said"]
    assert said["doing"] == {"code": "copying", "english": "Copying a.mp4", "facts": {"name": "a.mp4"}}
    Job.objects.update(title="an old one", title_said=None)
    assert api.get(f"/api/jobs/{job.pk}/").json()["said"]["title"]["english"] == "an old one"


def test_a_job_is_cancelled_and_tried_again(api, admin, job):
    api.force_login(admin)
    assert api.post(f"/api/jobs/{job.pk}/cancel/").json()["state"] == "cancelled"
    assert api.post(f"/api/jobs/{job.pk}/cancel/").status_code == 409
    assert api.post(f"/api/jobs/{job.pk}/retry/").json()["state"] == "queued"


def test_others_can_neither_see_nor_stop_a_job(api, annotator, stranger, job):
    for user in (annotator, stranger):
        api.force_login(user)
        assert api.get("/api/jobs/").json()["results"] == []
        for path in ("", "cancel/", "retry/"):
            method = api.post if path else api.get
            assert method(f"/api/jobs/{job.pk}/{path}").status_code == 404
