"""Encoders against packed nn.LSTM layers and plain formulas, on ragged lengths."""

import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from modeling.networks.encoders import (
    AveragedFrames,
    BidirectionalLSTM,
    FeedForwardLSTM,
    Frames,
    ProjectedLSTM,
    average_frame,
    reorder,
    reversing_order,
)

LENGTHS = torch.tensor([7, 1, 4, 2, 7])
DIM, HIDDEN = 3, 5


@pytest.fixture
def frames():
    torch.manual_seed(0)
    return Frames(torch.randn(len(LENGTHS), 7, DIM, requires_grad=True), LENGTHS)


def packed_twin(layer: BidirectionalLSTM) -> nn.LSTM:
    """PyTorch's own bidirectional LSTM with the same weights."""
    twin = nn.LSTM(layer.forwards.input_size, layer.forwards.hidden_size, bidirectional=True, batch_first=True)
    weights = {f"{name}": values.clone() for name, values in layer.forwards.state_dict().items()}
    weights |= {f"{name}_reverse": values.clone() for name, values in layer.backwards.state_dict().items()}
    twin.load_state_dict(weights)
    return twin


def run_packed(twin: nn.LSTM, values, lengths):
    """Outputs (batch, time, 2 * hidden), zero on padding, and final states (batch, 2 * hidden)."""
    packed, (final, _) = twin(pack_padded_sequence(values, lengths, batch_first=True, enforce_sorted=False))
    return pad_packed_sequence(packed, batch_first=True)[0], torch.cat([final[0], final[1]], dim=-1)


def is_frame(frames: Frames):
    return (torch.arange(frames.values.shape[1]) < frames.lengths.unsqueeze(1)).unsqueeze(-1)


def test_the_fast_lstm_equals_the_packed_one_in_outputs_and_gradients(frames):
    layer = BidirectionalLSTM(DIM, HIDDEN)
    twin = packed_twin(layer)
    other = frames.values.detach().clone().requires_grad_()
    outputs, final = layer(frames)
    twin_outputs, twin_final = run_packed(twin, other, LENGTHS)
    torch.testing.assert_close(outputs.values * is_frame(frames), twin_outputs, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(final, twin_final, atol=1e-5, rtol=1e-5)

    weighting = torch.randn_like(twin_outputs)
    ((outputs.values * is_frame(frames) * weighting).sum() + final.square().sum()).backward()
    ((twin_outputs * weighting).sum() + twin_final.square().sum()).backward()
    torch.testing.assert_close(frames.values.grad, other.grad, atol=1e-5, rtol=1e-5)
    for name, values in layer.forwards.named_parameters():
        torch.testing.assert_close(values.grad, getattr(twin, name).grad, atol=1e-5, rtol=1e-5)
    for name, values in layer.backwards.named_parameters():
        torch.testing.assert_close(values.grad, getattr(twin, f"{name}_reverse").grad, atol=1e-5, rtol=1e-5)


def test_sequences_are_reversed_up_to_their_length_and_padding_stays():
    values = torch.tensor([[1.0, 2, 3, 0], [4, 0, 0, 0], [5, 6, 7, 8]]).unsqueeze(-1)
    expected = torch.tensor([[3.0, 2, 1, 0], [4, 0, 0, 0], [8, 7, 6, 5]]).unsqueeze(-1)
    order = reversing_order(torch.tensor([3, 1, 4]), 4)
    assert torch.equal(reorder(values.transpose(0, 1), order).transpose(0, 1), expected)


def test_the_gradient_of_a_reversal_is_exact():
    values = torch.randn(3, 2, 2, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda each: reorder(each, reversing_order(torch.tensor([3, 2]), 3)), values)


@pytest.mark.parametrize(
    "encoder",
    [FeedForwardLSTM(DIM, HIDDEN), ProjectedLSTM(DIM, HIDDEN, 0.0), AveragedFrames(DIM, HIDDEN, 0.0)],
    ids=lambda encoder: type(encoder).__name__,
)
def test_padding_is_never_read(frames, encoder):
    spoiled = torch.where(is_frame(frames), frames.values, 1e3)
    torch.testing.assert_close(encoder(frames), encoder(Frames(spoiled, LENGTHS)))


def test_the_paper_encoder_is_two_stacked_layers_and_one_ffn(frames):
    encoder = FeedForwardLSTM(DIM, HIDDEN)
    first, _ = run_packed(packed_twin(encoder.first), frames.values, LENGTHS)
    _, final = run_packed(packed_twin(encoder.second), first, LENGTHS)
    weight, bias = encoder.feed_forward.weight, encoder.feed_forward.bias
    torch.testing.assert_close(encoder(frames), (final @ weight.T + bias).clamp(min=0), atol=1e-5, rtol=1e-5)


def test_the_released_encoder_concatenates_four_final_states(frames):
    encoder = ProjectedLSTM(DIM, HIDDEN, dropout=0.0)
    projected = frames.values @ encoder.projection[0].weight.T + encoder.projection[0].bias
    outputs, first_final = run_packed(packed_twin(encoder.first), projected, LENGTHS)
    spread = outputs.var(dim=-1, unbiased=False, keepdim=True)
    normed = (outputs - outputs.mean(dim=-1, keepdim=True)) / torch.sqrt(spread + 1e-5)
    _, second_final = run_packed(packed_twin(encoder.second), normed, LENGTHS)
    expected = torch.cat([first_final, second_final], dim=-1)
    assert expected.shape == (len(LENGTHS), 4 * HIDDEN)
    torch.testing.assert_close(encoder(frames), expected, atol=1e-5, rtol=1e-5)


def test_the_average_frame_counts_each_frame_once(frames):
    expected = torch.stack([values[:length].mean(dim=0) for values, length in zip(frames.values, LENGTHS, strict=True)])
    torch.testing.assert_close(average_frame(frames), expected)


def test_an_averaged_encoder_reads_one_frame_as_the_average_itself(frames):
    encoder = AveragedFrames(DIM, HIDDEN, dropout=0.0).eval()
    average = Frames(average_frame(frames).unsqueeze(1), torch.ones_like(LENGTHS))
    torch.testing.assert_close(encoder(frames), encoder(average))
