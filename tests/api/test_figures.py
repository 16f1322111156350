"""Figures of versions and campaigns, over HTTP and by command."""

import json

import pytest
from django.core.management import CommandError, call_command

from annotator.models import Annotation, Assignment
from datasets.models import Analysis, Clip, Project, Version
from datasets.services.versions import publish_version
from tests.factories import fill_project, make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(project: Project) -> Version:
    return publish_version(project=fill_project(project), seed=1).version


def test_figures_of_a_version_are_computed_once_and_kept(api, researcher, version):
    api.force_login(researcher)
    first = api.get(f"/api/versions/{version.pk}/figures/").json()
    assert [row["total"] for row in first["table1"]][3:] == [12, 2]
    assert first["agreement"]["audio"]["annotators"] == 3
    Clip.objects.update(transcript="changed afterwards")
    stored = Analysis.objects.get()
    Analysis.objects.update(answer=stored.answer | {"scenarios": []})
    again = api.get(f"/api/versions/{version.pk}/figures/").json()
    assert again == first | {"scenarios": [], "analysis": again["analysis"]}
    assert (again["analysis"]["id"], again["analysis"]["newer"]) == (str(stored.pk), None)


def test_clips_that_disagree_lead_to_their_players(api, researcher, version):
    api.force_login(researcher)
    worst = api.get(f"/api/versions/{version.pk}/figures/").json()["disagreeing"][0]
    assert str(Clip.objects.get(pk=worst["id"])) == worst["clip"]


def test_a_campaign_has_figures_while_it_is_under_way(api, admin, project):
    campaign = make_campaign(project, clips=2)
    (rated, _) = campaign.campaign_clips.order_by("clip__order")
    for assignment in Assignment.objects.filter(clip=rated.clip, modality="text"):
        assignment.current = Annotation.objects.create(
            assignment=assignment, score=3, idempotency_key=str(assignment.pk)
        )
        assignment.save()
    api.force_login(admin)
    facts = api.get(f"/api/campaigns/{campaign.pk}/figures/").json()
    assert facts["grid"]["text"] == [*[0] * 10, 1]
    assert sum(facts["grid"]["audio"]) == 0
    assert facts["scenarios"][0]["supervised"]["clips"] == 2


def test_a_stranger_and_an_annotator_see_no_figures(api, stranger, annotator, project, version):
    campaign = make_campaign(project)
    for person in (stranger, annotator):
        api.force_login(person)
        assert api.get(f"/api/versions/{version.pk}/figures/").status_code == 404
        assert api.get(f"/api/campaigns/{campaign.pk}/figures/").status_code == 404


def test_the_command_writes_a_table_for_every_figure(version, tmp_path, capsys):
    call_command("version_statistics", str(version.pk), csv=tmp_path / "figures", as_json=True)
    result = json.loads(capsys.readouterr().out)
    assert len(result["files"]) == 9
    lines = (tmp_path / "figures" / "discrepancies.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "first,second,clips,mean"
    assert lines[1].startswith("text,audio,12,")


def test_the_command_says_what_is_wrong_with_the_folder(version, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="cannot be written to"):
        call_command("version_statistics", str(version.pk), csv=tmp_path / "file")


def test_the_commands_show_the_short_tables_to_people(project, version, capsys):
    campaign = make_campaign(project)
    call_command("version_statistics", str(version.pk))
    assert "positive_to_negative" in capsys.readouterr().out
    call_command("campaign_statistics", campaign=campaign.name)
    assert "positive_to_negative" in capsys.readouterr().out
