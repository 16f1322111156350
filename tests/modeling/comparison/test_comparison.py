"""The paper's tables, and which of our runs stand beside which row."""

from dataclasses import replace

import pytest

from datasets.vocabulary import Modality
from modeling.comparison.measuring import Scored, compare_with_paper, setup_of
from modeling.comparison.published import TABLES, Setup
from modeling.comparison.writing import as_csv, as_latex
from modeling.recipes import UNIMODAL, Ablation, Model, Variant, recipe

FEATURES = ("bert", "egemaps", "landmarks")
METRICS = {"acc2": 0.8, "f1": 0.79, "acc2_weak": 0.7, "corr": 0.6, "r2": 0.4, "mae": 0.3, "acc3": 0.5, "acc5": 0.4}


def scored(seed: int = 1111, features=FEATURES, acc2: float = 0.8, **settings) -> Scored:
    chosen = recipe(settings.pop("name", "released"), **{"semi": False, **settings})
    read = {each: name for each, name in zip(UNIMODAL, features, strict=True) if each in chosen.reads}
    return Scored(chosen, seed, read, METRICS | {"acc2": acc2})


def ours(comparison, number: int, name: str):
    rows = next(rows for table, rows in comparison.tables if table.number == number)
    return next(measured.ours for measured in rows if measured.row.name == name)


def test_the_same_training_stands_in_tables_2_and_4_with_the_same_published_figures():
    rows = {(table.number, row.setup): row.published for table in TABLES for row in table.rows if row.setup == Setup()}
    assert rows[2, Setup()] == rows[4, Setup()]


def test_every_setup_of_the_paper_is_a_training_that_a_recipe_can_be_made_of():
    for setup in {row.setup for table in TABLES for row in table.rows if row.setup}:
        supervision = (
            None if setup.model is Model.AVMC else ("unimodal" if setup.task == setup.model.value else "multimodal")
        )
        made = recipe("paper", semi=setup.semi, model=setup.model, ablation=setup.ablation, supervision=supervision)
        assert setup_of(made) == setup


def test_a_recipe_with_any_setting_changed_is_no_row_of_the_paper():
    assert setup_of(replace(recipe("released", semi=False), epochs=3)) is None


def test_seeds_are_averaged_in_percent_and_of_one_seed_the_newest_counts():
    runs = [scored(1, acc2=0.1), scored(1, acc2=0.7), scored(2, acc2=0.8)]
    found = ours(compare_with_paper(runs, Variant.RELEASED, None), 2, "AV-MC*")["acc2"]
    assert (found.mean, found.runs) == (pytest.approx(75), 2)
    assert found.deviation == pytest.approx(50**0.5)
    assert ours(compare_with_paper(runs, Variant.RELEASED, None), 2, "AV-MC*")["mae"].mean == pytest.approx(0.3)


def test_only_runs_of_the_chosen_recipe_and_features_count():
    runs = [scored(), scored(2), scored(features=("lsa", "egemaps", "landmarks")), scored(name="paper")]
    comparison = compare_with_paper(runs, Variant.RELEASED, None)
    assert comparison.features == FEATURES
    assert [choice[0] for choice in comparison.choices] == ["bert", "lsa"]
    assert ours(comparison, 2, "AV-MC*")["mae"].runs == 2
    other = compare_with_paper(runs, Variant.RELEASED, ("lsa", "egemaps", "landmarks"))
    assert ours(other, 4, "AV-MC")["mae"].runs == 1


def test_ablations_and_unimodal_models_stand_in_their_own_rows():
    runs = [
        scored(ablation=Ablation.WITHOUT_MIXUP_AUDIO),
        scored(model=Model.AUDIO, supervision="multimodal"),
        scored(semi=True),
    ]
    comparison = compare_with_paper(runs, Variant.RELEASED, None)
    filled = {measured.row.name for _, rows in comparison.tables for measured in rows if measured.ours}
    assert filled == {"w/o Mixup-A", "Acoustic, multimodal labels", "AV-MC (Semi)*"}
    assert recipe("released", semi=False, model=Model.AUDIO, supervision="multimodal").main_task is Modality.MULTIMODAL


def test_a_unimodal_model_stands_beside_avmc_on_the_same_features_of_its_own():
    others = ("lsa", "egemaps", "landmarks")
    runs = [scored(), scored(features=others), scored(features=others, model=Model.AUDIO), scored(model=Model.TEXT)]
    on_bert = compare_with_paper(runs, Variant.RELEASED, FEATURES)
    assert ours(on_bert, 3, "Acoustic, unimodal labels")["mae"].runs == 1
    assert ours(on_bert, 3, "Text, unimodal labels")["mae"].runs == 1
    on_lsa = compare_with_paper(runs, Variant.RELEASED, others)
    assert ours(on_lsa, 3, "Acoustic, unimodal labels")["mae"].runs == 1
    assert ours(on_lsa, 3, "Text, unimodal labels") == {}


def test_before_avmc_was_trained_the_features_of_each_unimodal_model_are_one_choice():
    comparison = compare_with_paper([scored(model=Model.AUDIO), scored(model=Model.VISION)], Variant.RELEASED, None)
    assert comparison.choices == [("", "egemaps", "landmarks")]
    assert ours(comparison, 3, "Acoustic, unimodal labels")["mae"].runs == 1


def test_nothing_measured_is_told_as_nothing():
    comparison = compare_with_paper([], Variant.PAPER, None)
    assert comparison.features is None
    assert not any(measured.ours for _, rows in comparison.tables for measured in rows)


def test_csv_tells_published_and_measured_apart():
    lines = as_csv(compare_with_paper([scored()], Variant.RELEASED, None), "mine 1.0.0").splitlines()
    assert lines[0] == "table,row,metric,published on CH-SIMS v2.0,mean on mine 1.0.0,deviation,seeds"
    assert "2,AV-MC*,acc2,82.5,80.0,,1" in lines
    assert "2,TFN,mae,0.323,,," in lines


def test_latex_puts_ours_under_the_published_row_and_escapes_names():
    text = as_latex(compare_with_paper([scored(1), scored(2, acc2=0.7)], Variant.RELEASED, None), "mine 1.0.0")
    assert r"AV-MC* & 82.50 & 82.55" in text
    assert r"\quad here & 75.00 $\pm$ 7.07" in text
    assert r"LF\_DNN" in text
    assert text.count(r"\begin{tabular}") == 3
