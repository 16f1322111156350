"""Launching and cancelling runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from config.errors import Conflict
from datasets.jobs import cancel_job
from datasets.models import Job, Version
from datasets.people import record_event
from datasets.vocabulary import Modality
from modeling.errors import InvalidRecipe
from modeling.launching import start_ready_runs
from modeling.models import Experiment, FeatureSet, Run
from modeling.recipes import Recipe, RecipeError, recipe
from modeling.revision import code_revision
from modeling.selectors import pick_feature_sets


@dataclass(frozen=True)
class RunSettings:
    """What a person chooses for a run; extractors left out mean the newest features there are.

    A unimodal model reads its own modality, and the others' extractors cannot be named.
    """

    model: str = "avmc"
    recipe: str = "released"
    semi: bool = False
    seed: int = 1111
    epochs: int | None = None  # None: as the recipe says
    text: str | None = None
    audio: str | None = None
    vision: str | None = None
    ablation: str | None = None  # what is taken away from AV-MC (Table 4)
    supervision: str | None = None  # whose labels a unimodal model learns from (Table 3)
    overrides: Mapping[str, Any] | None = None  # fields of modeling.recipes.Recipe, each of its own type

    @property
    def extractors(self) -> dict[Modality, str | None]:
        """Name of the extractor of each modality, or None."""
        return {Modality.TEXT: self.text, Modality.AUDIO: self.audio, Modality.VISION: self.vision}

    def extractors_for(self, full_recipe: Recipe) -> dict[Modality, str | None]:
        """Those of what the recipe reads; InvalidRecipe where another is named."""
        unread = [modality for modality, name in self.extractors.items() if name and modality not in full_recipe.reads]
        if unread:
            raise InvalidRecipe(
                f"The {full_recipe.model} model reads {full_recipe.model} features alone: "
                f"leave the {' and '.join(unread)} extractor out, or train avmc."
            )
        return {modality: self.extractors[modality] for modality in full_recipe.reads}

    def full_recipe(self) -> Recipe:
        """Every setting of the training; InvalidRecipe says which one is impossible."""
        named = {"epochs": self.epochs, "ablation": self.ablation, "supervision": self.supervision}
        changed = dict(self.overrides or {}) | {name: value for name, value in named.items() if value is not None}
        try:
            return recipe(self.recipe, semi=self.semi, **{"model": self.model, **changed})
        except (RecipeError, TypeError) as error:
            raise InvalidRecipe(str(error)) from error


def launch_run(*, version: Version, chosen: RunSettings, actor: User | None = None) -> Run:
    """Queue a training on the version's complete feature sets; FeaturesMissing says how to make what is not there."""
    full_recipe = chosen.full_recipe()
    return create_run(
        version=version,
        chosen=chosen,
        full_recipe=full_recipe,
        feature_sets=pick_feature_sets(version, chosen.extractors_for(full_recipe)),
        actor=actor,
    )


@transaction.atomic
def create_run(
    *,
    version: Version,
    chosen: RunSettings,
    full_recipe: Recipe,
    feature_sets: Mapping[Modality, FeatureSet],
    actor: User | None = None,
    trigger: UUID | None = None,
    experiment: Experiment | None = None,
) -> Run:
    """A run that starts at once, or as soon as its feature sets are complete."""
    Version.objects.select_for_update().get(pk=version.pk)
    run = Run.objects.create(
        version=version,
        model=full_recipe.model,
        recipe_name=chosen.recipe,
        recipe=full_recipe.to_dict(),
        semi=full_recipe.semi,
        seed=chosen.seed,
        code_revision=code_revision(),
        created_by=actor,
        trigger=trigger,
        experiment=experiment,
        **{str(modality): feature_set for modality, feature_set in feature_sets.items()},
    )
    record_event(verb="launched run", subject=run.pk, project=version.project, actor=actor, recipe=chosen.recipe)
    start_ready_runs(version)
    return Run.objects.with_state().get(pk=run.pk)


def cancel_run(*, run: Run) -> None:
    """Stop a run: its process and all that it started are gone within ten seconds; one that waits never starts."""
    with transaction.atomic():
        # The completion of its features holds this row too, so that the run cannot start at the same moment.
        Version.objects.select_for_update().get(pk=run.version_id)
        run = Run.objects.with_state().get(pk=run.pk)
        if run.job is None:
            if run.state != Job.State.WAITING:
                raise Conflict("This run has already ended, so there is nothing to cancel.")
            Run.objects.filter(pk=run.pk).update(cancelled_at=timezone.now())
            return
    cancel_job(job=run.job)
