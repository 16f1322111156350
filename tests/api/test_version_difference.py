"""What changed between two versions, over HTTP and by command."""

import json

import pytest
from django.core.management import CommandError, call_command

from datasets.models import Label, Project, Role, Version
from datasets.people import give_role
from datasets.runner import work_once
from datasets.services.versions import publish_version
from tests.factories import ClipFactory, ProjectFactory, SourceFactory, fill_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def versions(project: Project) -> tuple[Version, Version]:
    """Two versions: in the second a clip was added, and one label and one of its scores changed."""
    first = publish_version(project=fill_project(project), seed=1).version
    ClipFactory(source=SourceFactory(project=project, video_id="w"), clip_id="new", supervised=False)
    label = Label.objects.get(clip__clip_id="0000", modality="text")
    label.scores = [{**label.scores[0], "score": 3}, *label.scores[1:]]
    label.fifths = 0
    label.save()
    return first, publish_version(project=project, seed=1).version


def test_a_version_is_compared_with_the_one_before_it(api, researcher, versions):
    first, second = versions
    api.force_login(researcher)
    facts = api.get(f"/api/versions/{second.pk}/difference/").json()
    assert (facts["before"]["number"], facts["after"]["number"]) == (first.number, "2.0.0")
    assert facts["added"] == ["w$_$new"]
    assert facts["counts"]["labels"] == 1
    (change,) = facts["labels"]
    assert (change["clip"], change["modality"]) == ("v0$_$0000", "text")
    assert (change["before"], change["after"], change["by"]) == (-1.0, 0.0, 1.0)
    assert change["scores"] == [{"annotator": "A1", "before": -3, "after": 3}]
    assert facts["annotators"] == [{"annotator": "A1", "labels": 1, "scores": 1}]
    assert [row["split"] for row in facts["before"]["table1"]] == ["train", "valid", "test", "all", "unsupervised"]


def test_two_versions_are_compared_the_other_way_round_too(api, researcher, versions):
    first, second = versions
    api.force_login(researcher)
    facts = api.get(f"/api/versions/{first.pk}/difference/", {"from": str(second.pk)}).json()
    assert (facts["removed"], facts["counts"]["added"]) == (["w$_$new"], 0)


def test_a_limit_shortens_the_lists_and_not_the_counts(api, researcher, versions):
    api.force_login(researcher)
    facts = api.get(f"/api/versions/{versions[1].pk}/difference/", {"limit": 0}).json()
    assert (facts["added"], facts["labels"]) == ([], [])
    assert (facts["counts"]["added"], facts["counts"]["labels"]) == (1, 1)


def test_a_first_version_has_nothing_before_it(api, researcher, versions):
    api.force_login(researcher)
    answer = api.get(f"/api/versions/{versions[0].pk}/difference/")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "no_earlier_version")


def test_a_stranger_compares_nothing_here(api, stranger, versions):
    api.force_login(stranger)
    first, second = versions
    assert api.get(f"/api/versions/{second.pk}/difference/").status_code == 404
    own = publish_version(project=fill_project(stranger.project_roles.get().project), seed=1).version
    assert api.get(f"/api/versions/{own.pk}/difference/", {"from": str(first.pk)}).status_code == 404


def test_the_command_tells_the_same(versions, capsys):
    _, second = versions
    call_command("diff_versions", str(second.pk), as_json=True)
    result = json.loads(capsys.readouterr().out)
    assert (result["counts"]["added"], result["labels"][0]["by"]) == (1, 1.0)
    call_command("diff_versions", str(second.pk))
    told = capsys.readouterr().out
    assert "v0$_$0000 text: -1.0 → +0.0 A1 -3 → 3" in told
    assert "A1: 1 scores changed, 1 labels moved with them" in told


def test_the_commands_fail_with_one_line(versions):
    with pytest.raises(CommandError, match="is the first of"):
        call_command("diff_versions", str(versions[0].pk))
    with pytest.raises(CommandError, match="There is no version"):
        call_command("withdraw_version", "1.0.0", reason="x")


def test_a_version_is_withdrawn_by_command(versions, capsys):
    call_command("withdraw_version", str(versions[0].pk), reason="wrong videos", as_json=True)
    assert json.loads(capsys.readouterr().out)["reason"] == "wrong videos"


def test_a_stranger_reads_no_leaks(api, stranger, versions):
    api.force_login(stranger)
    for method in (api.get, api.post):
        assert method(f"/api/versions/{versions[0].pk}/leaks/").status_code == 404


@pytest.fixture
def nothing_is_quick(settings):
    settings.ANALYSES_AT_ONCE = 0


def test_a_difference_of_large_versions_is_computed_once_by_a_job(api, researcher, versions, nothing_is_quick):
    api.force_login(researcher)
    path = f"/api/versions/{versions[1].pk}/difference/"
    accepted = api.get(path)
    assert (accepted.status_code, accepted.json()["job"]["title"]) == (202, "What changed from 1.0.0 to 2.0.0")
    while work_once("media"):
        pass
    facts = api.get(path).json()
    assert (facts["counts"]["labels"], facts["analysis"]["newer"]) == (1, None)
    assert facts["labels"][0]["scores"] == [{"annotator": "A1", "before": -3, "after": 3}]
    assert api.get(path, {"limit": 0}).json()["labels"] == []
    assert api.get(path, {"limit": 5000}).status_code == 202  # for a file: kept apart, so that the page's stays short
    refused = api.post(f"/api/analyses/{facts['analysis']['id']}/refresh/")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "conflict")


def test_who_sees_one_of_the_versions_alone_cannot_have_them_compared(api, admin, researcher, versions, settings):
    settings.ANALYSES_AT_ONCE = 0
    elsewhere = publish_version(project=fill_project(ProjectFactory()), seed=1).version
    give_role(project=elsewhere.project, user=admin, kind=Role.Kind.RESEARCHER)
    api.force_login(admin)
    path = f"/api/versions/{versions[0].pk}/difference/?from={elsewhere.pk}"
    analysis = api.get(path).json()["id"]
    api.force_login(researcher)
    assert api.get(path).status_code == 404
    assert api.post(f"/api/analyses/{analysis}/refresh/").status_code == 403


def test_the_command_keeps_what_it_computed_for_the_pages(api, researcher, versions, nothing_is_quick, capsys):
    call_command("diff_versions", str(versions[1].pk), limit=200, as_json=True)
    told = json.loads(capsys.readouterr().out)
    api.force_login(researcher)
    answer = api.get(f"/api/versions/{versions[1].pk}/difference/")
    assert (answer.status_code, answer.json()["labels"]) == (200, told["labels"])


def test_figures_of_a_large_version_are_computed_by_a_job(api, researcher, versions, nothing_is_quick):
    api.force_login(researcher)
    path = f"/api/versions/{versions[1].pk}/figures/"
    assert api.get(path).status_code == 202
    while work_once("media"):
        pass
    assert api.get(path).json()["table1"] == versions[1].statistics["table1"]
