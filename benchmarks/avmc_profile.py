"""What an epoch of AV-MC needs in arithmetic, and where its time goes."""

import time

import numpy as np
import torch
from torch.profiler import ProfilerActivity, profile

from benchmarks.avmc_corpus import AUDIO, LONGEST, TEXT, say
from modeling.batches import Corpus, Rows, clip_lengths, fit_scaling, load_batch, shuffled_batches
from modeling.epoch_loop import EpochLoop, Pass
from modeling.networks.padding import padded_length
from modeling.prediction import build_network
from modeling.recipes import Recipe
from modeling.training import build_optimizer

CPU = torch.device("cpu")
SAMPLE = 20  # batches that are profiled
# Operators of torch by what they are there for; what is not listed counts as the rest.
KINDS = {
    "recurrent kernels": ("mkldnn_rnn_layer", "mkldnn_rnn_layer_backward"),
    "reversing, joining and copying frames": ("index_select", "cat", "copy_", "_Reorder", "_ReorderBackward", "slice"),
    "linear layers": ("mm", "addmm", "linear"),
    "dropout": ("bernoulli_", "mul", "div_"),
    "layer norm": ("native_layer_norm", "native_layer_norm_backward"),
    "optimizer": ("_fused_adam_", "Optimizer.step#Adam.step", "Optimizer.zero_grad#Adam.zero_grad"),
}


def operations(corpus: Corpus, settings: Recipe) -> float:
    """Floating-point operations of one sample's forward and backward pass (three times the forward one)."""
    return 3 * 2.0 * corpus.features[TEXT].dim * settings.hidden_sizes[TEXT] + sum(
        corpus.features[name].lengths.mean() * (linear + recurrent)
        for name, (linear, recurrent) in _operations_of_a_frame(corpus, settings).items()
    )


def _operations_of_a_frame(corpus: Corpus, settings: Recipe) -> dict[str, tuple[float, float]]:
    """Of the projection and of both recurrent layers, forth and back."""
    found = {}
    for name in LONGEST:
        hidden = settings.hidden_sizes[name]
        recurrent = sum(2 * 2 * 4 * hidden * (inputs + hidden) for inputs in (hidden, 2 * hidden))
        found[name] = (3.0 * 2 * corpus.features[name].dim * hidden, 3.0 * recurrent)
    return found


def cores_limit() -> float:
    """Operations a second of one large matrix product, the most that these cores give."""
    left, right = torch.randn(2, 1536, 1536)
    left @ right
    started = time.perf_counter()
    for _ in range(10):
        left @ right
    return 10 * 2 * 1536**3 / (time.perf_counter() - started)


def tell_breakdown(corpus: Corpus, settings: Recipe, rows: Rows) -> None:
    """Print where the time of one thread goes in mixed batches, and what padding adds to the arithmetic."""
    threads, chance = torch.get_num_threads(), np.random.default_rng(1)
    torch.set_num_threads(1)
    some = chance.choice(rows, min(len(rows), SAMPLE * settings.batch_size), replace=False)
    scaling = fit_scaling(corpus, some[:64])
    torch.manual_seed(1)
    network = build_network(settings, corpus.feature_sizes)
    optimizer = build_optimizer(network, settings)
    loop = EpochLoop(1, corpus, settings, scaling, CPU, chance, lambda: False, lambda _: None)
    walks = [Pass(some, mixing=True)]
    loop.run(network, optimizer, walks)  # warms up
    seconds = -time.thread_time()
    loop.run(network, optimizer, walks)
    seconds += time.thread_time()
    with profile(activities=[ProfilerActivity.CPU]) as measured:
        loop.run(network, optimizer, walks)
    found = {event.key.removeprefix("aten::"): event.self_cpu_time_total / 1e6 for event in measured.key_averages()}
    total = sum(found.values())
    say(f"Where the time of one thread goes ({len(some)} clips, mixed batches; {len(some) / seconds:.0f} samples/s):")
    for kind, names in KINDS.items():
        say(f"  {kind:40} {100 * sum(found.pop(name, 0.0) for name in names) / total:5.1f} %")
    say(f"  {'the rest of torch, and Python':40} {100 * sum(found.values()) / total:5.1f} %")
    _tell_reading(corpus, settings, some, scaling)
    torch.set_num_threads(threads)


def _tell_reading(corpus: Corpus, settings: Recipe, rows: Rows, scaling: object) -> None:
    """Reading happens beside, in a thread of its own; padding is read, and computed on, in vain."""
    lengths = clip_lengths(corpus)
    batches = shuffled_batches(lengths, rows, batch_size=settings.batch_size, chance=np.random.default_rng(2))
    seconds = -time.thread_time()
    for each in batches:
        load_batch(corpus, each, scaling=scaling, device=CPU)  # type: ignore[arg-type] # as fit_scaling gave it
    seconds += time.thread_time()
    audio = corpus.features[AUDIO].lengths
    padded = sum(padded_length(int(audio[each].max())) * len(each) for each in batches) / audio[rows].sum()
    say(f"  reading and scaling batches, beside that: {1e3 * seconds / len(batches):.1f} ms of CPU a batch")
    say(f"  padding adds {100 * (padded - 1):.1f} % of frames to compute on")
