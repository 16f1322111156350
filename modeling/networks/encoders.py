"""Encoders from one modality's frames to one representation a clip."""

from typing import Any

import torch
from torch import Tensor, nn

from modeling.networks.shares import Frames as Frames
from modeling.networks.shares import ShareDropout, encode_in_shares


class BidirectionalLSTM(nn.Module):
    """One bidirectional LSTM layer, equal to nn.LSTM over a packed sequence and many times as fast.

    Packing makes PyTorch walk through time step by step. Here each direction is a fused one-directional layer over
    the padded batch; the backward one reads every sequence reversed within its own length, so that no direction
    meets padding before it has met the last frame.
    """

    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        self.forwards = nn.LSTM(input_size, hidden_size)
        self.backwards = nn.LSTM(input_size, hidden_size)

    def forward(self, frames: Frames) -> tuple[Frames, Tensor]:
        """Outputs (batch, time, 2 * hidden), arbitrary on padding, and final states (batch, 2 * hidden)."""
        values, lengths = frames
        order = reversing_order(lengths, values.shape[1])
        values = values.transpose(0, 1)  # (time, batch, dim), as the fused kernels want it
        ahead, _ = self.forwards(values)  # (time, batch, hidden)
        back, _ = self.backwards(reorder(values, order))  # (time, batch, hidden), last frame first
        clips = torch.arange(len(lengths), device=lengths.device)
        final = torch.cat([ahead[lengths - 1, clips], back[lengths - 1, clips]], dim=-1)
        outputs = torch.cat([ahead, reorder(back, order)], dim=-1)
        return Frames(outputs.transpose(0, 1), lengths), final


def reversing_order(lengths: Tensor, time: int) -> Tensor:
    """Where each frame of a (time, batch) grid goes when sequences are reversed within their length; its own inverse.

    Places (time * batch,) count along the batch first; padding stays where it is.
    """
    step = torch.arange(time, device=lengths.device).unsqueeze(1)  # (time, 1)
    source = torch.where(step < lengths, lengths - 1 - step, step)  # (time, batch)
    return (source * len(lengths) + torch.arange(len(lengths), device=lengths.device)).flatten()


def reorder(values: Tensor, order: Tensor) -> Tensor:
    """Frames (time, batch, dim) in another order, which must be its own inverse."""
    reordered: Tensor = _Reorder.apply(values, order)  # type: ignore[no-untyped-call] # torch types none
    return reordered


class _Reorder(torch.autograd.Function):
    """Reorder frames by a permutation that is its own inverse, so that the gradient is the same reordering.

    The gradient of plain indexing adds up scattered values, which is slower and, on a GPU, not repeatable.
    """

    @staticmethod
    def forward(context: Any, values: Tensor, order: Tensor) -> Tensor:  # Any: torch types no context
        context.save_for_backward(order)
        return values.reshape(len(order), -1).index_select(0, order).view(values.shape)

    @staticmethod
    def backward(context: Any, gradient: Tensor) -> tuple[Tensor, None]:
        (order,) = context.saved_tensors
        return reorder(gradient, order), None


class FeedForwardLSTM(nn.Module):
    """The paper's audio and vision encoder: a stack of two bidirectional LSTMs, then one FFN (equation 6)."""

    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        self.first = BidirectionalLSTM(input_size, hidden_size)
        self.second = BidirectionalLSTM(2 * hidden_size, hidden_size)
        self.feed_forward = nn.Linear(2 * hidden_size, hidden_size)

    def forward(self, frames: Frames) -> Tensor:
        """Representation (batch, hidden)."""
        return encode_in_shares(self.encode, frames, list(self.parameters()))

    def encode(self, frames: Frames) -> Tensor:
        """The same by one thread."""
        outputs, _ = self.first(frames)
        _, final = self.second(outputs)  # (batch, 2 * hidden)
        return torch.relu(self.feed_forward(final))


class ProjectedLSTM(nn.Module):
    """The released semi-supervised encoder: linear, dropout, LSTM, layer norm, LSTM; both layers' final states."""

    def __init__(self, input_size: int, hidden_size: int, dropout: float) -> None:
        super().__init__()
        self.projection = nn.Sequential(nn.Linear(input_size, hidden_size), ShareDropout(dropout))
        self.first = BidirectionalLSTM(hidden_size, hidden_size)
        self.norm = nn.LayerNorm(2 * hidden_size)
        self.second = BidirectionalLSTM(2 * hidden_size, hidden_size)

    def forward(self, frames: Frames) -> Tensor:
        """Representation (batch, 4 * hidden)."""
        return encode_in_shares(self.encode, frames, list(self.parameters()))

    def encode(self, frames: Frames) -> Tensor:
        """The same by one thread."""
        outputs, first_final = self.first(Frames(self.projection(frames.values), frames.lengths))
        normed = self.norm(outputs.values.transpose(0, 1)).transpose(0, 1)  # as it lies in memory: no copy
        _, second_final = self.second(Frames(normed, frames.lengths))
        return torch.cat([first_final, second_final], dim=-1)


class AveragedFrames(nn.Module):
    """The released supervised encoder: the average frame through batch norm, dropout and three linear layers."""

    def __init__(self, input_size: int, hidden_size: int, dropout: float) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.BatchNorm1d(input_size),
            nn.Dropout(dropout),
            nn.Linear(input_size, hidden_size),
            nn.ReLU(),
            nn.Linear(hidden_size, hidden_size),
            nn.ReLU(),
            nn.Linear(hidden_size, hidden_size),
            nn.ReLU(),
        )

    def forward(self, frames: Frames) -> Tensor:
        """Representation (batch, hidden)."""
        representation: Tensor = self.layers(average_frame(frames))
        return representation


def average_frame(frames: Frames) -> Tensor:
    """Mean over each sequence's own length: (batch, dim)."""
    values, lengths = frames
    is_frame = torch.arange(values.shape[1], device=values.device) < lengths.unsqueeze(1)  # (batch, time)
    return torch.where(is_frame.unsqueeze(-1), values, 0).sum(dim=1) / lengths.unsqueeze(1)
