"""A whole epoch of semi-supervised AV-MC at the paper's shapes beside the loop of the authors' code, in turns.

Ours is the product's own training: features in a memory-mapped file, batches, checkpoint, validation. The rival is made
anew from a description of the released code: every clip padded to the longest in a DataLoader, random batches, packed
LSTMs, and a frozen encoder of bert-base's size (with random weights, which cost as much) on every batch. An epoch of it
would take an hour, so it is told from batches drawn at random, one after every few of ours. It lives in a process of
its own, which waits while ours works.

Prints samples a second, their ratios, the share of the cores' arithmetic that is reached, and what takes the rest.

Run from the repository root: `python -m benchmarks.avmc_epoch [--threads 2] [--rival-batches 10] [--clips 12883]`.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import torch

from benchmarks.avmc_corpus import CORPUS, SUPERVISED, corpus_of, say, splits
from benchmarks.avmc_profile import cores_limit, operations, tell_breakdown
from benchmarks.avmc_rival import Rival
from modeling.batches import Corpus, Rows
from modeling.epoch_loop import BatchProgress
from modeling.memory import keep_freed_memory
from modeling.recipes import Recipe, recipe
from modeling.significance import spread
from modeling.training import train

SEED = 1111


@dataclass
class Turns:
    """Our training and the rival's steps, each waiting for the other."""

    pipe: Connection
    tidy: Callable[[], None]
    every: int  # of our batches comes one of the rival's
    most: int  # of the rival's batches, of each pass
    mixed_batches: int  # the first of an epoch's; the others are supervised
    ours: list[tuple[bool, float]] = field(default_factory=list)  # mixed or not, seconds
    rival: list[tuple[bool, float, float]] = field(default_factory=list)  # mixed or not, seconds, of those for BERT
    paused: float = 0.0
    _started: float = field(default_factory=time.perf_counter)

    def after_batch(self, now: BatchProgress) -> None:
        """Note our batch; in the second epoch, when it is time, let the rival do one."""
        mixed = now.batch <= self.mixed_batches
        self.tidy()
        ended = time.perf_counter()
        if now.epoch == 2:
            self.ours.append((mixed, ended - self._started))
            if now.batch % self.every == 0 and sum(each[0] == mixed for each in self.rival) < self.most:
                self.pipe.send(mixed)
                self.rival.append((mixed, *self.pipe.recv()))
        self._started = time.perf_counter()
        self.paused += self._started - ended


def rival_process(pipe: Connection, clips: int, folder: Path, threads: int, batches: int) -> None:
    """Do a step whenever asked; answer with its seconds."""
    settings = recipe("released", semi=True)
    rival = Rival(corpus_of(clips, folder, SEED), settings, threads=threads, batches=batches, seed=SEED)
    pipe.send("ready")
    while (mixed := pipe.recv()) is not None:
        pipe.send(rival.step(mixing=mixed))


def rates(seconds: list[float], batch_size: int) -> str:
    """Samples a second over batches, with the standard deviation of single batches."""
    found = spread([batch_size / each for each in seconds])
    mean = batch_size * len(seconds) / sum(seconds)
    return f"{mean:7.1f} ± {(found.deviation or 0) if found else 0:.1f} samples/s ({len(seconds)} batches)"


def epoch_rate(mixed: list[float], plain: list[float], batch_size: int) -> float:
    """Samples a second over an epoch: a pass over all clips and one over the supervised ones."""
    seconds = CORPUS * np.mean(mixed) / batch_size + SUPERVISED * np.mean(plain) / batch_size
    return float((CORPUS + SUPERVISED) / seconds)


def tell_turns(turns: Turns, batch_size: int) -> tuple[float, float, float]:
    """Print both loops' rates by pass; the epoch's rate of ours, of the rival, and of the rival with BERT cached."""
    mixed, plain = ([seconds for kind, seconds in turns.ours if kind is each] for each in (True, False))
    whole = [[seconds for kind, seconds, _ in turns.rival if kind is each] for each in (True, False)]
    cached = [[seconds - bert for kind, seconds, bert in turns.rival if kind is each] for each in (True, False)]
    for name, (first, second) in {
        "ours": (mixed, plain), "released loop": whole, "released loop, BERT cached": cached,
    }.items():  # fmt: skip
        say(f"{name:28} mixed {rates(first, batch_size)}, supervised {rates(second, batch_size)}")
    return (
        epoch_rate(mixed, plain, batch_size),
        epoch_rate(*whole, batch_size),
        epoch_rate(*cached, batch_size),
    )


def main() -> None:
    """Train two epochs, the second one in turns with the rival, and print rates and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--clips", type=int, default=CORPUS + 647, help="the published training and validation clips")
    parser.add_argument("--rival-batches", type=int, default=10, help="of each of the rival's two passes")
    parser.add_argument("--bfloat16", action="store_true", help="ours with its encoders in bfloat16")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined] # torch types it nowhere
    settings = recipe("released", semi=True)
    with tempfile.TemporaryDirectory() as folder:
        run(given.clips, Path(folder), settings, given.threads, given.rival_batches, bfloat16=given.bfloat16)


def run(clips: int, folder: Path, settings: Recipe, threads: int, rival_batches: int, *, bfloat16: bool) -> None:
    """Everything that is measured."""
    corpus = corpus_of(clips, folder, SEED)
    train_rows, valid_rows = splits(corpus)
    supervised = int(corpus.supervised[train_rows].sum())
    mixed_batches = -(-len(train_rows) // settings.batch_size)
    plain_batches = -(-supervised // settings.batch_size)
    say(
        f"released recipe, semi-supervised, batch {settings.batch_size}, {threads} threads, "
        f"CPU{', ours in bfloat16' * bfloat16}: {len(train_rows)} training clips of the paper's shapes "
        f"({supervised} supervised), {len(valid_rows)} to validate"
    )
    ours_end, rival_end = get_context("spawn").Pipe()
    arguments = (rival_end, clips, folder, threads, rival_batches)
    rival = get_context("spawn").Process(target=rival_process, args=arguments, daemon=True)
    rival.start()
    ours_end.recv()
    every = max(1, min(mixed_batches, plain_batches) // rival_batches)
    turns = Turns(ours_end, keep_freed_memory(), every, rival_batches, mixed_batches)
    for epoch in epochs(corpus, settings, train_rows, valid_rows, turns, bfloat16=bfloat16):
        say(epoch)
    ours_end.send(None)
    ours, whole, cached = tell_turns(turns, settings.batch_size)
    limit, each = max(cores_limit() for _ in range(5)), operations(corpus, settings)
    say(f"ours over an epoch: {ours:.0f} samples/s")
    say(f"released loop: {whole:.2f} samples/s, ours is {ours / whole:.0f} times as fast")
    say(f"released loop, BERT cached: {cached:.2f} samples/s, ours is {ours / cached:.0f} times as fast")
    say(
        f"{each / 1e9:.3f} GFLOP a sample, {limit / 1e9:.0f} GFLOP/s in one large product on {threads} threads: "
        f"the cores' limit is {limit / each:.0f} samples/s, {100 * ours * each / limit:.0f} % of it reached"
    )
    tell_breakdown(corpus, settings, train_rows)


def epochs(
    corpus: Corpus, settings: Recipe, train_rows: Rows, valid_rows: Rows, turns: Turns, *, bfloat16: bool
) -> Iterator[str]:
    """Two epochs of the product's training, told as they end."""
    for epoch in train(
        corpus,
        recipe=settings,
        train_rows=train_rows,
        valid_rows=valid_rows,
        seed=SEED,
        bfloat16=bfloat16,
        on_batch=turns.after_batch,
    ):
        seconds = epoch.seconds - turns.paused
        turns.paused = 0.0
        yield f"epoch {epoch.number}: {seconds:.1f} s with validation and checkpoint"
        if epoch.number == 2:
            return


if __name__ == "__main__":
    main()
