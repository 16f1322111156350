"""Tables 2, 3 and 4 of the CH-SIMS v2.0 paper as figures, and which training of ours each row corresponds to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from datasets.vocabulary import Modality
from modeling.recipes.recipe import Ablation, Model

# The paper prints everything but MAE as percent.
PERCENT = frozenset({"acc2", "f1", "acc2_weak", "corr", "r2"})


@dataclass(frozen=True)
class Setup:
    """What was trained, as far as a row of the paper says: everything but the variant of the recipe and the seed."""

    model: Model = Model.AVMC
    semi: bool = False
    ablation: Ablation = Ablation.NONE
    task: Modality = Modality.MULTIMODAL


@dataclass(frozen=True)
class Row:
    """One published row: metric -> figure as printed; `setup` is None for models that Cueset does not have."""

    name: str
    published: Mapping[str, float]
    setup: Setup | None = None


@dataclass(frozen=True)
class Table:
    """One table of the paper, its columns in the paper's order."""

    number: int
    metrics: Sequence[str]
    rows: Sequence[Row]


_BENCHMARK = ("acc2", "f1", "acc2_weak", "corr", "r2", "mae")
_UNIMODAL = ("acc2", "acc2_weak", "corr", "mae")
_AVMC = (82.50, 82.55, 74.54, 73.17, 50.65, 0.297)


def _row(metrics: Sequence[str], name: str, figures: Sequence[float], setup: Setup | None = None) -> Row:
    return Row(name, MappingProxyType(dict(zip(metrics, figures, strict=True))), setup)


def _both(name: str, model: Model | None, own: Sequence[float], multimodal: Sequence[float]) -> list[Row]:
    """A cell "a / b" of Table 3 as two rows: taught and evaluated by its own labels, and by the multimodal ones."""
    tasks = (None, None) if model is None else (Modality(model.value), Modality.MULTIMODAL)
    return [
        _row(
            _UNIMODAL,
            f"{name}, {labels} labels",
            figures,
            None if task is None else Setup(model or Model.AVMC, task=task),
        )
        for labels, figures, task in zip(("unimodal", "multimodal"), (own, multimodal), tasks, strict=True)
    ]


TABLES: Sequence[Table] = (
    Table(
        2,
        _BENCHMARK,
        (
            _row(_BENCHMARK, "LF_DNN", (73.95, 73.84, 69.13, 52.19, 20.84, 0.381)),
            _row(_BENCHMARK, "TFN", (76.51, 76.31, 66.27, 66.65, 35.90, 0.323)),
            _row(_BENCHMARK, "LMF", (77.05, 77.02, 69.34, 63.75, 40.64, 0.343)),
            _row(_BENCHMARK, "MFN", (75.27, 75.24, 66.46, 60.60, 32.26, 0.355)),
            _row(_BENCHMARK, "Graph_MFN", (73.98, 73.62, 69.82, 49.71, 13.78, 0.396)),
            _row(_BENCHMARK, "MulT", (79.50, 79.59, 69.61, 70.32, 47.15, 0.317)),
            _row(_BENCHMARK, "Bert_MAG", (79.79, 79.78, 71.87, 69.09, 43.08, 0.334)),
            _row(_BENCHMARK, "MISA", (80.53, 80.63, 70.50, 72.49, 50.59, 0.314)),
            _row(_BENCHMARK, "MMIM", (80.95, 80.97, 72.28, 70.65, 43.81, 0.316)),
            _row(_BENCHMARK, "Self_MM", (79.01, 78.89, 71.87, 64.03, 29.36, 0.335)),
            _row(_BENCHMARK, "MLF_DNN*", (78.40, 78.44, 71.59, 65.80, 39.34, 0.326)),
            _row(_BENCHMARK, "MTFN*", (80.26, 80.33, 71.07, 70.54, 46.07, 0.318)),
            _row(_BENCHMARK, "MLMF*", (79.92, 79.72, 69.88, 71.37, 47.53, 0.302)),
            _row(_BENCHMARK, "AV-MC*", _AVMC, Setup()),
            _row(_BENCHMARK, "AV-MC (Semi)*", (83.46, 83.52, 74.54, 76.04, 57.37, 0.286), Setup(semi=True)),
        ),
    ),
    Table(
        3,
        _UNIMODAL,
        (
            *_both("Text", Model.TEXT, (78.72, 67.12, 75.45, 0.252), (75.21, 62.49, 59.49, 0.371)),
            *_both("Acoustic", Model.AUDIO, (57.16, 55.61, 13.48, 0.424), (56.48, 54.41, 13.72, 0.491)),
            *_both("Acoustic, wav2vec 2.0", None, (65.38, 59.96, 36.71, 0.396), (60.93, 53.01, 38.05, 0.446)),
            *_both("Visual", Model.VISION, (78.72, 76.04, 57.70, 0.314), (73.11, 68.79, 48.54, 0.401)),
        ),
    ),
    Table(
        4,
        _BENCHMARK,
        (
            _row(
                _BENCHMARK,
                "w/o Mixup-AV & Unimodal tasks",
                (78.72, 78.71, 70.43, 67.49, 40.16, 0.334),
                Setup(ablation=Ablation.WITHOUT_MIXUP_AND_UNIMODAL_TASKS),
            ),
            _row(
                _BENCHMARK,
                "w/o Mixup-AV",
                (80.47, 80.38, 71.66, 73.08, 50.32, 0.321),
                Setup(ablation=Ablation.WITHOUT_MIXUP),
            ),
            _row(
                _BENCHMARK,
                "w/o Mixup-A",
                (81.33, 81.36, 72.07, 72.02, 49.96, 0.297),
                Setup(ablation=Ablation.WITHOUT_MIXUP_AUDIO),
            ),
            _row(
                _BENCHMARK,
                "w/o Mixup-V",
                (80.17, 80.17, 71.46, 71.73, 48.28, 0.305),
                Setup(ablation=Ablation.WITHOUT_MIXUP_VISION),
            ),
            _row(_BENCHMARK, "AV-MC", _AVMC, Setup()),
        ),
    ),
)


def as_printed(metric: str, value: float) -> float:
    """One of our metrics in the paper's units: percent, or the mean absolute error as it is."""
    return 100 * value if metric in PERCENT else value
