"""Recipes and extractors over HTTP."""

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from modeling.extractors import EXTRACTORS


def test_every_recipe_is_told_with_its_settings(api: APIClient, researcher: User) -> None:
    api.force_login(researcher)
    recipes = api.get("/api/recipes/").json()
    assert {(each["name"], each["semi"]) for each in recipes} == {
        ("paper", True), ("paper", False), ("released", True), ("released", False),
    }  # fmt: skip
    assert all(each["settings"]["patience"] == 8 for each in recipes)


def test_an_extractor_that_cannot_run_says_why(
    api: APIClient, researcher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from modeling.extractors import extractor
    from modeling.extractors.bert import Bert

    bert = extractor("bert")
    assert isinstance(bert, Bert)
    monkeypatch.setattr(bert, "model", "/no/such/folder")
    api.force_login(researcher)
    rows = {row["name"]: row for row in api.get("/api/extractors/").json()}
    assert set(rows) == set(EXTRACTORS)
    nothing = {"code": "", "english": "", "facts": {}}
    assert rows["lsa"] == {"name": "lsa", "modality": "text", "available": True, "why_not": nothing}
    assert not rows["bert"]["available"]
    assert rows["bert"]["why_not"]["code"] == "bert_not_here"
    assert "CUESET_BERT_MODEL" in rows["bert"]["why_not"]["english"]


@pytest.mark.parametrize("path", ["/api/recipes/", "/api/extractors/"])
def test_nobody_signed_out_reads_them(api: APIClient, db: None, path: str) -> None:
    assert api.get(path).status_code == 401
