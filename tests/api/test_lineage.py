"""What a version came from and what stands on it, over HTTP and by command."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from annotator.selectors.progress import label_origin
from datasets.models import Clip, Download, Job, Label, Version
from datasets.runner import finish_here
from datasets.services.exports import request_export
from datasets.services.versions import publish_version, withdraw_version
from datasets.vocabulary import Modality
from modeling.services.runs import RunSettings, create_run
from tests.factories import fill_project, make_campaign
from tests.modeling.corpora import EXTRACTORS, make_feature_set

pytestmark = pytest.mark.django_db


def publish(project, seed: int = 1111) -> Version:
    return publish_version(project=project, seed=seed).version


def lineage(api, version: Version) -> dict:
    answer = api.get(f"/api/versions/{version.pk}/lineage/")
    assert answer.status_code == 200, answer.json()
    return answer.json()


def names(found: dict) -> list[str]:
    return [each["name"] for each in found["shown"]]


def test_sources_are_counted_with_their_clips(api, researcher, project):
    version = publish(fill_project(project))
    api.force_login(researcher)
    sources = lineage(api, version)["sources"]
    assert sources["total"] == 5
    assert {each["name"]: each["clips"] for each in sources["shown"]} == {"v0": 3, "v1": 3, "v2": 3, "v3": 3, "u": 2}


def test_only_campaigns_that_settled_its_labels_are_named(api, researcher, project):
    fill_project(project)
    campaign = make_campaign(project, name="first", clips=0)
    make_campaign(project, name="idle", clips=0)
    left = Clip.objects.filter(project=project, supervised=True).order_by("order")[:3]
    campaign.campaign_clips.filter(clip__in=list(left)).delete()
    Label.objects.filter(clip__campaign_clips__campaign=campaign).update(origin=label_origin(campaign))
    version = publish(project)
    api.force_login(researcher)
    campaigns = lineage(api, version)["campaigns"]
    assert [(each["name"], each["clips"]) for each in campaigns["shown"]] == [("first", 9)]


def test_imports_that_ended_well_before_it_are_named_and_later_ones_are_not(api, researcher, project):
    def job(state: str, title: str) -> Job:
        return Job.objects.create(project=project, kind="import_chsims", queue="media", title=title, state=state)

    job(Job.State.SUCCEEDED, "before")
    job(Job.State.FAILED, "failed")
    version = publish(fill_project(project))
    job(Job.State.SUCCEEDED, "after")
    api.force_login(researcher)
    assert names(lineage(api, version)["imports"]) == ["before"]


def test_the_parent_and_the_children_are_named_with_their_fate(api, researcher, project):
    fill_project(project)
    first, second, third = (publish(project, seed) for seed in (1, 2, 3))
    withdraw_version(version=third, reason="wrong seed")
    api.force_login(researcher)
    found = lineage(api, second)
    assert [(each["name"], each["state"]) for each in found["parents"]["shown"]] == [(first.number, "")]
    assert [(each["name"], each["state"]) for each in found["children"]["shown"]] == [(third.number, "withdrawn")]
    assert lineage(api, first)["parents"] == {"total": 0, "shown": []}


def test_exports_say_who_made_and_who_took_them_the_latest_first(api, researcher, admin, project):
    version = publish(fill_project(project))
    export, job = request_export(version=version, format="csv", include_media=False, author=admin)
    finish_here(job)
    for user in (admin, researcher):
        Download.objects.create(export=export, user=user)
    api.force_login(researcher)
    (told,) = lineage(api, version)["exports"]["shown"]
    assert (told["name"], told["by"], told["state"]) == ("csv", admin.username, "succeeded")
    assert [each["by"] for each in told["downloads"]] == [researcher.username, admin.username]


def test_runs_name_the_feature_sets_that_they_read(api, researcher, project):
    version = publish(fill_project(project))
    sets = {modality: make_feature_set(version, modality) for modality in EXTRACTORS}
    make_feature_set(version, Modality.TEXT, digest="unused")
    chosen = RunSettings()
    create_run(
        version=version, chosen=chosen, full_recipe=chosen.full_recipe(), feature_sets=sets, actor=researcher
    )  # fmt: skip
    api.force_login(researcher)
    found = lineage(api, version)
    assert [(each["modality"], each["name"]) for each in found["feature_sets"]["shown"]] == [
        ("text", "lsa"), ("vision", "landmarks"), ("audio", "egemaps"), ("text", "lsa"),
    ]  # fmt: skip
    (run,) = found["runs"]["shown"]
    assert (run["name"], run["by"]) == ("AV-MC (released), seed 1111", researcher.username)
    assert run["said"]["facts"] == {"model": "avmc", "recipe": "released", "seed": 1111}
    assert set(run["on"]) == {str(each.pk) for each in sets.values()}


def test_it_takes_as_many_queries_for_many_exports_and_runs_as_for_few(
    api, researcher, project, django_assert_max_num_queries
):
    version = publish(fill_project(project))
    for _ in range(4):
        export, _ = request_export(version=version, format="csv", include_media=False)
        Download.objects.create(export=export, user=researcher)
    sets = {modality: make_feature_set(version, modality) for modality in EXTRACTORS}
    for seed in range(4):
        chosen = RunSettings(seed=seed)
        create_run(version=version, chosen=chosen, full_recipe=chosen.full_recipe(), feature_sets=sets)
    api.force_login(researcher)
    with django_assert_max_num_queries(22):
        lineage(api, version)


def test_a_stranger_sees_no_lineage(api, stranger, project):
    version = publish(fill_project(project))
    api.force_login(stranger)
    assert api.get(f"/api/versions/{version.pk}/lineage/").status_code == 404


def test_the_command_tells_the_same(api, researcher, project):
    version = publish(fill_project(project))
    api.force_login(researcher)
    out = StringIO()
    call_command("lineage", str(version.pk), as_json=True, stdout=out)
    assert json.loads(out.getvalue()) == lineage(api, version)
    out = StringIO()
    call_command("lineage", str(version.pk), stdout=out)
    assert "  v0  3 clips" in out.getvalue().splitlines()
