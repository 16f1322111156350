"""Optimisation steps of AV-MC at the paper's shapes, beside the same network on packed LSTMs: samples a second, ratio.

Run from the repository root: `python -m benchmarks.avmc_step [--recipe released] [--threads 2]`.
Packed steps take several seconds each on a CPU, so few of them are made.
"""

import argparse
import time
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from datasets.vocabulary import Modality
from modeling.batches import Batch, Corpus, Ragged, Rows, clip_lengths, fit_scaling, load_batch, shuffled_batches
from modeling.losses import batch_terms, weighted_sum
from modeling.networks.encoders import BidirectionalLSTM, Frames
from modeling.networks.unimodal import Network
from modeling.prediction import build_network
from modeling.recipes import recipe
from modeling.training import build_optimizer

CLIPS = 1024
TEXT, AUDIO, VISION, _ = Modality


class PackedLSTM(nn.Module):
    """PyTorch's own bidirectional layer over packed sequences, with the weights of ours."""

    def __init__(self, layer: BidirectionalLSTM) -> None:
        super().__init__()
        ahead, back = layer.forwards, layer.backwards
        self.layer = nn.LSTM(ahead.input_size, ahead.hidden_size, bidirectional=True, batch_first=True)
        weights = dict(ahead.state_dict()) | {f"{name}_reverse": each for name, each in back.state_dict().items()}
        self.layer.load_state_dict(weights)

    def forward(self, frames: Frames) -> tuple[Frames, Tensor]:
        """Outputs (batch, time, 2 * hidden) and final states (batch, 2 * hidden)."""
        lengths = frames.lengths.cpu()
        packed = pack_padded_sequence(frames.values, lengths, batch_first=True, enforce_sorted=False)
        outputs, (final, _) = self.layer(packed)
        return Frames(pad_packed_sequence(outputs, batch_first=True)[0], frames.lengths), torch.cat([*final], dim=-1)


def pack(network: Network) -> None:
    """Replace each fast layer by a packed one with the same weights."""
    for encoder in network.encoders.values():
        for name, layer in encoder.named_children():
            if isinstance(layer, BidirectionalLSTM):
                setattr(encoder, name, PackedLSTM(layer))


def paper_shaped_corpus(chance: np.random.Generator) -> Corpus:
    """Noise: audio up to 925 x 25 (about 370 on average), vision a quarter as long up to 232 x 177, text 768."""
    audio = np.clip(chance.gamma(4.0, 370 / 4.0, CLIPS), 20, 925).astype(np.int64)
    vision = np.clip(audio // 4, 5, 232)
    return Corpus(
        features={
            TEXT: Ragged.of_vectors(chance.normal(size=(CLIPS, 768)).astype(np.float32)),
            AUDIO: noise(audio, 25, chance),
            VISION: noise(vision, 177, chance),
        },
        labels={modality: chance.uniform(-1, 1, CLIPS).astype(np.float32) for modality in Modality},
        supervised=chance.random(CLIPS) < 0.21,  # 2,722 of 12,883 clips
    )


def noise(lengths: Rows, dim: int, chance: np.random.Generator) -> Ragged:
    """Standard normal sequences of those lengths."""
    values = chance.standard_normal(size=(int(lengths.sum()), dim), dtype=np.float32)
    return Ragged(values, np.concatenate([[0], np.cumsum(lengths)]))


def main() -> None:
    """Time both ways in one process and print what they did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recipe", default="released", choices=["paper", "released"])
    parser.add_argument("--steps", type=int, default=15, choices=range(1, 16), metavar="1-15")
    parser.add_argument("--packed-steps", type=int, default=2, choices=range(1, 16), metavar="1-15")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--device", default="cpu")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)

    device, chance = torch.device(given.device), np.random.default_rng(1111)
    settings, corpus = recipe(given.recipe, semi=True), paper_shaped_corpus(chance)
    scaling = fit_scaling(corpus, np.arange(CLIPS))
    torch.manual_seed(1111)
    fast = build_network(settings, corpus.feature_sizes)
    packed = build_network(settings, corpus.feature_sizes)
    packed.load_state_dict(fast.state_dict())
    pack(packed)
    fast, packed = fast.to(device), packed.to(device)

    def steps(network: Network, batches: Sequence[Rows]) -> float:
        """Samples a second, loading included; two clips of the first batch warm up."""
        optimizer, seconds, samples = build_optimizer(network, settings), 0.0, 0
        for place, rows in enumerate([batches[0][:2], *batches[1:]]):
            started = time.perf_counter()
            batch = load_batch(corpus, rows, scaling=scaling, device=device)
            total = weighted_sum(batch_terms(network, batch, recipe=settings, mixing=True, chance=chance))
            optimizer.zero_grad()
            torch.autograd.backward(total)
            optimizer.step()
            total.item()  # waits for an accelerator
            if place:
                seconds, samples = seconds + time.perf_counter() - started, samples + len(rows)
        return samples / seconds

    batch_size = settings.batch_size
    by_length = shuffled_batches(clip_lengths(corpus), np.arange(CLIPS), batch_size=batch_size, chance=chance)
    at_random = np.array_split(chance.permutation(CLIPS), CLIPS // batch_size)
    few = load_batch(corpus, at_random[0][:8], scaling=scaling, device=device)
    difference = prediction_difference(fast, packed, few)
    slow_rate = steps(packed, at_random[: given.packed_steps + 1])
    fast_rate = steps(fast, by_length[: given.steps + 1])
    print(f"recipe {given.recipe}, batch {batch_size}, {given.device}, {given.threads} threads")
    print(f"packed LSTMs, random batches {slow_rate:8.1f} samples/s ({given.packed_steps} steps)")
    print(f"fused LSTMs, length batches  {fast_rate:8.1f} samples/s ({given.steps} steps)")
    print(f"ratio {fast_rate / slow_rate:.1f}; predictions differ by at most {difference:.1e}")


def prediction_difference(first: Network, second: Network, batch: Batch) -> float:
    """Largest difference between two networks' predictions for one batch, without dropout."""
    with torch.inference_mode():
        both = [each.eval()(text=batch.text, audio=batch.audio, vision=batch.vision) for each in (first, second)]
    first.train()
    second.train()
    return max(float((both[0].predictions[m] - both[1].predictions[m]).abs().max()) for m in Modality)


if __name__ == "__main__":
    main()
