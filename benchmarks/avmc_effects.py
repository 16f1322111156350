"""AV-MC on a synthetic corpus whose effects are known: what it learns, what it loses without a part, what semi adds.

Audio alone decides the sentiment of every second clip; in the other half text and vision tell it, and audio is silent.
So a model without audio can do no better than a constant on the first half, and one with audio alone on the second.

Prints the mean distance from the multimodal label (MAE) on each half of the test clips, mean ± standard deviation over
seeds; each seed draws corpus and weights anew. Constants and models see the same clips.

Run from the repository root: `python -m benchmarks.avmc_effects [--seeds 5] [--epochs 25] [--threads 1]`.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from modeling import Corpus, Modality, Ragged, Recipe, predict, recipe, train
from modeling.batches import Float32, Rows
from modeling.significance import spread

TEXT, AUDIO, VISION, MULTIMODAL = Modality
FIRST_SEED = 1111
TRAIN, VALID, TEST, UNLABELLED = 240, 60, 300, 600
SCARCE = 24  # labelled training clips
FRAMES = {AUDIO: 10, VISION: 6}
SIZES = {TEXT: 16, AUDIO: 8, VISION: 12}
NOISE = 0.5
LEARNING: dict[str, Any] = {  # Any: each setting has its own type
    "batch_size": 32,
    "patience": 10,
    "learning_rate": 3e-3,
    "encoder_learning_rates": dict.fromkeys((TEXT, AUDIO, VISION), 3e-3),
}


@dataclass(frozen=True)
class Planted:
    """A corpus, and which of its clips audio alone decides."""

    corpus: Corpus
    by_audio: npt.NDArray[np.bool_]
    train_rows: Rows
    valid_rows: Rows
    test_rows: Rows
    unlabelled: Rows


def plant(seed: int) -> Planted:
    """Labels on the grid of fifths; a modality that does not tell a clip's sentiment is labelled neutral."""
    chance = np.random.default_rng(seed)
    clips = TRAIN + VALID + TEST + UNLABELLED
    sentiment = (chance.integers(-5, 6, clips) / 5).astype(np.float32)
    by_audio = np.arange(clips) % 2 == 0
    heard, seen = np.where(by_audio, sentiment, 0), np.where(by_audio, 0, sentiment)
    labels = {TEXT: seen, AUDIO: heard, VISION: seen, MULTIMODAL: sentiment}
    ends = np.cumsum([TRAIN, VALID, TEST])
    rows = np.split(np.arange(clips), ends)
    return Planted(
        Corpus(
            features={name: frames_of(labels[name], name, chance) for name in SIZES},
            labels={name: values.astype(np.float32) for name, values in labels.items()},
            supervised=np.arange(clips) < ends[-1],
        ),
        by_audio,
        *rows,
    )


def frames_of(values: Float32, name: Modality, chance: np.random.Generator) -> Ragged:
    """Noise around a pattern whose strength is the label; the same pattern in every frame."""
    count = FRAMES.get(name, 1)
    pattern = chance.normal(size=SIZES[name])
    frames = np.repeat(values, count)[:, None] * pattern
    noisy = frames + chance.normal(scale=NOISE, size=frames.shape)
    return Ragged(noisy.astype(np.float32), np.arange(len(values) + 1) * count)


def without(planted: Planted, *gone: Modality) -> Planted:
    """The same clips, with nothing but noise in some modalities."""
    chance = np.random.default_rng(7)
    blank = np.zeros(len(planted.by_audio), np.float32)
    features = {
        name: frames_of(blank, name, chance) if name in gone else values
        for name, values in planted.corpus.features.items()
    }
    return replace(planted, corpus=replace(planted.corpus, features=features))


def scarce(planted: Planted, *, unlabelled: bool) -> Planted:
    """Few labelled training clips, with or without those that have no label."""
    rows = planted.train_rows[:SCARCE]
    return replace(planted, train_rows=np.concatenate([rows, planted.unlabelled]) if unlabelled else rows)


def errors(planted: Planted, settings: Recipe, seed: int) -> Float32:
    """Distance of the model's prediction from the multimodal label of each test clip."""
    rows = planted.train_rows
    epochs = list(train(planted.corpus, recipe=settings, train_rows=rows, valid_rows=planted.valid_rows, seed=seed))
    predicted = predict(epochs[-1].best, planted.corpus, planted.test_rows)
    values = predicted.get(MULTIMODAL, next(iter(predicted.values())))
    found: Float32 = np.abs(values.clip(-1, 1) - planted.corpus.labels[MULTIMODAL][planted.test_rows])
    return found


def constant_errors(planted: Planted) -> Float32:
    """Distance of the training clips' median label, the best constant there is."""
    labels = planted.corpus.labels[MULTIMODAL]
    found: Float32 = np.abs(np.median(labels[planted.train_rows]) - labels[planted.test_rows])
    return found


def halves(planted: Planted, found: Float32) -> tuple[float, float]:
    """MAE where audio decides, and where text and vision do."""
    by_audio = planted.by_audio[planted.test_rows]
    return float(found[by_audio].mean()), float(found[~by_audio].mean())


def tell(name: str, values: Sequence[tuple[float, float]]) -> None:
    """One line: both halves and all of the test clips, over the seeds."""
    columns = [[first for first, _ in values], [second for _, second in values], [sum(pair) / 2 for pair in values]]
    found = [spread(column) for column in columns]
    figures = "  ".join(f"{each.mean:.3f} ± {each.deviation or 0:.3f}" for each in found if each)
    print(f"{name:42} {figures}", flush=True)


def main() -> None:
    """Train every condition with every seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=25)
    parser.add_argument("--threads", type=int, default=1, help="tensors this small gain nothing from more")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    seeds = range(FIRST_SEED, FIRST_SEED + given.seeds)
    corpora = {seed: plant(seed) for seed in seeds}
    semi = recipe("released", semi=True, epochs=given.epochs, **LEARNING)
    supervised = replace(semi, semi=False)  # the same network and losses, so that only the clips differ

    def alone(modality: Modality) -> Recipe:
        return recipe("paper", semi=False, model=modality, supervision="multimodal", epochs=given.epochs, **LEARNING)

    def ablated(name: str) -> Recipe:
        return replace(recipe("released", semi=True, ablation=name, epochs=given.epochs, **LEARNING), semi=False)

    def whole(planted: Planted) -> Planted:
        return planted

    conditions: list[tuple[str, Recipe, Callable[[Planted], Planted]]] = [
        ("supervised AV-MC", supervised, whole),
        ("  its audio replaced by noise", supervised, lambda planted: without(planted, AUDIO)),
        ("  its text and vision replaced by noise", supervised, lambda planted: without(planted, TEXT, VISION)),
        ("  without mixup of audio", ablated("without_mixup_audio"), whole),
        ("  without mixup of vision", ablated("without_mixup_vision"), whole),
        ("  without mixup", ablated("without_mixup"), whole),
        ("  without mixup and unimodal tasks", ablated("without_mixup_and_unimodal_tasks"), whole),
        ("audio alone", alone(AUDIO), whole),
        ("text alone", alone(TEXT), whole),
        (f"{SCARCE} labels, supervised", supervised, lambda planted: scarce(planted, unlabelled=False)),
        (f"{SCARCE} labels, semi-supervised", semi, lambda planted: scarce(planted, unlabelled=True)),
    ]
    print(
        f"{TRAIN} labelled training clips unless said otherwise, {VALID} to validate, {TEST} to test, {UNLABELLED} "
        f"without labels; seeds {seeds[0]} to {seeds[-1]}; MAE"
    )
    print(f"{'':42} {'audio decides':15}{'text and vision':17}all", flush=True)
    tell("best constant", [halves(planted, constant_errors(planted)) for planted in corpora.values()])
    for name, settings, change in conditions:
        changed = {seed: change(planted) for seed, planted in corpora.items()}
        tell(name, [halves(planted, errors(planted, settings, seed)) for seed, planted in changed.items()])


if __name__ == "__main__":
    main()
