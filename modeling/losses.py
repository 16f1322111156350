"""What a training minimises: the regression and mixup losses of the paper's equations 9 to 14."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from datasets.vocabulary import Modality
from modeling.batches import Batch
from modeling.mixup import Mixup, draw_mixup
from modeling.networks.avmc import Outputs
from modeling.networks.encoders import Frames, average_frame
from modeling.networks.unimodal import Network
from modeling.recipes import MIXED, Mixing, Recipe


class Term(NamedTuple):
    """One weighted part of a loss."""

    name: str
    weight: float  # alpha or beta
    value: Tensor  # scalar


def batch_terms(
    network: Network, batch: Batch, *, recipe: Recipe, mixing: bool, chance: np.random.Generator
) -> list[Term]:
    """Loss terms of one batch: regression on its labelled clips and, if mixing, mixup of audio and of vision."""
    outputs = network(text=batch.text, audio=batch.audio, vision=batch.vision)
    terms = regression_terms(outputs.predictions, batch.labels, weights=recipe.task_weights)
    if not mixing:
        return terms
    for modality in MIXED:
        if weight := recipe.mixup_weights[modality]:
            mixup = draw_mixup(
                len(batch), concentration=recipe.mixup_concentration, chance=chance, device=batch.text.device
            )
            if recipe.mixing is Mixing.INPUTS:
                value = input_mixup_loss(network, batch, modality, mixup, weights=recipe.task_weights)
            else:
                value = consistency_loss(network, outputs, modality, mixup)
            terms.append(Term(f"mixup_{modality}", weight, value))
    return terms


def weighted_sum(terms: list[Term]) -> Tensor:
    """Sum of the terms by their weights (equations 10 and 14)."""
    return torch.stack([term.weight * term.value for term in terms]).sum()


def regression_terms(
    predictions: Mapping[Modality, Tensor], labels: Mapping[Modality, Tensor], *, weights: Mapping[Modality, float]
) -> list[Term]:
    """Mean distance from the labels (equation 9), each over its labelled clips; none for a modality without any."""
    terms = []
    for modality, predicted in predictions.items():
        labelled = ~torch.isnan(labels[modality])
        if labelled.any():
            distance = (predicted - labels[modality])[labelled].abs().mean()
            terms.append(Term(f"regression_{modality}", weights[modality], distance))
    return terms


def consistency_loss(network: Network, outputs: Outputs, modality: Modality, mixup: Mixup) -> Tensor:
    """How far the prediction for a mixed representation is from the mixed predictions (equations 11 to 13).

    The gradient flows into both sides: neither the paper nor the released code holds the target fixed.
    """
    mixed_representation = mixup.blend(outputs.representations[modality])  # F' (batch, h), equation 11
    mixed_prediction = mixup.blend(outputs.predictions[modality])  # y' (batch,), equation 11
    prediction = network.classify(modality, mixed_representation)  # y'' (batch,), equation 12
    return (prediction - mixed_prediction).abs().mean()  # equation 13


def input_mixup_loss(
    network: Network, batch: Batch, modality: Modality, mixup: Mixup, *, weights: Mapping[Modality, float]
) -> Tensor:
    """Regression loss with one modality's average frames mixed, as in the released supervised code.

    Predictions that hear or see the mixture are held to both clips' labels by their shares, the others to their own.
    """
    average = mixup.blend(average_frame(getattr(batch, modality)))  # (batch, dim)
    mixed = Frames(average.unsqueeze(1), torch.ones(len(batch), dtype=torch.int64, device=average.device))
    frames = {Modality.AUDIO: batch.audio, Modality.VISION: batch.vision} | {modality: mixed}
    outputs = network(text=batch.text, audio=frames[Modality.AUDIO], vision=frames[Modality.VISION])
    affected = (modality, Modality.MULTIMODAL)
    partner_labels = {
        name: labels[mixup.partners] if name in affected else labels for name, labels in batch.labels.items()
    }
    own = weighted_sum(regression_terms(outputs.predictions, batch.labels, weights=weights))
    partner = weighted_sum(regression_terms(outputs.predictions, partner_labels, weights=weights))
    return mixup.share * own + (1 - mixup.share) * partner
