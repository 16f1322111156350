"""Sources: where they come from and what the people in them agreed to, written down by admins alone."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def talks(project):
    return [SourceFactory(project=project, video_id=f"talk{number}") for number in range(3)]


def terms(project):
    return {source.video_id: (source.origin, source.consent) for source in project.sources.all()}


def test_an_admin_describes_one_source_and_what_is_not_given_stays(api, admin, project, talks):
    api.force_login(admin)
    path = f"/api/sources/{talks[0].pk}/"
    api.patch(path, {"origin": "evening news, 3 May"}, format="json")
    row = api.patch(path, {"consent": "form 7"}, format="json").json()
    assert (row["origin"], row["consent"], row["clips"]) == ("evening news, 3 May", "form 7", 0)
    event = api.get(f"/api/projects/{project.pk}/events/").json()["results"][0]
    assert (event["verb"], event["details"]) == ("described sources", {"sources": ["talk0"], "count": 1})
    api.patch(path, {"consent": "form 7"}, format="json")
    assert len(api.get(f"/api/projects/{project.pk}/events/").json()["results"]) == 2


def test_many_are_described_at_once_or_none(api, admin, project, talks):
    api.force_login(admin)
    path = f"/api/projects/{project.pk}/sources/"
    rows = [{"video_id": "talk0", "consent": "form 1"}, {"video_id": "talk9", "consent": "form 2"}]
    answer = api.post(path, {"sources": rows}, format="json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "unknown_sources")
    assert "talk9" in answer.json()["error"]["message"]
    assert terms(project)["talk0"] == ("", "")
    rows[1]["video_id"] = "talk1"
    assert api.post(path, {"sources": rows}, format="json").json() == {"changed": 2}
    assert terms(project) == {"talk0": ("", "form 1"), "talk1": ("", "form 2"), "talk2": ("", "")}


def test_those_that_lack_something_are_listed(api, admin, project, talks):
    talks[1].origin = "studio"
    talks[1].save()
    api.force_login(admin)
    found = api.get("/api/sources/", {"project": project.pk, "lacking": "origin"}).json()["results"]
    assert [row["video_id"] for row in found] == ["talk0", "talk2"]


@pytest.mark.parametrize(("who", "status"), [("researcher", 403), ("annotator", 404), ("stranger", 404)])
def test_others_change_nothing(api, request, who, status, project, talks):
    api.force_login(request.getfixturevalue(who))
    rows = {"sources": [{"video_id": "talk0", "consent": "mine"}]}
    assert api.post(f"/api/projects/{project.pk}/sources/", rows, format="json").status_code == status
    assert api.patch(f"/api/sources/{talks[0].pk}/", {"consent": "mine"}, format="json").status_code == status
    assert terms(project)["talk0"] == ("", "")


def test_the_command_says_it_of_the_project_and_of_a_table_of_sources(project, talks, tmp_path, capsys):
    table = tmp_path / "terms.csv"
    table.write_text("video_id,consent\ntalk0,form 1\ntalk2,form 3\n", encoding="utf-8-sig")
    call_command("describe_project", project.name, licence="CC BY 4.0", sources=table, as_json=True)
    said = json.loads(capsys.readouterr().out)
    assert (said["licence"], said["sources_changed"], said["without_consent"]) == ("CC BY 4.0", 2, 1)
    assert terms(project)["talk2"] == ("", "form 3")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("video,consent\na,b\n", "needs the column video_id"),
        ("video_id\ntalk0\n", "origin or consent"),
        ("video_id,consent\ntalk0,a\ntalk0,b\n", "line 3: talk0 is there twice"),
        ("video_id,consent\n,a\n", "line 2: no video_id"),
        ("video_id,consent\ntalk0,signed, May\n", "line 2: 3 cells under 2 columns: put quotes around"),
        ("video_id,consent,consent\ntalk0,a,b\n", "has the column consent more than once"),
        (f"video_id,consent\ntalk0,{'x' * 501}\n", "line 2: consent has more than 500 characters"),
        ("video_id,consent\ntalk7,a\n", "no source talk7; nothing was changed"),
    ],
)
def test_a_table_that_cannot_be_taken_is_refused_whole_with_its_line(project, talks, tmp_path, table, words):
    path = tmp_path / "terms.csv"
    path.write_text(table)
    with pytest.raises(CommandError, match=words):
        call_command("describe_project", project.name, licence="CC0", sources=path)
    project.refresh_from_db()
    assert (project.licence, set(terms(project).values())) == ("", {("", "")})
