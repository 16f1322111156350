"""Memory of a semi-supervised training on a corpus of the published size, epoch by epoch.

Features lie in files as the product stores them, memory-mapped. What a process has for itself (anonymous memory) and
what it has mapped of files (the system's cache, which it takes back at will) are told apart, each at its highest in an
epoch; the framework's own memory, after torch is loaded and has made one small step, is subtracted.

Run from the repository root: `python -m benchmarks.avmc_memory [--clips 13530] [--epochs 3] [--threads 2]`.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.avmc_corpus import CORPUS, SIZES, corpus_of, say, splits
from datasets.features import RaggedWriter, open_ragged
from datasets.vocabulary import Modality
from modeling.batches import Corpus, Ragged

SEED = 1111
LIMIT = 1500  # MB above the framework's own


def store(clips: int, folder: Path) -> None:
    """Feature files as the product writes them, one a modality."""
    corpus = corpus_of(clips, folder, SEED)
    for name, features in corpus.features.items():
        columns = [str(column) for column in range(features.dim)]
        with RaggedWriter(folder / f"{name}.arrow", columns=columns, rate=None, extractor="noise") as writer:
            for row in range(clips):
                writer.add(str(row), features.clip(row))
    for name in SIZES:
        (folder / name).unlink()


def stored_corpus(clips: int, folder: Path) -> Corpus:
    """The same clips, their features mapped from the stored files."""
    features = {}
    for name in SIZES:
        stored = open_ragged(folder / f"{name}.arrow")
        features[name] = Ragged(values=stored.values, offsets=stored.offsets)
    chance = np.random.default_rng(SEED)
    labels = {each: chance.uniform(-1, 1, clips).astype(np.float32) for each in Modality}
    return Corpus(features=features, labels=labels, supervised=np.arange(clips) < round(clips * 3369 / 13530))


def megabytes() -> dict[str, float]:
    """Resident memory of this process: its own, and that of mapped files."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return {name: int(lines[name].split()[0]) / 1024 for name in ("RssAnon", "RssFile")}


def train_here(clips: int, folder: Path, epochs: int, threads: int) -> None:
    """Train in this process; prints JSON lines: the framework's own memory, then the highest of each epoch."""
    import torch

    from modeling.memory import keep_freed_memory
    from modeling.recipes import recipe
    from modeling.training import train

    torch.set_num_threads(threads)
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined] # torch types it nowhere
    torch.nn.Linear(2, 2)(torch.ones(1, 2)).sum().backward()
    say(json.dumps({"own": megabytes()}))
    tidy = keep_freed_memory()
    corpus, highest = stored_corpus(clips, folder), dict.fromkeys(("RssAnon", "RssFile"), 0.0)

    def look(_: object) -> None:
        for name, now in megabytes().items():
            highest[name] = max(highest[name], now)
        tidy()

    settings = replace(recipe("released", semi=True, epochs=epochs), patience=epochs)
    train_rows, valid_rows = splits(corpus)
    for epoch in train(corpus, recipe=settings, train_rows=train_rows, valid_rows=valid_rows, seed=SEED, on_batch=look):
        look(None)
        say(json.dumps({"epoch": epoch.number, "seconds": epoch.seconds, "highest": dict(highest)}))
        highest.update(dict.fromkeys(highest, 0.0))


def main() -> None:
    """Store features, train in a child, and print what it had."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=CORPUS + 647, help="the published training and validation clips")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--child", type=Path, help="used by the benchmark itself")
    given = parser.parse_args()
    if given.child:
        train_here(given.clips, given.child, given.epochs, given.threads)
        return
    with ExitStack() as opened:
        folder = opened.enter_context(tempfile.TemporaryDirectory())
        store(given.clips, Path(folder))
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
        say(
            f"released recipe, semi-supervised, {given.clips} clips, {size:.0f} MB of features, {given.threads} threads"
        )
        options = ["--clips", str(given.clips), "--epochs", str(given.epochs), "--threads", str(given.threads)]
        command = [sys.executable, "-m", "benchmarks.avmc_memory", "--child", folder, *options]
        child = opened.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        own: dict[str, float] = {}
        for line in child.stdout or ():
            told = json.loads(line)
            own = told.get("own", own)
            tell(told, own)


def tell(told: dict[str, object], own: dict[str, float]) -> None:
    """Print one line of the child's in words."""
    if "own" in told:
        say(f"the framework's own: {own['RssAnon']:.0f} MB, and {own['RssFile']:.0f} MB of its files mapped")
        return
    highest = told["highest"]
    assert isinstance(highest, dict)
    above = {name: highest[name] - own[name] for name in own}
    say(
        f"epoch {told['epoch']} ({told['seconds']:.0f} s): at most {above['RssAnon']:.0f} MB of its own above that "
        f"(limit {LIMIT}), {above['RssFile']:.0f} MB of the feature files in the system's cache"
    )


if __name__ == "__main__":
    main()
