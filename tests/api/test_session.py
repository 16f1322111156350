"""Signing in, out, and changing a password."""

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet instrument"


@pytest.fixture(autouse=True)
def fresh_attempts():
    cache.clear()


@pytest.fixture
def account(annotator):
    annotator.set_password(PASSWORD)
    annotator.save()
    return annotator


def sign_in(api, account, password=PASSWORD):
    return api.post("/api/session/", {"username": account.username, "password": password}, format="json")


def test_nobody_is_signed_in_at_first(api):
    assert api.get("/api/session/").json() == {"user": None, "roles": []}


def test_signing_in_tells_who_one_is_and_what_one_may_do(api, account, project):
    body = sign_in(api, account).json()
    assert body["user"]["username"] == account.username
    assert body["roles"] == [{"project": str(project.pk), "project_name": project.name, "kind": "annotator"}]
    assert api.get("/api/session/").json() == body


def test_a_wrong_password_is_refused_without_saying_which_half_was_wrong(api, account):
    wrong = sign_in(api, account, "nonsense")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (400, "wrong_password")


def test_signing_in_needs_the_csrf_token(account):
    assert sign_in(APIClient(enforce_csrf_checks=True), account).status_code == 403


def test_a_client_without_pages_gets_the_csrf_token_by_asking_who_it_is(account):
    client = APIClient(enforce_csrf_checks=True)
    client.get("/api/session/")
    token = client.cookies["csrftoken"].value
    body = {"username": account.username, "password": PASSWORD}
    assert client.post("/api/session/", body, format="json", headers={"X-CSRFToken": token}).status_code == 200


def test_the_eleventh_attempt_in_a_minute_is_not_looked_at(api, account):
    for _ in range(10):
        sign_in(api, account, "guess")
    assert sign_in(api, account).status_code == 429


def test_signing_out_ends_the_session(api, account):
    sign_in(api, account)
    assert api.delete("/api/session/").status_code == 204
    assert api.get("/api/session/").json()["user"] is None


def test_a_changed_password_ends_the_other_sessions(account):
    here, elsewhere = APIClient(), APIClient()
    sign_in(here, account)
    sign_in(elsewhere, account)
    body = {"old": PASSWORD, "new": "another quiet instrument"}
    assert here.post("/api/session/password/", body, format="json").status_code == 204
    assert here.get("/api/session/").json()["user"] is not None
    assert elsewhere.get("/api/session/").json()["user"] is None


def test_a_weak_new_password_is_refused_with_the_reason(api, account):
    sign_in(api, account)
    answer = api.post("/api/session/password/", {"old": PASSWORD, "new": "short"}, format="json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "weak_password")
    assert "10 characters" in answer.json()["error"]["message"]
