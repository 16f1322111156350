"""Feature sets of a version over HTTP."""

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from datasets.models import Job, Project, Version
from datasets.vocabulary import Modality
from modeling.models import FeatureSet
from tests.modeling.corpora import make_feature_set, make_version


@pytest.fixture
def version(project: Project) -> Version:
    return make_version(project)


def url(version: Version) -> str:
    return f"/api/versions/{version.pk}/feature-sets/"


def test_asking_for_features_starts_one_job_for_all_modalities(
    api: APIClient, researcher: User, version: Version
) -> None:
    api.force_login(researcher)
    answer = api.post(url(version), {"text": "lsa", "audio": "egemaps"}, format="json")
    assert answer.status_code == 202
    job = Job.objects.get(pk=answer.json()["job"])
    assert (job.kind, job.queue, job.created_by) == ("extract_features", "features", researcher)
    assert job.children.count() == 26  # audio: one part a clip; lsa is fitted and applied as a whole
    assert {each["state"] for each in answer.json()["feature_sets"]} == {"waiting"}


def test_complete_features_are_listed_and_not_made_again(api: APIClient, admin: User, version: Version) -> None:
    from modeling.extractors import digest, extractor

    make_feature_set(version, Modality.TEXT, digest=digest(extractor("lsa")))
    api.force_login(admin)
    answer = api.post(url(version), {"text": "lsa"}, format="json").json()
    assert answer["job"] is None
    (listed,) = api.get(url(version)).json()
    assert listed == answer["feature_sets"][0]
    assert (listed["extractor"], listed["state"], listed["dimension"]) == ("lsa", "succeeded", 2)


@pytest.mark.parametrize("body", [{"text": "egemaps"}, {"audio": "none"}])
def test_an_extractor_of_another_modality_is_refused(
    api: APIClient, researcher: User, version: Version, body: dict[str, str]
) -> None:
    api.force_login(researcher)
    assert api.post(url(version), body, format="json").status_code == 400
    assert not FeatureSet.objects.exists()


def test_asking_for_nothing_is_an_error(api: APIClient, researcher: User, version: Version) -> None:
    api.force_login(researcher)
    answer = api.post(url(version), {}, format="json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "nothing_asked_for")


@pytest.mark.parametrize("who", ["annotator", "stranger"])
def test_nobody_else_sees_or_asks(api: APIClient, version: Version, who: str, request: pytest.FixtureRequest) -> None:
    api.force_login(request.getfixturevalue(who))
    assert api.get(url(version)).status_code == 404
    assert api.post(url(version), {"text": "lsa"}, format="json").status_code == 404
