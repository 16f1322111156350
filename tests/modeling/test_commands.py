"""The commands of modeling, in this process."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from datasets.models import Job, Project
from modeling.extractors import digest, extractor
from modeling.models import Run
from tests.modeling.corpora import make_feature_set, make_version


def answer(*arguments: str) -> dict[str, Any]:
    """The JSON that a command prints."""
    out = StringIO()
    call_command(*arguments, "--json", stdout=out)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


def test_extraction_tells_ids_counts_and_failures(project: Project) -> None:
    version = make_version(project)
    told = answer("extract_features", str(version.pk), "--text", "lsa", "--wait")
    (feature_set,) = told["feature_sets"]
    assert told["version"] == str(version.pk)
    assert Job.objects.filter(pk=told["job"], state=Job.State.SUCCEEDED).exists()
    assert (feature_set["modality"], feature_set["extractor"], feature_set["state"]) == ("text", "lsa", "succeeded")
    assert (feature_set["clips"], feature_set["frames"], feature_set["failures"]) == (26, 26, [])
    assert feature_set["dimension"] == 11  # twelve training clips leave eleven directions


def test_without_wait_the_work_is_only_queued(project: Project) -> None:
    version = make_version(project)
    told = answer("extract_features", str(version.pk), "--text", "lsa")
    assert Job.objects.get(pk=told["job"]).state == Job.State.QUEUED
    assert told["feature_sets"][0]["frames"] is None


def test_an_extraction_that_fails_is_an_error(project: Project) -> None:
    with pytest.raises(CommandError, match="egemaps gave features for no clip"):
        answer("extract_features", str(make_version(project).pk), "--audio", "egemaps", "--wait")


def test_complete_features_need_no_job(project: Project) -> None:
    version = make_version(project)
    chosen = extractor("egemaps")
    make_feature_set(version, chosen.modality, digest=digest(chosen))
    assert answer("extract_features", str(version.pk), "--audio", "egemaps", "--wait")["job"] is None


def test_training_without_wait_tells_the_queued_run(project: Project) -> None:
    version = make_version(project)
    for name in ("lsa", "egemaps", "landmarks"):
        make_feature_set(version, extractor(name).modality)
    told = answer("train", str(version.pk), "--recipe", "paper", "--semi", "--seed", "5", "--epochs", "2")
    run = Run.objects.get(pk=told["run"])
    assert (told["job"], told["state"], told["epochs"], told["metrics"]) == (str(run.job_id), "queued", 0, None)
    assert (run.recipe_name, run.semi, run.seed, run.recipe["epochs"]) == ("paper", True, 5, 2)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("train", "nonsense"), "no version with the id “nonsense”"),
        (("train", "VERSION"), "manage.py extract_features"),
        (("evaluate", "VERSION"), "no run with the id"),
        (("extract_features", "VERSION"), "at least one extractor"),
    ],
)
def test_what_is_missing_is_one_sentence(project: Project, arguments: tuple[str, ...], sentence: str) -> None:
    version = str(make_version(project).pk)
    with pytest.raises(CommandError, match=sentence) as caught:
        answer(*(version if word == "VERSION" else word for word in arguments))
    assert "\n" not in str(caught.value)


def test_imported_features_are_trained_on_by_name(project: Project) -> None:
    version = make_version(project)
    for name in ("lsa", "egemaps", "landmarks"):
        make_feature_set(version, extractor(name).modality, extractor="imported", digest=name)
    make_feature_set(version, extractor("lsa").modality)
    told = answer("train", str(version.pk), "--text", "imported")
    run = Run.objects.get(pk=told["run"])
    assert {each.extractor for each in run.feature_sets.values()} == {"imported"}


def test_imported_features_that_are_not_there_cannot_be_extracted(project: Project) -> None:
    with pytest.raises(CommandError, match="no text features that came with an import: name an extractor"):
        answer("train", str(make_version(project).pk), "--text", "imported")
