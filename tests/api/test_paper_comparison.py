"""The paper's tables beside a version's runs, over HTTP and by command."""

import json

import pytest
from django.core.management import call_command

from tests.factories import VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(project):
    return VersionFactory(project=project)


def test_the_tables_are_told_with_what_cueset_can_train(api, researcher, version):
    api.force_login(researcher)
    told = api.get(f"/api/versions/{version.pk}/comparison/?recipe=paper").json()
    assert [table["number"] for table in told["tables"]] == [2, 3, 4]
    rows = {row["name"]: row for row in told["tables"][0]["rows"]}
    assert (rows["TFN"]["can_train"], rows["AV-MC*"]["can_train"]) == (False, True)
    assert rows["AV-MC*"]["published"]["mae"] == 0.297
    assert not any(rows["AV-MC*"]["ours"].values())


@pytest.mark.parametrize(
    ("kind", "starts", "ending"), [("csv", "table,row,metric", "csv"), ("latex", "% Table 2", "tex")]
)
def test_it_can_be_taken_away(api, researcher, version, kind, starts, ending):
    api.force_login(researcher)
    answer = api.get(f"/api/versions/{version.pk}/comparison/{kind}/")
    assert answer.content.decode().startswith(starts)
    assert f"comparison_{version.number}.{ending}" in answer["Content-Disposition"]


@pytest.mark.parametrize("query", ["recipe=mine", "features=lsa"])
def test_what_it_cannot_be_asked_for_is_a_400(api, researcher, version, query):
    api.force_login(researcher)
    assert api.get(f"/api/versions/{version.pk}/comparison/?{query}").status_code == 400


def test_strangers_and_annotators_do_not_see_it(api, stranger, annotator, version):
    for user in (stranger, annotator):
        api.force_login(user)
        for path in ("comparison/", "comparison/csv/", "comparison/latex/"):
            assert api.get(f"/api/versions/{version.pk}/{path}").status_code == 404


def test_the_command_prints_the_same(version, capsys):
    call_command("compare_with_paper", str(version.pk), "--json")
    assert len(json.loads(capsys.readouterr().out)["tables"]) == 3
    call_command("compare_with_paper", str(version.pk), "--as", "tex")
    assert capsys.readouterr().out.startswith("% Table 2")
