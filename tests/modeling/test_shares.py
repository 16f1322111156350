"""Encoders whose batches are shared out among threads: the numbers of one thread, and the same ones every time."""

import pytest
import torch
from torch import nn

from modeling.networks.encoders import FeedForwardLSTM, Frames, ProjectedLSTM
from modeling.networks.shares import ShareDropout, encoding_in_bfloat16, sharing
from tests.modeling.packed import pack
from tests.modeling.precision import needs_bfloat16

CPU = torch.device("cpu")
CLIPS, DIM, HIDDEN = 27, 3, 5
ENCODERS = {
    "paper": lambda: FeedForwardLSTM(DIM, HIDDEN),
    "released": lambda: ProjectedLSTM(DIM, HIDDEN, 0.0),
}


@pytest.fixture(autouse=True, params=[2, 3])
def threads(request):
    """That many threads, which share batches of at least eight clips each."""
    before = torch.get_num_threads()
    torch.set_num_threads(request.param)
    yield request.param
    torch.set_num_threads(before)


@pytest.fixture
def frames():
    torch.manual_seed(0)
    lengths = torch.randint(1, 12, (CLIPS,))
    return Frames(torch.randn(CLIPS, 11, DIM), lengths)


def walked(encoder, frames):
    """Representations, and the gradient of each weight by its name."""
    encoder.zero_grad()
    encoded = encoder(frames)
    torch.manual_seed(1)
    (encoded * torch.randn_like(encoded)).sum().backward()
    return encoded.detach(), {name: weight.grad.clone() for name, weight in encoder.named_parameters()}


@pytest.mark.parametrize("name", ENCODERS)
def test_a_shared_batch_equals_packed_lstms_in_outputs_and_gradients(frames, name):
    torch.manual_seed(2)
    encoder = ENCODERS[name]()
    twin = ENCODERS[name]()
    twin.load_state_dict(encoder.state_dict())
    names = pack(twin)
    expected, gradients = walked(twin, frames)
    with sharing(CPU):
        encoded, found = walked(encoder, frames)
    torch.testing.assert_close(encoded, expected, atol=1e-5, rtol=1e-5)
    assert found.keys() == {names.get(key, key) for key in gradients}
    for key, gradient in gradients.items():
        torch.testing.assert_close(found[names.get(key, key)], gradient, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_predictions_are_shared_out_too(frames, mode):
    encoder = ENCODERS["released"]()
    encoder.eval()
    state = torch.get_rng_state()
    with mode():
        alone = encoder(frames)
        with sharing(CPU):
            torch.testing.assert_close(encoder(frames), alone, atol=1e-6, rtol=1e-6)
    assert torch.equal(torch.get_rng_state(), state)


def test_dropout_in_shares_repeats_by_seed_alone(frames):
    encoder = ProjectedLSTM(DIM, HIDDEN, 0.5)

    def encoded(seed):
        torch.manual_seed(seed)
        with sharing(CPU):
            return encoder(frames)

    assert all(torch.equal(encoded(4), encoded(4)) for _ in range(20))
    assert not torch.equal(encoded(4), encoded(5))


def test_each_share_has_a_dropout_of_its_own(threads):
    same = Frames(torch.ones(16 * threads, 4, DIM), torch.full((16 * threads,), 4))
    encoder = ProjectedLSTM(DIM, HIDDEN, 0.5)
    with sharing(CPU):
        encoded = encoder(same)
    assert not torch.equal(encoded[0::threads], encoded[1::threads])


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.6])
def test_dropout_keeps_the_mean_and_drops_its_rate(rate):
    torch.manual_seed(0)
    values = ShareDropout(rate)(torch.ones(100, 1000))
    assert (values == 0).float().mean().item() == pytest.approx(rate, abs=0.01)
    assert values.mean().item() == pytest.approx(1, abs=0.01)
    assert torch.equal(ShareDropout(rate).eval()(values), values)


@needs_bfloat16
@pytest.mark.parametrize("name", ENCODERS)
def test_bfloat16_is_nearly_the_same_and_gradients_stay_float32(frames, name):
    encoder = ENCODERS[name]()
    expected, gradients = walked(encoder, frames)
    with sharing(CPU), encoding_in_bfloat16(True):
        encoded, found = walked(encoder, frames)
    assert encoded.dtype == torch.float32
    assert not torch.equal(encoded, expected)
    torch.testing.assert_close(encoded, expected, atol=0.02, rtol=0.05)
    for key, gradient in gradients.items():
        assert found[key].dtype == torch.float32
        assert (found[key] - gradient).norm() < 0.05 * gradient.norm() + 0.02
    again, _ = walked(encoder, frames)
    assert torch.equal(again, expected)  # it does not outlast its block


def test_clips_too_few_for_two_threads_are_encoded_by_one(frames):
    few = Frames(frames.values[:9], frames.lengths[:9])
    encoder = ENCODERS["paper"]()
    with sharing(CPU):
        assert torch.equal(encoder(few), encoder.encode(few))


def test_gradients_reach_the_frames_where_they_are_asked_for(frames):
    asked = Frames(frames.values.clone().requires_grad_(), frames.lengths)
    with sharing(CPU):
        ENCODERS["paper"]()(asked).sum().backward()
    assert asked.values.grad.abs().sum() > 0


def test_what_goes_wrong_in_a_share_is_told():
    frames = Frames(torch.randn(CLIPS, 4, DIM + 1), torch.full((CLIPS,), 4))
    with sharing(CPU), pytest.raises(RuntimeError, match="shapes"):
        ENCODERS["released"]()(frames)


def test_threads_are_as_before_afterwards(threads):
    with sharing(CPU):
        assert torch.get_num_threads() == 1
    assert torch.get_num_threads() == threads
    with sharing(torch.device("meta")):
        assert torch.get_num_threads() == threads


def test_weights_learn_the_same_from_shares_as_from_whole_batches(frames):
    torch.manual_seed(3)
    encoder = nn.Sequential(ENCODERS["paper"](), nn.Linear(HIDDEN, 1))
    before = {name: values.clone() for name, values in encoder.state_dict().items()}

    def learned(*, shared):
        encoder.load_state_dict(before)
        optimizer = torch.optim.SGD(encoder.parameters(), lr=0.1)
        for _ in range(5):
            optimizer.zero_grad()
            if shared:
                with sharing(CPU):
                    encoder(frames).square().mean().backward()
            else:
                encoder(frames).square().mean().backward()
            optimizer.step()
        return {name: values.clone() for name, values in encoder.state_dict().items()}

    alone, together = learned(shared=False), learned(shared=True)
    for name, values in alone.items():
        torch.testing.assert_close(together[name], values, atol=1e-5, rtol=1e-5)
