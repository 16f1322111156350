"""What changed between two versions, over HTTP and by command."""

import json

import pytest
from django.core.management import CommandError, call_command

from datasets.models import Label, Project, Version
from datasets.services.versions import publish_version
from tests.factories import ClipFactory, SourceFactory, fill_project

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
