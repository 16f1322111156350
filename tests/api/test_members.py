"""Who lets whom into a project."""

import json

import pytest
from django.core.management import call_command

from datasets.models import Event, Project, Role
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_an_admin_makes_a_project_and_administers_it(api, admin):
    api.force_login(admin)
    answer = api.post("/api/projects/", {"name": "访谈", "description": "Interviews"}, format="json")
    assert answer.status_code == 201
    assert (answer.json()["name"], answer.json()["my_roles"]) == ("访谈", ["admin"])


@pytest.mark.parametrize(("name", "status"), [("", 400), (" ", 400), ("x" * 101, 400), ("x" * 100, 201)])
def test_a_name_that_no_project_can_have_is_refused(api, admin, name, status):
    api.force_login(admin)
    assert api.post("/api/projects/", {"name": name}, format="json").status_code == status


def test_a_second_project_of_the_same_name_is_refused(api, admin, project):
    api.force_login(admin)
    answer = api.post("/api/projects/", {"name": project.name}, format="json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "conflict")


def test_researchers_and_annotators_make_no_projects(api, researcher, annotator):
    for user in (researcher, annotator):
        api.force_login(user)
        assert api.post("/api/projects/", {"name": "mine"}, format="json").status_code == 403
    assert not Project.objects.filter(name="mine").exists()


def test_an_admin_lets_a_new_person_in_who_can_sign_in_with_the_password_shown(api, admin, project):
    api.force_login(admin)
    path = f"/api/projects/{project.pk}/members/"
    added = api.post(path, {"username": "li", "kind": "researcher"}, format="json").json()
    again = api.post(path, {"username": "li", "kind": "researcher"}, format="json").json()
    assert again == {**added, "password": ""}
    assert {"id": added["id"], "username": "li", "kind": "researcher"} in api.get(path).json()
    assert [event.subject for event in Event.objects.filter(verb="added researcher")] == ["li"]
    api.logout()
    assert (
        api.post("/api/session/", {"username": "li", "password": added["password"]}, format="json").status_code == 200
    )


def test_a_role_is_taken_back_but_never_the_last_admins(api, admin, researcher, project):
    api.force_login(admin)
    for kind, status in (("researcher", 204), ("admin", 409)):
        role = Role.objects.get(project=project, kind=kind)
        assert api.delete(f"/api/members/{role.pk}/").status_code == status
    assert list(Role.objects.filter(project=project).values_list("kind", flat=True)) == ["admin"]


def test_only_admins_say_who_takes_part(api, researcher, annotator, stranger, project):
    role = Role.objects.get(user=annotator)
    path = f"/api/projects/{project.pk}/members/"
    for user, expected in ((researcher, 403), (annotator, 404), (stranger, 404)):
        api.force_login(user)
        assert api.post(path, {"username": "me_too", "kind": "admin"}, format="json").status_code == expected
        assert api.delete(f"/api/members/{role.pk}/").status_code == expected
        assert api.get(path).status_code == (200 if user == researcher else 404)
    assert Role.objects.filter(project=project).count() == 2


def run(capsys, *arguments: str) -> dict:
    call_command(*arguments, "--json")
    return json.loads(capsys.readouterr().out)


def test_the_commands_do_the_same(capsys):
    assert run(capsys, "create_project", "by hand")["name"] == "by hand"
    UserFactory(username="wang")
    assert run(capsys, "give_role", "wang", "--project", "by hand", "--kind", "researcher")["password"] is None
    assert run(capsys, "give_role", "zhao", "--project", "by hand", "--kind", "admin")["password"]
    assert run(capsys, "give_role", "wang", "--project", "by hand", "--kind", "researcher", "--remove")["removed"]
    assert [str(role) for role in Role.objects.filter(project__name="by hand")] == ["zhao is admin of by hand"]
