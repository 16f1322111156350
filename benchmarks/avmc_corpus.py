"""Noise of the published shapes, memory-mapped as features of a real version are, for the benchmarks of AV-MC."""

from pathlib import Path

import numpy as np

from datasets.vocabulary import Modality
from modeling.batches import Corpus, Ragged, Rows

TEXT, AUDIO, VISION, _ = Modality
CORPUS, SUPERVISED = 12_883, 2_722  # training clips of CH-SIMS v2.0, and those of them with labels to learn from
LABELLED = SUPERVISED + 647  # with those to validate by
LONGEST = {AUDIO: 925, VISION: 232}
SIZES = {TEXT: 768, AUDIO: 25, VISION: 177}
BLOCK = 50_000  # frames of noise that are written over and over


def lengths_of(clips: int, chance: np.random.Generator) -> dict[Modality, Rows]:
    """Frames of each clip: audio up to 925, about 370 on average; vision a quarter of them; one text vector."""
    audio = np.clip(chance.gamma(4.0, 370 / 4.0, clips), 20, LONGEST[AUDIO]).astype(np.int64)
    return {TEXT: np.ones(clips, np.int64), AUDIO: audio, VISION: np.clip(audio // 4, 5, LONGEST[VISION])}


def corpus_of(clips: int, folder: Path, seed: int) -> Corpus:
    """Clips of random lengths, labels and features; the supervised ones stand first, as many in 13,530 as published.

    Files that the folder has are not written again, so that two processes may map the same.
    """
    chance = np.random.default_rng(seed)
    lengths = lengths_of(clips, chance)
    labels = {each: chance.uniform(-1, 1, clips).astype(np.float32) for each in Modality}
    return Corpus(
        features={each: _mapped(folder / each, lengths[each], SIZES[each], chance) for each in SIZES},
        labels=labels,
        supervised=np.arange(clips) < round(clips * LABELLED / (CORPUS + 647)),
    )


def _mapped(path: Path, lengths: Rows, dim: int, chance: np.random.Generator) -> Ragged:
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    if not path.exists():
        block = chance.standard_normal((BLOCK, dim), dtype=np.float32)
        with path.open("wb") as file:
            for start in range(0, int(offsets[-1]), BLOCK):
                file.write(block[: int(offsets[-1]) - start].tobytes())
    return Ragged(np.memmap(path, np.float32, "r", shape=(int(offsets[-1]), dim)), offsets)


def splits(corpus: Corpus) -> tuple[Rows, Rows]:
    """Rows to learn from, and 647 in 3,369 of the labelled ones to validate by, as published."""
    rows = np.arange(len(corpus.supervised))
    labelled = rows[corpus.supervised]
    valid = labelled[-max(8, round(len(labelled) * 647 / 3369)) :]
    return np.setdiff1d(rows, valid), valid


def say(line: str) -> None:
    """Print a line as soon as it is known, into a file too."""
    print(line, flush=True)
