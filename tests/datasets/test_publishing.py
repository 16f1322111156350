"""Large projects are published and previewed by jobs; what is frozen is of one moment, whoever else is at work."""

import io
import json
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from datasets import jobs
from datasets.models import Event, Job, Label, Project, Version, VersionClip
from datasets.runner import run_job, work_once
from datasets.selectors.versions import manifest_of
from datasets.services import beginning
from datasets.services.drafts import NothingToPublish
from datasets.services.publishing import request_preview, request_version
from datasets.services.versions import publish_version
from datasets.vocabulary import Modality
from tests.factories import ClipFactory, ProjectFactory, SourceFactory, fill_project
from tests.overtaking import Killed, Meanwhile
from tests.threads import shared_database, together


@pytest.fixture
def filled(project: Project) -> Project:
    return fill_project(project)


@pytest.fixture
def large(filled: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """One whose freezing nobody waits for."""
    monkeypatch.setattr(beginning, "AT_ONCE", 0)
    return filled


@pytest.fixture
def heard_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cancel is heard at the next word of progress, not within half a second."""
    monkeypatch.setattr(
        "datasets.runner.Work.progress", lambda work, done, total, doing="": (work.renew(doing=doing), work.check())
    )


def when(sql: str, act):
    """Act before the first statement that begins so."""
    seen = []

    def look(execute, statement, *rest):
        if statement.startswith(sql) and not seen:
            seen.append(statement)
            act()
        return execute(statement, *rest)

    return connection.execute_wrapper(look)


def die() -> None:
    raise Killed


def manifests() -> list[Path]:
    return list(Path(settings.MEDIA_ROOT).glob("versions/*/manifest.json"))


def relabel() -> None:
    Label.objects.filter(modality=Modality.MULTIMODAL).update(fifths=5)


def test_a_small_project_is_published_at_once(filled: Project) -> None:
    published = request_version(project=filled, seed=1)
    assert published.created
    assert not Job.objects.filter(kind="publish_version").exists()


def test_a_large_project_is_published_by_a_job_that_names_the_version(large: Project, admin) -> None:
    job = request_version(project=large, seed=1, notes="first", author=admin)
    assert (job.state, job.queue, Version.objects.count()) == ("queued", "media", 0)
    assert request_version(project=large, seed=1, notes="first") == job
    work_once("media")
    job.refresh_from_db()
    version = Version.objects.get()
    assert job.result == {
        "version": str(version.pk), "number": "1.0.0", "sha256": version.sha256, "created": True,
    }  # fmt: skip
    assert (version.created_by, version.notes, version.rows.count()) == (admin, "first", 14)
    again = request_version(project=large, seed=1, notes="first")
    run_job(jobs.claim_next(worker="w", within=again))
    again.refresh_from_db()
    assert again.result == job.result | {"created": False}


def test_what_cannot_be_published_is_an_error_at_once_or_of_the_job(project: Project, monkeypatch) -> None:
    monkeypatch.setattr(beginning, "AT_ONCE", 0)
    clip = ClipFactory(source__project=project)
    with pytest.raises(NothingToPublish):
        request_version(project=project, seed=1)
    Label.objects.create(clip=clip, modality=Modality.TEXT, fifths=1, origin="campaign")
    request_version(project=project, seed=1)
    work_once("media")
    assert "nothing to publish" in Job.objects.get().error


def test_a_job_tells_what_it_does(large: Project, monkeypatch) -> None:
    told: list[tuple[int, str]] = []
    monkeypatch.setattr(
        "datasets.runner.Work.progress", lambda work, done, total, doing: told.append((done, str(doing)))
    )
    request_version(project=large, seed=1)
    work_once("media")
    assert told == [(0, "Reading labels"), (1, "Splitting"), (2, "Describing"), (3, "Writing the version")]


@pytest.mark.parametrize("sql", ['INSERT INTO "datasets_version"', 'INSERT INTO "datasets_versionclip"'])
def test_a_worker_killed_while_it_writes_leaves_no_half_version_and_another_makes_it(large: Project, sql: str) -> None:
    before = set(manifests())
    job = request_version(project=large, seed=1)
    with when(sql, die), pytest.raises(Killed):
        run_job(jobs.claim_next(worker="killed", queue="media"))
    assert (Version.objects.count(), VersionClip.objects.count(), Event.objects.count()) == (0, 0, 0)
    assert set(manifests()) == before
    Job.objects.update(state=Job.State.QUEUED)
    work_once("media")
    job.refresh_from_db()
    assert job.result["version"] == str(Version.objects.get().pk)
    assert manifest_of(Version.objects.get())


def test_one_request_makes_one_version_even_if_its_worker_is_killed_right_after_it(large: Project, monkeypatch) -> None:
    job = request_version(project=large, seed=1)
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "end_job", lambda *_, **__: die())
        with pytest.raises(Killed):
            work_once("media")
    relabel()
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)
    run_job(jobs.claim_next(worker="another", within=job))
    job.refresh_from_db()
    assert (Version.objects.count(), job.state, job.result["number"]) == (1, "succeeded", "1.0.0")


def test_a_cancelled_job_freezes_nothing_and_can_be_tried_again(large: Project, heard_at_once) -> None:
    job = request_version(project=large, seed=1)
    with when('UPDATE "datasets_job" SET "lease_until"', lambda: Job.objects.update(cancel_requested=True)):
        work_once("media")
    job.refresh_from_db()
    assert (job.state, Version.objects.count()) == ("cancelled", 0)
    jobs.retry_job(job=job)
    work_once("media")
    assert Version.objects.count() == 1


def test_a_worker_that_lost_its_lease_freezes_nothing(large: Project) -> None:
    before = set(manifests())
    request_version(project=large, seed=1)
    with when("SAVEPOINT", lambda: Job.objects.update(fence=99)):  # its first transaction
        work_once("media")
    assert not Version.objects.exists()
    assert set(manifests()) == before


def test_labels_that_change_meanwhile_are_no_part_of_it(filled: Project) -> None:
    version = publish_version(project=filled, seed=1, watch=Meanwhile(relabel)).version
    frozen = {clip.labels[Modality.MULTIMODAL] for clip in manifest_of(version).clips if clip.supervised}
    assert frozen != {5}
    assert frozen == set(version.rows.exclude(multimodal=None).values_list("multimodal", flat=True))
    assert publish_version(project=filled, seed=1).version.number == "2.0.0"


def test_whoever_is_overtaken_follows_the_version_of_the_other(filled: Project) -> None:
    first = publish_version(project=filled, seed=1).version
    ClipFactory(source=SourceFactory(project=filled), supervised=False)

    def overtake() -> None:
        ClipFactory(source=SourceFactory(project=filled), supervised=False)
        publish_version(project=filled, seed=1, notes="other")

    published = publish_version(project=filled, seed=2, watch=Meanwhile(overtake))
    other = Version.objects.get(notes="other")
    assert (other.parent, published.version.parent) == (first, other)
    assert published.version.rows.count() == other.rows.count() == 16
    assert len({version.number for version in Version.objects.all()}) == 3


def test_whoever_is_overtaken_by_the_same_gets_that(filled: Project) -> None:
    published = publish_version(
        project=filled, seed=1, watch=Meanwhile(lambda: publish_version(project=filled, seed=1))
    )
    assert not published.created
    assert published.version == Version.objects.get()


def test_of_many_who_publish_at_the_same_moment_each_gets_a_number_and_a_whole_version(
    transactional_db: None, tmp_path: Path
) -> None:
    project = fill_project(ProjectFactory(), sources=12)
    with shared_database(tmp_path):
        seeds = [1, 1, 2, 2, 3, 4]
        published = together([partial(publish_version, project=project, seed=seed) for seed in seeds])
        found = together([lambda: list(Version.objects.order_by("created_at").select_related("parent"))])[0]
        rows = together([lambda: [version.rows.count() for version in found]])[0]
    assert [each.version.seed for each in published] == seeds
    assert sum(each.created for each in published) == len(found) == len({version.number for version in found})
    assert [version.parent for version in found] == [None, *found[:-1]]
    assert set(rows) == {38}
    assert len({version.sha256 for version in found}) == len(found)


def test_a_preview_of_a_large_project_is_found_out_once_for_a_state(large: Project) -> None:
    job = request_preview(project=large, seed=1)
    assert request_preview(project=large, seed=1) == job
    assert request_preview(project=large, seed=2) != job
    work_once("media")
    told = request_preview(project=large, seed=1)
    assert (told["feasible"], told["number"], told["same_as"]) == (True, "1.0.0", None)
    version = publish_version(project=large, seed=1).version
    assert told["statistics"] == version.statistics
    later = request_preview(project=large, seed=1)
    assert later.state == "queued"
    run_job(jobs.claim_next(worker="w", within=later))
    assert request_preview(project=large, seed=1)["same_as"] == str(version.pk)


def test_a_preview_says_by_a_job_too_why_nothing_can_be_published(project: Project, monkeypatch) -> None:
    monkeypatch.setattr(beginning, "AT_ONCE", 0)
    ClipFactory(source__project=project)
    request_preview(project=project, seed=1)
    work_once("media")
    assert request_preview(project=project, seed=1)["code"] == "nothing_to_publish"


def previewed(*options: str) -> dict:
    out = io.StringIO()
    call_command("publish_version", "--preview", "--json", *options, stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize("at_once", [0, 10_000])
def test_the_command_looks_ahead_and_tells_the_same_as_the_page(filled: Project, monkeypatch, at_once: int) -> None:
    monkeypatch.setattr(beginning, "AT_ONCE", at_once)
    told = previewed("--project", filled.name, "--seed", "1")
    assert told == json.loads(json.dumps(request_preview(project=filled, seed=1)))
    assert (told["number"], Version.objects.count()) == ("1.0.0", 0)


def test_the_command_says_in_words_what_would_be_frozen_or_why_nothing_can(filled: Project, capsys) -> None:
    command = ("publish_version", "--preview", "--project")
    clip = ClipFactory(source__project=filled)
    call_command(*command, filled.name)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Would become version 1.0.0"
    assert lines[-2:] == ["Left out for lack of labels: 1", f"  {clip}"]
    version = publish_version(project=filled, seed=1111).version
    call_command(*command, filled.name)
    assert capsys.readouterr().out.startswith(f"This is version 1.0.0 already: {version.pk}\n")
    Label.objects.all().delete()
    call_command(*command, filled.name)
    assert capsys.readouterr().out.startswith("Cannot be published: No clip of")


def test_over_http_a_large_project_is_published_by_a_job(api, admin, large: Project) -> None:
    api.force_login(admin)
    body = {"project": str(large.pk), "seed": 1}
    preview = api.post("/api/versions/preview/", body, format="json")
    assert (preview.status_code, preview.json()["job"]["kind"]) == (202, "preview_version")
    work_once("media")
    preview = api.post("/api/versions/preview/", body, format="json")
    assert (preview.status_code, preview.json()["number"]) == (200, "1.0.0")
    asked = api.post("/api/versions/", body, format="json")
    assert (asked.status_code, asked.json()["job"]["kind"]) == (202, "publish_version")
    work_once("media")
    job = api.get(f"/api/jobs/{asked.json()['job']['id']}/").json()
    assert (job["state"], job["result"]["number"]) == ("succeeded", "1.0.0")
    assert api.get(f"/api/versions/{job['result']['version']}/").status_code == 200


def test_the_command_works_through_the_job_itself(large: Project, capsys: pytest.CaptureFixture) -> None:
    call_command("publish_version", project=large.name, seed=1, as_json=True)
    first = json.loads(capsys.readouterr().out)
    call_command("publish_version", project=large.name, seed=1, as_json=True)
    again = json.loads(capsys.readouterr().out)
    assert first == again | {"created": True}
    assert again["created"] is False
    assert Job.objects.filter(kind="publish_version", state="succeeded").count() == 2


def test_the_command_tells_why_the_job_failed(large: Project) -> None:
    Label.objects.exclude(modality=Modality.TEXT).delete()
    with pytest.raises(CommandError, match="nothing to publish"):
        call_command("publish_version", project=large.name, seed=1)
