"""Feature sets extracted from versions, and models trained and evaluated on them.

For notebooks and scripts, `from modeling import train, …` trains, evaluates and predicts on arrays, without Django or a
database; docs/features-and-runs.md shows a whole training. Names are loaded when they are first asked for, so that a
process which needs none of them, such as the web server, does not load torch.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datasets.vocabulary import Modality
    from modeling.batches import BadFeatures, Corpus, Ragged
    from modeling.error_analysis import PredictedClip, analyse_errors
    from modeling.metrics import evaluate, evaluate_modalities
    from modeling.prediction import TrainedModel, load_weights, predict, save_weights
    from modeling.reading import ClipDataset, collate_clips, corpus_of
    from modeling.recipes import Recipe, recipe
    from modeling.training import EpochResult, train

_HOMES = {
    "BadFeatures": "modeling.batches",
    "ClipDataset": "modeling.reading",
    "Corpus": "modeling.batches",
    "EpochResult": "modeling.training",
    "Modality": "datasets.vocabulary",
    "PredictedClip": "modeling.error_analysis",
    "Ragged": "modeling.batches",
    "Recipe": "modeling.recipes",
    "TrainedModel": "modeling.prediction",
    "analyse_errors": "modeling.error_analysis",
    "collate_clips": "modeling.reading",
    "corpus_of": "modeling.reading",
    "evaluate": "modeling.metrics",
    "evaluate_modalities": "modeling.metrics",
    "load_weights": "modeling.prediction",
    "predict": "modeling.prediction",
    "recipe": "modeling.recipes",
    "save_weights": "modeling.prediction",
    "train": "modeling.training",
}

__all__ = [
    "BadFeatures",
    "ClipDataset",
    "Corpus",
    "EpochResult",
    "Modality",
    "PredictedClip",
    "Ragged",
    "Recipe",
    "TrainedModel",
    "analyse_errors",
    "collate_clips",
    "corpus_of",
    "evaluate",
    "evaluate_modalities",
    "load_weights",
    "predict",
    "recipe",
    "save_weights",
    "train",
]


def __getattr__(name: str) -> Any:  # Any: whatever stands under the name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
