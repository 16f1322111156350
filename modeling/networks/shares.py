"""A batch shared out among the cores: each thread takes some of its clips through an encoder, and back again.

A recurrent layer is a long chain of small products. Threads that split each product, as PyTorch's do, wait for each
other at every frame; threads that take clips of their own never wait. PyTorch walks gradients on the CPU back in one
thread, so the part of each share is cut out of its graph and walked back by the thread that walked it forth.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from modeling.networks.padding import padded_length


class Frames(NamedTuple):
    """Sequences of one batch, padded at the end; padding is never read."""

    values: Tensor  # (batch, time, dim)
    lengths: Tensor  # (batch,) int64, at least 1


Encode = Callable[[Frames], Tensor]  # to (batch, size)

# Fewer clips fill the cores' vectors too little to be worth a thread.
LEAST_CLIPS = 8
_threads: ContextVar[int] = ContextVar("threads that share a batch", default=1)
_in_bfloat16: ContextVar[bool] = ContextVar("whether encoders compute in bfloat16", default=False)
_chance_of_share: ContextVar[torch.Generator | None] = ContextVar("chance of this thread's share", default=None)


class Share(NamedTuple):
    """What one thread encodes."""

    frames: Frames
    seed: int  # of its dropout, which must not depend on which thread comes first


class ShareDropout(nn.Module):
    """Dropout from the generator of the thread's share, or from torch's own outside of shares."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, values: Tensor) -> Tensor:
        """Values of which a random part is 0 and the rest is raised to the same sum, in training."""
        if not self.training or not self.rate:
            return values
        kept = torch.empty_like(values).bernoulli_(1 - self.rate, generator=_chance_of_share.get())
        return values * kept.div_(1 - self.rate)


@contextmanager
def sharing(device: torch.device) -> Iterator[None]:
    """While this lasts, torch's threads take shares of each batch instead of splitting each operation.

    On an accelerator, which splits operations well, nothing changes.
    """
    threads = torch.get_num_threads()
    if device.type != "cpu" or threads < 2:
        yield
        return
    token = _threads.set(threads)
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
        _threads.reset(token)


@contextmanager
def encoding_in_bfloat16(chosen: bool) -> Iterator[None]:
    """While this lasts, encoders multiply in bfloat16; weights, their gradients and all else stay float32."""
    token = _in_bfloat16.set(chosen)
    try:
        yield
    finally:
        _in_bfloat16.reset(token)


def encodes_in_bfloat16(device: str) -> bool:
    """Whether recurrent layers run in bfloat16 on such a device; not every CPU has the instructions."""
    kind = torch.device(device).type
    try:
        with torch.autocast(kind, torch.bfloat16), torch.no_grad():
            nn.LSTM(2, 2, device=kind)(torch.zeros(1, 1, 2, device=kind))
    except RuntimeError:
        return False
    return True


def _in_half(encode: Encode) -> Encode:
    def encode_in_half(frames: Frames) -> Tensor:
        with torch.autocast(frames.values.device.type, torch.bfloat16):
            encoded = encode(frames)
        return encoded.float()

    return encode_in_half


def encode_in_shares(encode: Encode, frames: Frames, weights: Sequence[Tensor]) -> Tensor:
    """What `encode` gives for all frames (batch, size), by the threads of `sharing`; `weights` are all it learns.

    Where gradients are to reach the frames themselves, one thread does it all.
    """
    threads = min(_threads.get(), len(frames.lengths) // LEAST_CLIPS)
    encode = _in_half(encode) if _in_bfloat16.get() else encode
    if threads < 2 or frames.values.requires_grad:
        return encode(frames)
    shares = _share_out(frames, threads)
    if torch.is_grad_enabled():
        encoded: Tensor = _InShares.apply(encode, shares, *weights)  # type: ignore[no-untyped-call] # torch types none
        return encoded
    return _put_together(_at_once(lambda share: _encode(encode, share, learning=False), shares))


def _share_out(frames: Frames, threads: int) -> list[Share]:
    """Every n-th clip: a batch is sorted by length, so that all threads have about as much to do."""
    # Predictions have no dropout, and leave the caller's generator as it is.
    seeds = torch.randint(2**62, (threads,)).tolist() if torch.is_grad_enabled() else [0] * threads
    parts = [Frames(frames.values[first::threads], frames.lengths[first::threads]) for first in range(threads)]
    return [
        Share(Frames(part.values[:, : padded_length(int(part.lengths.max()))], part.lengths), seed)
        for part, seed in zip(parts, seeds, strict=True)
    ]


def _put_together(encoded: Sequence[Tensor]) -> Tensor:
    whole = encoded[0].new_empty(sum(map(len, encoded)), encoded[0].shape[1])
    for first, part in enumerate(encoded):
        whole[first :: len(encoded)] = part
    return whole


def _encode(encode: Encode, share: Share, *, learning: bool) -> Tensor:
    with torch.set_grad_enabled(learning), _drawing_from(torch.Generator().manual_seed(share.seed)):
        return encode(share.frames)


@contextmanager
def _drawing_from(generator: torch.Generator) -> Iterator[None]:
    token = _chance_of_share.set(generator)
    try:
        yield
    finally:
        _chance_of_share.reset(token)


class _InShares(torch.autograd.Function):
    """All shares as one step of the graph; the steps within are kept in small graphs of their own."""

    @staticmethod
    def forward(context: Any, encode: Encode, shares: list[Share], *weights: Tensor) -> Tensor:  # Any: untyped
        context.encoded = _at_once(lambda share: _encode(encode, share, learning=True), shares)
        context.save_for_backward(*weights)
        return _put_together([each.detach() for each in context.encoded])

    @staticmethod
    def backward(context: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        weights, encoded = context.saved_tensors, context.encoded
        context.encoded = None  # frees each share's graph
        parts = [(each, gradient[first :: len(encoded)]) for first, each in enumerate(encoded)]
        found = _at_once(lambda part: torch.autograd.grad(part[0], weights, part[1]), parts)
        return None, None, *(torch.stack(each).sum(dim=0) for each in zip(*found, strict=True))


def _at_once(do: Callable[[Any], Any], given: Sequence[Any]) -> list[Any]:  # Any: shares, or parts of gradients
    return list(_pool(_threads.get()).map(do, given))


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, "share", initializer=torch.set_num_threads, initargs=(1,))
