"""The published recipes: the paper's AV-MC and the authors' released variant, supervised and semi-supervised."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from datasets.vocabulary import Modality
from modeling.recipes.recipe import Mixing, Recipe, Variant

_TEXT, _AUDIO, _VISION, _MULTIMODAL = Modality

_RELEASED_SEMI = Recipe(
    variant=Variant.RELEASED,
    semi=True,
    mixing=Mixing.REPRESENTATIONS,
    batch_size=64,
    hidden_sizes={_TEXT: 64, _AUDIO: 32, _VISION: 32},
    classifier_sizes={_TEXT: 16, _AUDIO: 8, _VISION: 64, _MULTIMODAL: 32},
    encoder_dropout=0.1,
    classifier_dropout=0.4,
    task_weights={_MULTIMODAL: 0.8, _TEXT: 0.6, _AUDIO: 0.2, _VISION: 0.8},
    mixup_weights={_AUDIO: 0.2, _VISION: 0.8},  # the released code reuses the task weights
    encoder_learning_rates={_TEXT: 5e-4, _AUDIO: 1e-3, _VISION: 1e-3},
    encoder_weight_decays={_TEXT: 1e-5, _AUDIO: 0.0, _VISION: 1e-5},
)

_RELEASED_SUPERVISED = replace(
    _RELEASED_SEMI,
    semi=False,
    mixing=Mixing.INPUTS,
    batch_size=32,
    hidden_sizes={_TEXT: 64, _AUDIO: 16, _VISION: 16},
    classifier_sizes={_TEXT: 32, _AUDIO: 32, _VISION: 64, _MULTIMODAL: 16},
    encoder_dropout=0.1,
    classifier_dropout=0.3,
    task_weights={_MULTIMODAL: 1.0, _TEXT: 0.2, _AUDIO: 0.8, _VISION: 0.4},
    mixup_weights={_AUDIO: 1.0, _VISION: 1.0},  # each mixed forward pass counts as much as the plain one
    encoder_learning_rates={_TEXT: 5e-4, _AUDIO: 5e-4, _VISION: 1e-3},
    encoder_weight_decays={_TEXT: 5e-4, _AUDIO: 0.0, _VISION: 0.0},
    weight_decay=5e-4,
)

# The paper publishes equations but no settings: sizes, weights, rates and patience are the released ones. What it
# does define differs: no dropout, and mixup of representations in the supervised training too (section 4.2).
_PAPER_SEMI = replace(_RELEASED_SEMI, variant=Variant.PAPER, encoder_dropout=0.0, classifier_dropout=0.0)

_PAPER_SUPERVISED = replace(
    _RELEASED_SUPERVISED,
    variant=Variant.PAPER,
    mixing=Mixing.REPRESENTATIONS,
    encoder_dropout=0.0,
    classifier_dropout=0.0,
    mixup_weights={_AUDIO: 0.8, _VISION: 0.4},  # as in the semi-supervised recipes, the task weights
)

RECIPES: Mapping[tuple[Variant, bool], Recipe] = MappingProxyType(
    {(each.variant, each.semi): each for each in (_RELEASED_SEMI, _RELEASED_SUPERVISED, _PAPER_SEMI, _PAPER_SUPERVISED)}
)
