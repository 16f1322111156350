"""One epoch of semi-supervised AV-MC at the paper's shapes beside the loop of the authors' code.

Prints samples a second, their ratios, the share of the cores' limit that is reached, and memory over epochs.

The rival is made anew from the description in docs/performance.md: padded float32 arrays in a DataLoader, packed LSTMs,
random batches, and a frozen encoder of bert-base's size on every batch. Its epoch is told from a few batches of each
pass, since a whole one takes hours on a CPU; ours is walked whole, over the whole corpus with `--clips 12883`.
The memory of a training is told at its highest in each epoch.

Run from the repository root: `python -m benchmarks.avmc_epoch [--threads 2] [--clips 2048] [--memory-epochs 2]`.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

from benchmarks.avmc_step import pack
from datasets.vocabulary import Modality
from modeling.batches import (
    Batch,
    Corpus,
    Float32,
    Ragged,
    Rows,
    clip_lengths,
    fit_scaling,
    load_batch,
    shuffled_batches,
)
from modeling.losses import batch_terms, weighted_sum
from modeling.networks.encoders import Frames
from modeling.networks.unimodal import Network
from modeling.prediction import build_network
from modeling.recipes import Recipe, recipe
from modeling.training import train

TEXT, AUDIO, VISION, _ = Modality
CORPUS, SUPERVISED = 12_883, 2_722  # clips of CH-SIMS v2.0, and those of them with labels to learn from
LONGEST = {AUDIO: 925, VISION: 232}
TOKENS = 50


def corpus_of(clips: int, folder: Path, chance: np.random.Generator) -> Corpus:
    """Noise of the published shapes, memory-mapped as features of a real version are."""
    audio = np.clip(chance.gamma(4.0, 370 / 4.0, clips), 20, LONGEST[AUDIO]).astype(np.int64)
    vision = np.clip(audio // 4, 5, LONGEST[VISION])
    lengths = {TEXT: np.ones(clips, np.int64), AUDIO: audio, VISION: vision}
    sizes = {TEXT: 768, AUDIO: 25, VISION: 177}
    return Corpus(
        features={each: _mapped(folder / each, lengths[each], sizes[each], chance) for each in sizes},
        labels={each: chance.uniform(-1, 1, clips).astype(np.float32) for each in Modality},
        supervised=np.arange(clips) < round(clips * SUPERVISED / CORPUS),
    )


def _mapped(path: Path, lengths: Rows, dim: int, chance: np.random.Generator) -> Ragged:
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    values = np.memmap(path, np.float32, "w+", shape=(int(offsets[-1]), dim))
    for start in range(0, len(values), 10_000):
        part = values[start : start + 10_000]
        part[:] = chance.standard_normal(part.shape, dtype=np.float32)
    values.flush()
    return Ragged(np.memmap(path, np.float32, "r", shape=values.shape), offsets)


class PaddedClips(Dataset[dict[str, Tensor]]):
    """Every clip padded to the longest of the corpus, as the published pickles hold them."""

    def __init__(self, corpus: Corpus, rows: Rows) -> None:
        self.rows = rows
        self.arrays = {name: self._padded(corpus, name) for name in LONGEST}
        self.lengths = {name: corpus.features[name].lengths[rows] for name in LONGEST}
        self.text = np.stack([corpus.clip(TEXT, row)[0] for row in rows])
        self.labels = {name: corpus.labels_of(name, rows) for name in Modality}

    def _padded(self, corpus: Corpus, name: Modality) -> Float32:
        padded = np.zeros((len(self.rows), LONGEST[name], corpus.features[name].dim), np.float32)
        for place, row in enumerate(self.rows):
            clip = corpus.clip(name, row)
            padded[place, : len(clip)] = clip
        return padded

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: int) -> dict[str, Tensor]:
        found = {name: torch.from_numpy(values[place]) for name, values in self.arrays.items()}
        found |= {f"{name} frames": torch.tensor(self.lengths[name][place]) for name in LONGEST}
        found |= {f"{name} label": torch.tensor(values[place]) for name, values in self.labels.items()}
        return found | {"tokens": torch.randint(0, 21_128, (TOKENS,)), "text": torch.from_numpy(self.text[place])}


class FrozenBert(nn.Module):
    """An encoder of bert-base-chinese's size; weights are random, which costs as much."""

    def __init__(self) -> None:
        super().__init__()
        from transformers import BertConfig, BertModel

        self.bert = BertModel(BertConfig(vocab_size=21_128)).eval()

    def forward(self, tokens: Tensor) -> Tensor:
        """The [CLS] vectors (batch, 768)."""
        with torch.no_grad():
            first: Tensor = self.bert(tokens).last_hidden_state[:, 0]
        return first


def rival_batches(clips: PaddedClips, bert: FrozenBert | None, batch_size: int) -> Iterator[Batch]:
    """Random batches; the text is encoded anew with each, or read where it is cached."""
    for given in DataLoader(clips, batch_size=batch_size, shuffle=True):
        yield Batch(
            rows=np.arange(len(given["text"])),
            text=bert(given["tokens"]) if bert else given["text"],
            audio=Frames(given[AUDIO], given[f"{AUDIO} frames"]),
            vision=Frames(given[VISION], given[f"{VISION} frames"]),
            labels={name: given[f"{name} label"] for name in Modality},
        )


def our_batches(corpus: Corpus, rows: Rows, batch_size: int, chance: np.random.Generator) -> Iterator[Batch]:
    """Batches of like length, read from the mapped file."""
    scaling = fit_scaling(corpus, rows[:64])
    for batch in shuffled_batches(clip_lengths(corpus), rows, batch_size=batch_size, chance=chance):
        yield load_batch(corpus, batch, scaling=scaling, device=torch.device("cpu"))


@dataclass
class Pass:
    """One of an epoch's two passes: over all clips with mixup, or over the supervised ones."""

    settings: Recipe
    mixing: bool
    chance: np.random.Generator

    def rate(self, network: Network, warm_up: Iterator[Batch], batches: Iterator[Batch]) -> float:
        """Samples a second of the batches, loading included, after one other batch to warm up."""
        network.train()
        optimizer = torch.optim.Adam(network.parameters(), lr=1e-4, fused=True)
        self._step(network, optimizer, next(warm_up))
        samples, started = 0, time.perf_counter()
        for batch in batches:
            self._step(network, optimizer, batch)
            samples += len(batch)
        return samples / (time.perf_counter() - started)

    def _step(self, network: Network, optimizer: torch.optim.Optimizer, batch: Batch) -> None:
        terms = batch_terms(network, batch, recipe=self.settings, mixing=self.mixing, chance=self.chance)
        optimizer.zero_grad()
        torch.autograd.backward(weighted_sum(terms))
        optimizer.step()


@dataclass
class Bench:
    """The corpus and the recipe that every loop is timed on."""

    corpus: Corpus
    settings: Recipe
    chance: np.random.Generator
    rival_batches: int  # of each pass

    def ours(self) -> float:
        """Our samples a second over an epoch; both passes are walked whole."""
        network = build_network(self.settings, self.corpus.feature_sizes)

        def batches(rows: Rows) -> Iterator[Batch]:
            return our_batches(self.corpus, rows, self.settings.batch_size, self.chance)

        return self._epoch_rate(lambda each, rows: each.rate(network, batches(rows), batches(rows)))

    def rival(self, bert: FrozenBert | None) -> float:
        """Samples a second of the authors' loop, told from some batches of each pass."""
        network = build_network(self.settings, self.corpus.feature_sizes)
        pack(network)
        batch_size = self.settings.batch_size

        def sampled(each: Pass, rows: Rows) -> float:
            clips = PaddedClips(self.corpus, self.chance.choice(rows, self.rival_batches * batch_size))
            return each.rate(network, rival_batches(clips, bert, 8), rival_batches(clips, bert, batch_size))

        return self._epoch_rate(sampled)

    def _epoch_rate(self, measure: Callable[[Pass, Rows], float]) -> float:
        rows = np.arange(len(self.corpus.supervised))
        mixed = measure(Pass(self.settings, True, self.chance), rows)
        plain = measure(Pass(self.settings, False, self.chance), rows[self.corpus.supervised])
        say(f"  mixed pass {mixed:.1f} samples/s, supervised pass {plain:.1f} samples/s")
        return (CORPUS + SUPERVISED) / (CORPUS / mixed + SUPERVISED / plain)


def operations(corpus: Corpus, settings: Recipe) -> float:
    """Floating-point operations of one sample's forward and backward pass (three times the forward one)."""
    total = 2.0 * corpus.features[TEXT].dim * settings.hidden_sizes[TEXT]
    for name in LONGEST:
        frames, hidden = corpus.features[name].lengths.mean(), settings.hidden_sizes[name]
        projection = 2 * corpus.features[name].dim * hidden
        first, second = (2 * 2 * 4 * hidden * (inputs + hidden) for inputs in (hidden, 2 * hidden))
        total += frames * (projection + first + second)
    return 3 * total


def cores_limit() -> float:
    """Operations a second of one large matrix product, the most that these cores give."""
    left, right = torch.randn(2, 1536, 1536)
    left @ right
    started = time.perf_counter()
    for _ in range(10):
        left @ right
    return 10 * 2 * 1536**3 / (time.perf_counter() - started)


def anonymous_megabytes() -> float:
    """Memory of this process that no file stands behind."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024


def memory(corpus: Corpus, settings: Recipe, epochs: int) -> None:
    """Print the process's own memory at its highest within each epoch of a training."""
    clips, highest = len(corpus.supervised), [0.0]
    before = anonymous_megabytes()

    def look(_: object) -> None:
        highest[0] = max(highest[0], anonymous_megabytes())

    rows = np.arange(clips)
    labelled = rows[corpus.supervised]
    valid = labelled[-min(64, len(labelled) // 4) :]
    for epoch in train(
        corpus, recipe=settings, train_rows=np.setdiff1d(rows, valid), valid_rows=valid, seed=1111, on_batch=look
    ):
        say(
            f"epoch {epoch.number} of a training: at most {highest[0] - before:.0f} MB above the {before:.0f} MB "
            f"of before, {epoch.seconds:.0f} s"
        )
        highest[0] = 0.0
        if epoch.number == epochs:
            return


def say(line: str) -> None:
    """Print a line as soon as it is known, into a file too."""
    print(line, flush=True)


def main() -> None:
    """Time all three loops in one process and print rates and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--clips", type=int, default=2048)
    parser.add_argument("--rival-batches", type=int, default=2, help="of each of the rival's two passes")
    parser.add_argument("--memory-epochs", type=int, default=2, help="epochs of a training to watch memory over")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(1111)
    settings = recipe("released", semi=True)
    with tempfile.TemporaryDirectory() as folder:
        chance = np.random.default_rng(1111)
        corpus = corpus_of(given.clips, Path(folder), chance)
        say(
            f"released recipe, semi-supervised, batch {settings.batch_size}, {given.threads} threads, CPU: "
            f"{given.clips} clips of the paper's shapes; the rival is told from {given.rival_batches} batches a pass"
        )
        if given.memory_epochs:  # first, or it would be hidden in what the rival has left behind
            memory(corpus, settings, given.memory_epochs)
        bench = Bench(corpus, settings, chance, given.rival_batches)
        fast = bench.ours()
        say(f"ours: {fast:.1f} samples/s")
        limit, each = cores_limit(), operations(corpus, settings)
        say(
            f"{each / 1e9:.3f} GFLOP a sample, {limit / 1e9:.0f} GFLOP/s in one large product: "
            f"the cores' limit is {limit / each:.0f} samples/s, {100 * fast * each / limit:.0f} % of it reached"
        )
        cached = bench.rival(None)
        say(f"released loop, BERT cached: {cached:.1f} samples/s, ours is {fast / cached:.1f} times as fast")
        whole = bench.rival(FrozenBert())
        say(f"released loop: {whole:.1f} samples/s, ours is {fast / whole:.1f} times as fast")


if __name__ == "__main__":
    main()
