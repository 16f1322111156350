"""Launching one recipe with several seeds."""

from collections.abc import Mapping, Sequence

from django.contrib.auth.models import User
from django.db import transaction

from datasets.models import Version
from datasets.vocabulary import Modality
from modeling.errors import InvalidRecipe
from modeling.models import Experiment, FeatureSet
from modeling.recipes import Recipe
from modeling.selectors import pick_feature_sets
from modeling.services.runs import RunSettings, create_run

# The seeds of the authors' released code.
SEEDS = (1111, 1112, 1113, 1114, 1115)


@transaction.atomic
def launch_experiment(
    *,
    version: Version,
    chosen: RunSettings,
    seeds: Sequence[int] = SEEDS,
    name: str = "",
    actor: User | None = None,
) -> Experiment:
    """Queue one run for each seed, all on the same features; `chosen.seed` is not used."""
    full_recipe = chosen.full_recipe()
    feature_sets = pick_feature_sets(version, chosen.extractors_for(full_recipe))
    return create_experiment(
        version=version, recipe_name=chosen.recipe, full_recipe=full_recipe, feature_sets=feature_sets, seeds=seeds,
        name=name, actor=actor,
    )  # fmt: skip


@transaction.atomic
def create_experiment(
    *,
    version: Version,
    recipe_name: str,
    full_recipe: Recipe,
    feature_sets: Mapping[Modality, FeatureSet],
    seeds: Sequence[int] = SEEDS,
    name: str = "",
    actor: User | None = None,
) -> Experiment:
    """The same for a recipe that is already whole."""
    if len(set(seeds)) != len(seeds) or len(seeds) < 2:
        raise InvalidRecipe("An experiment needs at least two different seeds; launch a single run with train.")
    experiment = Experiment.objects.create(version=version, name=name, created_by=actor)
    for seed in seeds:
        create_run(
            version=version,
            chosen=RunSettings(recipe=recipe_name, seed=seed),
            full_recipe=full_recipe,
            feature_sets=feature_sets,
            actor=actor,
            experiment=experiment,
        )
    return experiment
