"""What a training needs to go on after an epoch as if it had never stopped, kept in one file without any code."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from modeling.networks.unimodal import Network
from modeling.prediction import TrainedModel, read_model, read_tensors, tensors_of, write_tensors

FORMAT = "cueset-checkpoint-1"


@dataclass(frozen=True)
class Checkpoint:
    """State after one epoch.

    Generators need no place in it: each epoch draws from generators of its own, made of the run's seed and the
    epoch's number.
    """

    number: int  # the epoch that ended
    best_number: int
    best_loss: float  # validation loss of the best epoch
    weights: Mapping[str, Tensor]  # after the epoch
    optimizer: Mapping[str, Tensor]  # "<number of the parameter>.<name of its state>"
    best: TrainedModel  # after the best epoch

    def restore(self, network: Network, optimizer: torch.optim.Optimizer) -> None:
        """Bring a fresh network and its optimizer to where they were."""
        network.load_state_dict(dict(self.weights))
        state: dict[int, dict[str, Tensor]] = {}
        for key, values in self.optimizer.items():
            parameter, name = key.split(".")
            state.setdefault(int(parameter), {})[name] = values
        optimizer.load_state_dict({**optimizer.state_dict(), "state": state})


def copied(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Copies in the main memory that no later step changes."""
    return {name: values.detach().cpu().clone() for name, values in tensors.items()}


def optimizer_tensors(optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    """Moments and step of every parameter, copied."""
    state = optimizer.state_dict()["state"]
    return copied({f"{number}.{name}": each for number, parts in state.items() for name, each in parts.items()})


def save_checkpoint(checkpoint: Checkpoint, path: Path) -> None:
    """Keep it as one safetensors file, which appears whole or not at all."""
    best, metadata = tensors_of(checkpoint.best)
    parts = {"weights": checkpoint.weights, "optimizer": checkpoint.optimizer, "best": best}
    facts = {name: getattr(checkpoint, name) for name in ("number", "best_number", "best_loss")}
    tensors = {f"{part}/{name}": values for part, named in parts.items() for name, values in named.items()}
    write_tensors(path, tensors, {**metadata, "format": FORMAT, "checkpoint": json.dumps(facts)})


def load_checkpoint(path: Path) -> Checkpoint:
    """Checkpoint kept by save_checkpoint, bit for bit; BadWeights when the file holds something else."""
    tensors, metadata = read_tensors(path, form=FORMAT)

    def part(name: str) -> dict[str, Tensor]:
        return {key.removeprefix(f"{name}/"): each for key, each in tensors.items() if key.startswith(f"{name}/")}

    return Checkpoint(
        **json.loads(metadata["checkpoint"]),
        weights=part("weights"),
        optimizer=part("optimizer"),
        best=read_model(part("best"), metadata),
    )
