"""Trained models: what they need to predict, how they do it, and how they are kept in a file without any code."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from datasets.vocabulary import Modality
from modeling.batches import (
    BadFeatures,
    Corpus,
    Float32,
    Rows,
    Scaling,
    clip_lengths,
    load_batch,
    ordered_batches,
)
from modeling.networks.avmc import PaperAVMC, ReleasedAVMC
from modeling.networks.shares import sharing
from modeling.networks.unimodal import Network, Unimodal
from modeling.recipes import UNIMODAL, Mixing, Model, Recipe, Variant

FORMAT = "cueset-model-1"


class BadWeights(ValueError):
    """A file that holds no model of ours."""


@dataclass(frozen=True)
class TrainedModel:
    """Weights with all that is needed to use them."""

    recipe: Recipe
    feature_sizes: Mapping[Modality, int]
    scaling: Mapping[Modality, Scaling] | None  # None when trained on features as they are
    weights: Mapping[str, Tensor]


def build_network(recipe: Recipe, feature_sizes: Mapping[Modality, int]) -> Network:
    """Network with fresh weights from torch's global generator, for features of those widths.

    Those of a unimodal model depend on its own features alone. BadFeatures when one that the recipe reads is missing.
    """
    if missing := [modality for modality in recipe.reads if modality not in feature_sizes]:
        raise BadFeatures(
            f"The model {recipe.model} reads {', '.join(recipe.reads)}: give it {', '.join(missing)} too."
        )
    unread = {modality: 1 for modality in UNIMODAL if modality not in recipe.reads}
    sizes = {
        "feature_sizes": {**feature_sizes, **unread},
        "hidden_sizes": recipe.hidden_sizes,
        "classifier_sizes": recipe.classifier_sizes,
    }
    avmc: PaperAVMC | ReleasedAVMC
    if recipe.variant is Variant.PAPER:
        avmc = PaperAVMC(**sizes)
    else:
        avmc = ReleasedAVMC(
            **sizes,
            encoder_dropout=recipe.encoder_dropout,
            classifier_dropout=recipe.classifier_dropout,
            averaged=recipe.mixing is Mixing.INPUTS,
        )
    if recipe.model is Model.AVMC:
        return avmc
    return Unimodal(avmc, modality=Modality(recipe.model.value), task=recipe.main_task)


def trained_network(model: TrainedModel) -> Network:
    """The model's network with its weights, in evaluation mode, made without touching torch's generator."""
    with torch.random.fork_rng(devices=[]):
        network = build_network(model.recipe, model.feature_sizes)
    network.load_state_dict(dict(model.weights))
    network.eval()
    return network


def predict(model: TrainedModel, corpus: Corpus, rows: Rows, *, device: str = "cpu") -> dict[Modality, Float32]:
    """Each task's predictions (len(rows),) of those clips, in their order; the network's own, not clipped to -1 … 1."""
    needed = {modality: model.feature_sizes[modality] for modality in model.recipe.reads}
    given = {modality: size for modality, size in corpus.feature_sizes.items() if modality in needed}
    if given != needed:
        raise BadFeatures(
            f"The model was trained on features of widths {_widths(needed)}, "
            f"these have {_widths(given) or 'none'}; use the feature set's extractors that it was trained with."
        )
    network = trained_network(model).to(device)
    batch_size = model.recipe.batch_size
    return predict_with(
        network, corpus, rows, scaling=model.scaling, batch_size=batch_size, device=torch.device(device)
    )


def predict_with(
    network: Network,
    corpus: Corpus,
    rows: Rows,
    *,
    scaling: Mapping[Modality, Scaling] | None,
    batch_size: int,
    device: torch.device,
) -> dict[Modality, Float32]:
    """Each task's predictions (len(rows),) by a network in memory, which is left in evaluation mode."""
    network.eval()
    predictions = {modality: np.zeros(len(rows), np.float32) for modality in network.tasks}
    lengths = clip_lengths(corpus)[rows]
    with torch.inference_mode(), sharing(device):
        for places in ordered_batches(lengths, np.arange(len(rows)), batch_size=batch_size):
            batch = load_batch(corpus, rows[places], scaling=scaling, device=device)
            outputs = network(text=batch.text, audio=batch.audio, vision=batch.vision)
            for modality, predicted in outputs.predictions.items():
                predictions[modality][places] = predicted.float().cpu().numpy()
    return predictions


def save_weights(model: TrainedModel, path: Path | str) -> None:
    """Keep the model as one safetensors file, which appears whole or not at all."""
    tensors, metadata = tensors_of(model)
    write_tensors(Path(path), tensors, {**metadata, "format": FORMAT})


def load_weights(path: Path | str) -> TrainedModel:
    """Model kept by save_weights; BadWeights when the file holds something else."""
    return read_model(*read_tensors(Path(path), form=FORMAT))


def tensors_of(model: TrainedModel) -> tuple[dict[str, Tensor], dict[str, str]]:
    """The model as named tensors and a few words of JSON."""
    tensors = {f"network.{name}": values.contiguous() for name, values in model.weights.items()}
    for modality, scaling in (model.scaling or {}).items():
        tensors[f"scaling.{modality}.mean"] = torch.from_numpy(scaling.mean)
        tensors[f"scaling.{modality}.deviation"] = torch.from_numpy(scaling.deviation)
    sizes = {str(modality): size for modality, size in model.feature_sizes.items()}
    return tensors, {"recipe": json.dumps(model.recipe.to_dict()), "feature_sizes": json.dumps(sizes)}


def read_model(tensors: Mapping[str, Tensor], metadata: Mapping[str, str]) -> TrainedModel:
    """The model that tensors_of took apart."""
    sizes = json.loads(metadata["feature_sizes"])
    return TrainedModel(
        recipe=Recipe.from_dict(json.loads(metadata["recipe"])),
        feature_sizes={Modality(modality): size for modality, size in sizes.items()},
        scaling=_scaling(tensors, (Modality(modality) for modality in sizes)),
        weights={name.removeprefix("network."): t for name, t in tensors.items() if name.startswith("network.")},
    )


def write_tensors(path: Path, tensors: Mapping[str, Tensor], metadata: dict[str, str]) -> None:
    """A safetensors file that appears whole or not at all."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    save_file(dict(tensors), unfinished, metadata=metadata)
    unfinished.replace(path)


def read_tensors(path: Path, *, form: str) -> tuple[dict[str, Tensor], dict[str, str]]:
    """Tensors and metadata of a file of that format; BadWeights when it is another."""
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a mapping
    except (SafetensorError, OSError) as error:
        raise BadWeights(f"{path} cannot be read as safetensors: {error}.") from error
    if metadata.get("format") != form:
        raise BadWeights(f"{path} is no {form} saved by this program: its format is {metadata.get('format')!r}.")
    return tensors, metadata


def _scaling(tensors: Mapping[str, Tensor], modalities: Iterable[Modality]) -> dict[Modality, Scaling] | None:
    scaling = {
        modality: Scaling(tensors[f"scaling.{modality}.mean"].numpy(), tensors[f"scaling.{modality}.deviation"].numpy())
        for modality in modalities
        if f"scaling.{modality}.mean" in tensors
    }
    return scaling or None


def _widths(sizes: Mapping[Modality, int]) -> str:
    return ", ".join(f"{modality} {size}" for modality, size in sizes.items())
