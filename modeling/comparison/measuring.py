"""What was measured here for every row of the paper's tables: spread over seeds, by one set of features."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from datasets.vocabulary import Modality
from modeling.comparison.published import TABLES, Row, Setup, Table, as_printed
from modeling.recipes import UNIMODAL, recipe
from modeling.recipes.choosing import Supervision
from modeling.recipes.recipe import Model, Recipe, RecipeError, Variant
from modeling.significance import Spread, spread

Features = tuple[str, str, str]  # names of the extractors of text, audio and vision; blank where nothing read any


@dataclass(frozen=True)
class Scored:
    """A finished run, oldest first where several are given: its recipe, seed, features and test metrics."""

    recipe: Recipe
    seed: int
    features: Mapping[Modality, str]  # extractor of each modality that it read
    metrics: Mapping[str, float | None]  # of its main task


@dataclass(frozen=True)
class Measured:
    """One row of the paper, and ours beside it: metric -> spread in the paper's units; empty while nothing ran."""

    row: Row
    ours: Mapping[str, Spread | None]


@dataclass(frozen=True)
class Comparison:
    """The tables for one variant of the recipe and one choice of features, and the choices there are."""

    variant: Variant
    features: Features | None
    choices: Sequence[Features]
    tables: Sequence[tuple[Table, Sequence[Measured]]]


def compare_with_paper(runs: Iterable[Scored], variant: Variant, features: Features | None) -> Comparison:
    """All three tables; without a choice, the features that most runs have read.

    Only runs whose recipe is the published one, unchanged, are counted; of several with one seed, the newest.
    """
    counted = [(setup, run) for run in runs if (setup := setup_of(run.recipe)) and run.recipe.variant is variant]
    choices = _choices([run for _, run in counted])
    chosen = features or (choices[0] if choices else None)
    by_setup: dict[Setup, dict[int, Scored]] = defaultdict(dict)
    for setup, run in counted:
        if chosen and _reads(run, chosen):
            by_setup[setup][run.seed] = run
    tables = [(table, [_measure(table, row, by_setup) for row in table.rows]) for table in TABLES]
    return Comparison(variant, chosen, choices, tables)


def _choices(runs: Sequence[Scored]) -> list[Features]:
    """All that AV-MC was trained on, most used first; before it was, what each unimodal model read most often."""
    whole = Counter(_whole(run.features) for run in runs if set(run.features) == set(UNIMODAL))
    if whole or not runs:
        return [choice for choice, _ in whole.most_common()]
    by_modality = [Counter(run.features[each] for run in runs if each in run.features) for each in UNIMODAL]
    text, audio, vision = (counter.most_common(1)[0][0] if counter else "" for counter in by_modality)
    return [(text, audio, vision)]


def _whole(features: Mapping[Modality, str]) -> Features:
    return features[Modality.TEXT], features[Modality.AUDIO], features[Modality.VISION]


def _reads(run: Scored, chosen: Features) -> bool:
    """Whether what the run's model reads is of this choice."""
    by_modality = dict(zip(UNIMODAL, chosen, strict=True))
    return all(run.features.get(each) == by_modality[each] for each in run.recipe.reads)


def setup_of(trained: Recipe) -> Setup | None:
    """Which of the paper's trainings a recipe is; None when some setting is not the published one."""
    setup = Setup(trained.model, trained.semi, trained.ablation, trained.main_task)
    return setup if _published(trained.variant, setup) == trained else None


@cache  # of hundreds of runs most are a few recipes
def _published(variant: Variant, setup: Setup) -> Recipe | None:
    own = setup.task == setup.model.value
    taught = None if setup.model is Model.AVMC else Supervision.UNIMODAL if own else Supervision.MULTIMODAL
    try:
        return recipe(variant, semi=setup.semi, model=setup.model, ablation=setup.ablation, supervision=taught)
    except RecipeError:
        return None


def _measure(table: Table, row: Row, by_setup: Mapping[Setup, Mapping[int, Scored]]) -> Measured:
    runs = list(by_setup.get(row.setup, {}).values()) if row.setup else []
    if not runs:
        return Measured(row, {})
    values = {name: [run.metrics.get(name) for run in runs] for name in table.metrics}
    return Measured(
        row,
        {
            name: spread([None if each is None else as_printed(name, each) for each in column])
            for name, column in values.items()
        },
    )
