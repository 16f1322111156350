"""The run that publishing a version starts by itself.

Its handler launches work as a person does, so it stands with the services rather than with the other handlers.
"""

from dataclasses import fields
from typing import Any

from datasets.models import Version
from datasets.runner import Work, handles
from modeling.errors import InvalidRecipe
from modeling.models import Run
from modeling.services.features import request_features
from modeling.services.runs import RunSettings, create_run


@handles("train_on_publish")
def train_on_publish(work: Work) -> dict[str, Any]:
    """Ask for the features of the project's settings, and create the run that starts once they are complete.

    Tried again after a crash, it finds what it asked for and the run it created.
    """
    version = Version.objects.select_related("project").get(pk=work.payload["version"])
    run = Run.objects.filter(trigger=work.job.pk).first() or _create(work, version)
    return {"version": str(version.pk), "run": str(run.pk)}


def _create(work: Work, version: Version) -> Run:
    chosen = read_settings(work.payload.get("settings") or version.project.train_on_publish)
    full_recipe = chosen.full_recipe()
    named = {modality: name for modality in full_recipe.reads if (name := chosen.extractors[modality])}
    missing = [modality for modality in full_recipe.reads if modality not in named]
    if missing:
        raise InvalidRecipe(f"The project's train_on_publish names no extractor for {', '.join(missing)}.")
    # Two transactions: asking may take seconds (a hub's answer), and asking twice asks for nothing new.
    requested = request_features(version=version, extractors=named, actor=work.job.created_by)
    return create_run(
        version=version,
        chosen=chosen,
        full_recipe=full_recipe,
        feature_sets=dict(zip(named, requested.feature_sets, strict=True)),
        actor=work.job.created_by,
        trigger=work.job.pk,
    )


def read_settings(stored: Any) -> RunSettings:  # whatever JSON the project holds
    """Settings as Project.train_on_publish stores them; InvalidRecipe when they are none."""
    known = {field.name for field in fields(RunSettings)}
    if not isinstance(stored, dict) or not stored.keys() <= known:
        raise InvalidRecipe(f"train_on_publish is an object with some of {', '.join(sorted(known))}, not {stored!r}.")
    return RunSettings(**stored)
