"""Settings of trainings; `recipe` chooses one by name."""

from modeling.recipes.choosing import Supervision, recipe
from modeling.recipes.published import RECIPES
from modeling.recipes.recipe import ABLATED, MIXED, UNIMODAL, Ablation, Mixing, Model, Recipe, RecipeError, Variant

__all__ = [
    "ABLATED",
    "MIXED",
    "RECIPES",
    "UNIMODAL",
    "Ablation",
    "Mixing",
    "Model",
    "Recipe",
    "RecipeError",
    "Supervision",
    "Variant",
    "recipe",
]
