"""What annotators told about clips, over HTTP and as a table."""

import csv

import pytest
from django.core.management import call_command

from tests.annotator.conftest import answer, next_assignment
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(project):
    return make_campaign(project).memberships.select_related("campaign", "annotator").earliest("pk")


def flags(api, campaign, **query):
    return api.get(f"/api/campaigns/{campaign.pk}/flags/", query)


def test_the_admin_sees_reasons_and_comments_by_pseudonym_without_scores(api, member, admin):
    answer(next_assignment(member), None, reason="technical", comment="")
    answer(next_assignment(member), 3, comment="two people speak")
    api.force_login(admin)
    rows = flags(api, member.campaign).json()["results"]
    assert [(row["annotator"], row["reason"], row["comment"]) for row in rows] == [
        ("A1", "technical", ""), ("A1", "", "two people speak"),
    ]  # fmt: skip
    assert "score" not in rows[1]


def test_a_second_page_follows_the_first(api, member, admin):
    for _ in range(2):
        answer(next_assignment(member), None, reason="technical")
    api.force_login(admin)
    first = flags(api, member.campaign, page_size=1).json()
    second = api.get(first["next"]).json()
    assert len(first["results"]) == len(second["results"]) == 1
    assert first["results"] != second["results"]
    assert second["next"] is None


def test_flags_are_filtered_by_reason_and_modality(api, member, admin):
    answer(next_assignment(member), None, reason="technical")
    api.force_login(admin)
    assert len(flags(api, member.campaign, reason="technical", modality="text").json()["results"]) == 1
    assert flags(api, member.campaign, reason="no_face").json()["results"] == []
    assert flags(api, member.campaign, modality="audio").json()["results"] == []


def test_a_flag_that_was_taken_back_is_gone(api, member, admin):
    assignment = next_assignment(member)
    answer(assignment, None, reason="technical")
    answer(assignment, 1)
    api.force_login(admin)
    assert flags(api, member.campaign).json()["results"] == []


def test_a_stranger_and_an_annotator_see_none(api, member, stranger):
    for user in (stranger, member.annotator):
        api.force_login(user)
        assert flags(api, member.campaign).status_code == 404


def test_the_table_holds_no_cell_that_a_spreadsheet_would_run(member, tmp_path):
    answer(next_assignment(member), 1, comment="=HYPERLINK(1)")
    call_command("list_flags", campaign=member.campaign.name, csv=tmp_path / "flags.csv")
    with (tmp_path / "flags.csv").open(encoding="utf-8-sig") as file:
        (row,) = csv.DictReader(file)
    assert (row["modality"], row["comment"]) == ("text", "'=HYPERLINK(1)")
