"""Several processes that learn one model: each encodes its share of every batch, and all agree on the rest.

Encoding sequences is nearly all of the work. So the sequence encoders are given every n-th clip of a batch and their
representations are gathered; from there on each process computes the loss of the whole batch. Mixup, batch
normalisation and missing labels thus see what one process would see, and the weights stay the same everywhere.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn

from modeling.networks.encoders import FeedForwardLSTM, Frames, ProjectedLSTM
from modeling.networks.unimodal import Network

# After so long without an answer, another process is taken for dead.
PATIENCE = timedelta(minutes=5)


@contextmanager
def joined(device: str) -> Iterator[str]:
    """Join the processes that torchrun, or a run's job, has started; the device of this one. Alone, nothing happens."""
    if announced() < 2:
        yield device
        return
    on_cuda = device.startswith("cuda")
    own = f"cuda:{os.environ['LOCAL_RANK']}" if on_cuda else device
    if on_cuda:
        torch.cuda.set_device(own)
    dist.init_process_group("nccl" if on_cuda else "gloo", timeout=PATIENCE)
    try:
        yield own
    finally:
        dist.destroy_process_group()


def announced() -> int:
    """How many processes torchrun, or a run's job, has told this one of, itself among them."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def processes() -> int:
    """How many processes learn together."""
    return dist.get_world_size() if dist.is_available() and dist.is_initialized() else 1


def place() -> int:
    """This process's place among them, from 0."""
    return dist.get_rank() if processes() > 1 else 0


def share_encoders(network: Network) -> None:
    """Let each process encode its share of the sequences that the network is given; alone, nothing changes."""
    if processes() < 2:
        return
    for encoder in network.encoders.values():
        if isinstance(encoder, FeedForwardLSTM | ProjectedLSTM):
            portion = _Portion()
            encoder.register_forward_pre_hook(portion.take)
            encoder.register_forward_hook(portion.gather)


def join_gradients(network: Network) -> None:
    """Make every process's gradients those of the whole batch.

    A shared encoder's are the sum over the shares. All others are the same everywhere but for dropout: their mean.
    """
    if (count := processes()) < 2:
        return
    shared = {
        id(weight)
        for encoder in network.encoders.values()
        if isinstance(encoder, FeedForwardLSTM | ProjectedLSTM)
        for weight in encoder.parameters()
    }
    learned = [weight for weight in network.parameters() if weight.grad is not None]
    parts = [
        weight.grad.flatten() / (1 if id(weight) in shared else count) for weight in learned if weight.grad is not None
    ]
    together = torch.cat(parts)
    dist.all_reduce(together)
    for weight, part in zip(learned, torch.split(together, [each.numel() for each in parts]), strict=True):
        weight.grad = part.view_as(weight)


def agreed(value: float, device: torch.device) -> float:
    """The first process's value, so that all decide alike."""
    if processes() < 2:
        return value
    told = torch.tensor(value, dtype=torch.float64, device=device)
    dist.broadcast(told, src=0)
    return float(told)


class _Portion:
    """What one process takes of an encoder's batches, and what it gets back."""

    def __init__(self) -> None:
        self.clips = 0  # of the batch in hand

    def take(self, _: nn.Module, given: tuple[Frames]) -> tuple[Frames]:
        """Every n-th clip, the last one again where the shares would not be of one size."""
        values, lengths = given[0]
        self.clips = len(lengths)
        size = -(-self.clips // processes())
        own = torch.arange(size, device=lengths.device) * processes() + place()
        own = own.clamp(max=self.clips - 1)
        return (Frames(values[own][:, : int(lengths[own].max())], lengths[own]),)

    def gather(self, _: nn.Module, __: tuple[Frames], encoded: Tensor) -> Tensor:
        """Representations of the whole batch."""
        whole: Tensor = _Gather.apply(encoded, self.clips)  # type: ignore[no-untyped-call] # torch types none
        return whole


class _Gather(torch.autograd.Function):
    """All shares, put together; each process computes the whole loss, so its own share's gradient is complete."""

    @staticmethod
    def forward(context: Any, encoded: Tensor, clips: int) -> Tensor:  # Any: torch types no context
        parts = [torch.empty_like(encoded) for _ in range(processes())]
        dist.all_gather(parts, encoded.contiguous())
        return torch.stack(parts, dim=1).flatten(0, 1)[:clips]

    @staticmethod
    def backward(context: Any, gradient: Tensor) -> tuple[Tensor, None]:
        count = processes()
        missing = -len(gradient) % count
        padded = nn.functional.pad(gradient, (0, 0, 0, missing))  # what stands in twice has no gradient
        return padded.view(-1, count, gradient.shape[1])[:, place()].contiguous(), None
