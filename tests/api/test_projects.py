"""Projects: who sees them, what they count, who may change them."""

import pytest

from tests.factories import ClipFactory, LabelFactory, ProjectFactory, SourceFactory

pytestmark = pytest.mark.django_db


def test_an_admin_sees_the_counts_of_the_project(api, admin, project):
    clips = ClipFactory.create_batch(3, source=SourceFactory(project=project))
    ClipFactory(source=clips[0].source, supervised=False)
    LabelFactory(clip=clips[0])
    api.force_login(admin)
    (row,) = api.get("/api/projects/").json()
    assert row["counts"] == {"sources": 1, "clips": 4, "supervised": 3, "labelled": 1, "versions": 0}
    assert row["my_roles"] == ["admin"]


def test_annotators_and_strangers_see_no_project(api, annotator, stranger, project):
    for user in (annotator, stranger):
        api.force_login(user)
        assert str(project.pk) not in {row["id"] for row in api.get("/api/projects/").json()}
        assert api.get(f"/api/projects/{project.pk}/").status_code == 404


def test_the_list_costs_the_same_for_one_project_and_for_ten(api, admin_of_all, django_assert_num_queries):
    api.force_login(admin_of_all)
    ProjectFactory.create_batch(10)
    with django_assert_num_queries(11):
        api.get("/api/projects/")


@pytest.fixture
def admin_of_all(admin):
    admin.is_superuser = True
    admin.save()
    return admin


def test_an_admin_changes_settings_and_the_change_is_recorded(api, admin, project):
    api.force_login(admin)
    answer = api.patch(f"/api/projects/{project.pk}/", {"licence": "CC BY 4.0"}, format="json")
    assert answer.json()["licence"] == "CC BY 4.0"
    (event,) = api.get(f"/api/projects/{project.pk}/events/").json()["results"]
    assert (event["verb"], event["actor"], event["details"]) == (
        "changed settings",
        admin.username,
        {"fields": ["licence"]},
    )


def test_a_researcher_may_look_but_not_change(api, researcher, project):
    api.force_login(researcher)
    assert api.get(f"/api/projects/{project.pk}/").status_code == 200
    assert api.patch(f"/api/projects/{project.pk}/", {"licence": "mine"}, format="json").status_code == 403


def test_the_record_of_a_project_is_closed_to_strangers(api, stranger, project):
    api.force_login(stranger)
    assert api.get(f"/api/projects/{project.pk}/events/").status_code == 404
