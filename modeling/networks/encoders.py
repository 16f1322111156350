"""Encoders from one modality's frames to one representation a clip."""

from typing import Any, NamedTuple

import torch
from torch import Tensor, nn


class Frames(NamedTuple):
    """Sequences of one batch, padded at the end; padding is never read."""

    values: Tensor  # (batch, time, dim)
    lengths: Tensor  # (batch,) int64, at least 1


class BidirectionalLSTM(nn.Module):
    """One bidirectional LSTM layer, equal to nn.LSTM over a packed sequence and several times as fast.

    Packing makes PyTorch walk through time step by step. Here each direction is a fused one-directional layer over
    the padded batch; the backward one reads every sequence reversed within its own length, so that no direction
    meets padding before it has met the last frame.
    """

    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        self.forwards = nn.LSTM(input_size, hidden_size, batch_first=True)
        self.backwards = nn.LSTM(input_size, hidden_size, batch_first=True)

    def forward(self, frames: Frames) -> tuple[Frames, Tensor]:
        """Outputs (batch, time, 2 * hidden), arbitrary on padding, and final states (batch, 2 * hidden)."""
        values, lengths = frames
        ahead, _ = self.forwards(values)  # (batch, time, hidden)
        back, _ = self.backwards(reverse_within_length(values, lengths))  # (batch, time, hidden), last frame first
        clips = torch.arange(len(lengths), device=lengths.device)
        final = torch.cat([ahead[clips, lengths - 1], back[clips, lengths - 1]], dim=-1)
        outputs = torch.cat([ahead, reverse_within_length(back, lengths)], dim=-1)
        return Frames(outputs, lengths), final


def reverse_within_length(values: Tensor, lengths: Tensor) -> Tensor:
    """Each sequence (batch, time, dim) backwards up to its length, padding left where it is."""
    time = torch.arange(values.shape[1], device=values.device)
    last = lengths.unsqueeze(1) - 1  # (batch, 1)
    order = torch.where(time <= last, last - time, time)  # (batch, time), its own inverse
    reversed_values: Tensor = _Reorder.apply(values, order)  # type: ignore[no-untyped-call] # torch types none
    return reversed_values


class _Reorder(torch.autograd.Function):
    """Reorder frames by a permutation that is its own inverse, so that the gradient is the same reordering.

    The gradient of plain indexing adds up scattered values, which is slower and, on a GPU, not repeatable.
    """

    @staticmethod
    def forward(context: Any, values: Tensor, order: Tensor) -> Tensor:  # Any: torch types no context
        context.save_for_backward(order)
        clips = torch.arange(len(order), device=order.device).unsqueeze(1)
        return values[clips, order]

    @staticmethod
    def backward(context: Any, gradient: Tensor) -> tuple[Tensor, None]:
        (order,) = context.saved_tensors
        reordered: Tensor = _Reorder.apply(gradient, order)  # type: ignore[no-untyped-call] # torch types none
        return reordered, None


class FeedForwardLSTM(nn.Module):
    """The paper's audio and vision encoder: a stack of two bidirectional LSTMs, then one FFN (equation 6)."""

    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        self.first = BidirectionalLSTM(input_size, hidden_size)
        self.second = BidirectionalLSTM(2 * hidden_size, hidden_size)
        self.feed_forward = nn.Linear(2 * hidden_size, hidden_size)

    def forward(self, frames: Frames) -> Tensor:
        """Representation (batch, hidden)."""
        outputs, _ = self.first(frames)
        _, final = self.second(outputs)  # (batch, 2 * hidden)
        return torch.relu(self.feed_forward(final))


class ProjectedLSTM(nn.Module):
    """The released semi-supervised encoder: linear, dropout, LSTM, layer norm, LSTM; both layers' final states."""

    def __init__(self, input_size: int, hidden_size: int, dropout: float) -> None:
        super().__init__()
        self.projection = nn.Sequential(nn.Linear(input_size, hidden_size), nn.Dropout(dropout))
        self.first = BidirectionalLSTM(hidden_size, hidden_size)
        self.norm = nn.LayerNorm(2 * hidden_size)
        self.second = BidirectionalLSTM(2 * hidden_size, hidden_size)

    def forward(self, frames: Frames) -> Tensor:
        """Representation (batch, 4 * hidden)."""
        outputs, first_final = self.first(Frames(self.projection(frames.values), frames.lengths))
        _, second_final = self.second(Frames(self.norm(outputs.values), frames.lengths))
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
