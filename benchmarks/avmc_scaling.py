"""Cost of an epoch of AV-MC from 1,000 to 50,000 clips: what grows with frames, and what a clip more costs elsewhere.

Noise of the paper's shapes in mapped files. Of each size a sample of batches, drawn over the whole corpus, is trained
on; what walks over all clips is measured whole: planning the batches of an epoch, and fitting the scaling (once a run).
Times are of CPU, so that other work on the machine does not count.

Run from the repository root: `python -m benchmarks.avmc_scaling [--sizes 1000 5000 20000 50000] [--batches 24]`.
The largest size needs 5 GB of disk for a while.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from benchmarks.avmc_corpus import AUDIO, SIZES, VISION, corpus_of, say
from modeling.batches import Corpus, Rows, clip_lengths, fit_scaling, shuffled_batches
from modeling.epoch_loop import EpochLoop, Pass
from modeling.memory import keep_freed_memory, own_megabytes
from modeling.prediction import build_network, predict_with
from modeling.recipes import recipe
from modeling.training import build_optimizer

SEED = 1111
CPU = torch.device("cpu")
SECOND, VALIDATION = "a pass over the labelled clips", "validation"
PARTS = {SECOND: 0.21, VALIDATION: 0.05}  # of all clips, in CH-SIMS v2.0


def seconds_of(work: Callable[[], object]) -> float:
    """CPU seconds of this process while it works, all threads together."""
    started = time.process_time()
    work()
    return time.process_time() - started


def measure(corpus: Corpus, clips: int, batches: int, tidy: Callable[[], None]) -> None:
    """Print one line for a corpus."""
    settings, chance = recipe("released", semi=True), np.random.default_rng(SEED)
    rows, lengths = np.arange(clips), clip_lengths(corpus)
    planned: list[Rows] = []
    planning = seconds_of(
        lambda: planned.extend(shuffled_batches(lengths, rows, batch_size=settings.batch_size, chance=chance))
    )
    scaling: dict[object, object] = {}
    fitting = seconds_of(lambda: scaling.update(fit_scaling(corpus, rows)))
    torch.manual_seed(SEED)
    network = build_network(settings, corpus.feature_sizes)
    optimizer = build_optimizer(network, settings)
    some = np.concatenate([planned[place] for place in chance.permutation(len(planned))[:batches]])
    loop = EpochLoop(1, corpus, settings, scaling, CPU, chance, lambda: False, lambda _: tidy())  # type: ignore[arg-type]
    loop.run(network, optimizer, [Pass(some, mixing=True)])  # warms up
    step = seconds_of(lambda: loop.run(network, optimizer, [Pass(some, mixing=True)]))
    size = settings.batch_size
    predict = seconds_of(
        lambda: predict_with(network, corpus, some, scaling=scaling, batch_size=size, device=CPU)  # type: ignore[arg-type]
    )
    frames, of_some = (
        float(sum(corpus.features[name].lengths[chosen].sum() for name in (AUDIO, VISION))) for chosen in (rows, some)
    )
    learning, predicting = step / of_some, predict / of_some  # seconds a frame
    epoch = frames * (learning * (1 + PARTS[SECOND]) + predicting * PARTS[VALIDATION]) + planning
    say(
        f"{clips:8} {frames / 1e6:9.2f} {1e6 * learning:12.2f} {1e6 * predicting:14.2f} {1e3 * planning:11.1f} "
        f"{fitting:11.1f} {epoch:11.0f} {1e6 * epoch / frames:11.2f} {own_megabytes():8.0f}"
    )


def main() -> None:
    """Print a table, one line a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000, 20_000, 50_000])
    parser.add_argument("--batches", type=int, default=24, help="of each size, trained on twice")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    tidy = keep_freed_memory()
    torch.set_num_threads(given.threads)
    say(f"released recipe, semi-supervised, {given.threads} threads, widths {', '.join(map(str, SIZES.values()))}")
    say("   clips  M frames  us to learn  us to predict  ms to plan  s to scale  s an epoch  us a frame   MB own")
    for clips in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(corpus_of(clips, Path(folder), SEED), clips, given.batches, tidy)


if __name__ == "__main__":
    main()
