"""PyTorch's own LSTMs over packed sequences in the place of ours, with the same weights."""

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from modeling.networks.encoders import BidirectionalLSTM, Frames


class PackedLSTM(nn.Module):
    """A bidirectional layer of torch's that stands for one of ours."""

    def __init__(self, layer: BidirectionalLSTM) -> None:
        super().__init__()
        ahead, back = layer.forwards, layer.backwards
        self.layer = nn.LSTM(ahead.input_size, ahead.hidden_size, bidirectional=True, batch_first=True)
        weights = dict(ahead.state_dict()) | {f"{name}_reverse": each for name, each in back.state_dict().items()}
        self.layer.load_state_dict(weights)

    def forward(self, frames: Frames) -> tuple[Frames, torch.Tensor]:
        """Outputs (batch, time, 2 * hidden) and final states (batch, 2 * hidden)."""
        packed = pack_padded_sequence(frames.values, frames.lengths, batch_first=True, enforce_sorted=False)
        outputs, (final, _) = self.layer(packed)
        return Frames(pad_packed_sequence(outputs, batch_first=True)[0], frames.lengths), torch.cat([*final], dim=-1)


def pack(encoder: nn.Module) -> dict[str, str]:
    """Replace each layer of an encoder; gives the name that each replaced weight had."""
    names = {}
    for place, layer in list(encoder.named_children()):
        if isinstance(layer, BidirectionalLSTM):
            packed = PackedLSTM(layer)
            setattr(encoder, place, packed)
            for name, _ in packed.layer.named_parameters():
                direction = "backwards" if name.endswith("_reverse") else "forwards"
                names[f"{place}.layer.{name}"] = f"{place}.{direction}.{name.removesuffix('_reverse')}"
    return names
