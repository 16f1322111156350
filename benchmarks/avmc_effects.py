"""AV-MC on a synthetic corpus whose effects are known: what it learns, what it loses without a part, what semi adds.

Audio alone decides the sentiment of every second clip, vision alone that of the others; text says nothing, as with
words that are neutral. Few clips have labels, and those are the outspoken ones (-1, -0.8, 0.8 and 1); the clips without
labels, and the test clips, have every shade. A model that only learns the ends jumps from one to the other. Mixup holds
it to the shades between: a mixture of two clips must be predicted between both.

Prints, as mean ± standard deviation over seeds, the test clips' mean distance (MAE) of the multimodal prediction from
the multimodal label, and of the audio and vision predictions from their own labels on the clips that they decide:
mixup acts on these two. Then, by how much each condition is worse than the whole, clip set by clip set and seed by
seed: mean ± standard error. Each seed draws corpus and weights anew; all conditions make the same number of updates.

Run from the repository root:

    python -m benchmarks.avmc_effects [--seeds 10] [--first-seed 1111] [--recipes paper released]
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from modeling import Corpus, Modality, Ragged, Recipe, predict, recipe, train
from modeling.batches import Float32, Rows
from modeling.significance import spread

TEXT, AUDIO, VISION, MULTIMODAL = Modality
FIRST_SEED = 1111
LABELLED, VALID, TEST, UNLABELLED = 32, 32, 300, 224
MANY = 400  # labels of every shade, where labels are not scarce
FRAMES = {AUDIO: 3, VISION: 3}
SIZES = {TEXT: 8, AUDIO: 8, VISION: 8}
NOISE = 0.5  # around patterns of length sqrt(8) for a label of 1
ENDS = (-1.0, -0.8, 0.8, 1.0)
UPDATES, PATIENCE = 300, 100
EQUAL = {AUDIO: 0.8, VISION: 0.8}  # mixup weights; the recipes give audio a quarter of that
LEARNING: dict[str, Any] = {  # Any: each setting has its own type
    "batch_size": 32,
    "patience": 1000,
    "learning_rate": 3e-3,
    "encoder_learning_rates": dict.fromkeys((TEXT, AUDIO, VISION), 3e-3),
}
Errors = tuple[float, float, float]  # multimodal; audio and vision on the clips that they decide


@dataclass(frozen=True)
class Planted:
    """A corpus, and which of its clips audio alone decides."""

    corpus: Corpus
    by_audio: npt.NDArray[np.bool_]
    train_rows: Rows
    valid_rows: Rows
    test_rows: Rows
    unlabelled: Rows


def plant(seed: int, *, labelled: int = LABELLED, outspoken: bool = True) -> Planted:
    """Labels on the grid of fifths; a modality that does not tell a clip's sentiment is labelled neutral."""
    chance = np.random.default_rng(seed)
    clips = labelled + VALID + TEST + UNLABELLED
    sentiment = chance.integers(-5, 6, clips) / 5
    if outspoken:
        sentiment[: labelled + VALID] = chance.choice(ENDS, labelled + VALID)
    by_audio = np.arange(clips) % 2 == 0
    labels = {
        TEXT: np.zeros(clips),
        AUDIO: np.where(by_audio, sentiment, 0),
        VISION: np.where(by_audio, 0, sentiment),
        MULTIMODAL: sentiment,
    }
    ends = np.cumsum([labelled, VALID, TEST])
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


def frames_of(values: npt.NDArray[np.float64], name: Modality, chance: np.random.Generator) -> Ragged:
    """Noise around a pattern whose strength is the label; the same pattern in every frame."""
    count = FRAMES.get(name, 1)
    pattern = chance.normal(size=SIZES[name])
    pattern *= sqrt(SIZES[name]) / np.linalg.norm(pattern)
    frames = np.repeat(values, count)[:, None] * pattern
    noisy = frames + chance.normal(scale=NOISE, size=frames.shape)
    return Ragged(noisy.astype(np.float32), np.arange(len(values) + 1) * count)


def without(planted: Planted, gone: Modality) -> Planted:
    """The same clips, with nothing but noise in a modality."""
    blank = np.zeros(len(planted.by_audio))
    features = {**planted.corpus.features, gone: frames_of(blank, gone, np.random.default_rng(7))}
    return replace(planted, corpus=replace(planted.corpus, features=features))


def errors(planted: Planted, settings: Recipe, seed: int) -> Errors:
    """Mean distances of a trained model's predictions on the test clips."""
    semi = settings.semi and any(settings.mixup_weights.values())
    rows = np.concatenate([planted.train_rows, planted.unlabelled]) if semi else planted.train_rows
    batches = -(-len(rows) // 32) + (-(-len(planted.train_rows) // 32) if settings.semi else 0)
    equal = replace(settings, epochs=max(1, UPDATES // batches), patience=max(2, PATIENCE // batches))
    epochs = list(train(planted.corpus, recipe=equal, train_rows=rows, valid_rows=planted.valid_rows, seed=seed))
    predicted = predict(epochs[-1].best, planted.corpus, planted.test_rows)
    return distances(planted, {name: values.clip(-1, 1) for name, values in predicted.items()})


def distances(planted: Planted, predicted: dict[Modality, Float32]) -> Errors:
    """MAE by task; a model that has no such task has none."""
    rows, by_audio = planted.test_rows, planted.by_audio[planted.test_rows]
    chosen = {MULTIMODAL: np.ones(len(rows), np.bool_), AUDIO: by_audio, VISION: ~by_audio}
    found = {
        name: float(np.abs(predicted[name] - planted.corpus.labels[name][rows])[where].mean())
        for name, where in chosen.items()
    }
    return found[MULTIMODAL], found[AUDIO], found[VISION]


def constant(planted: Planted) -> Errors:
    """A prediction of 0, the middle of the test clips' labels and the best constant there is."""
    return distances(planted, {name: np.zeros(TEST, np.float32) for name in (AUDIO, VISION, MULTIMODAL)})


def tell(name: str, values: Sequence[Errors], whole: Sequence[Errors] | None = None) -> None:
    """One line: the three errors over the seeds, and how much worse they are than the whole model's."""
    found = [spread(column) for column in zip(*values, strict=True)]
    line = "  ".join(f"{each.mean:.3f} ± {each.deviation or 0:.3f}" for each in found if each)
    if whole:
        paired = np.array(values) - np.array(whole)
        sizes = paired.std(axis=0, ddof=1) / sqrt(len(values))
        line += "   " + "  ".join(f"{mean:+.3f} ± {size:.3f}" for mean, size in zip(paired.mean(0), sizes, strict=True))
    print(f"{name:44} {line}", flush=True)


def main() -> None:
    """Train every condition with every seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first-seed", type=int, default=FIRST_SEED)
    parser.add_argument("--recipes", nargs="+", default=["paper", "released"])
    parser.add_argument("--threads", type=int, default=1, help="tensors this small gain nothing from more")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    seeds = range(given.first_seed, given.first_seed + given.seeds)
    print(
        f"{LABELLED} outspoken labelled clips to train on and {VALID} to validate by, {UNLABELLED} without labels, "
        f"{TEST} to test; {UPDATES} updates; seeds {seeds[0]} to {seeds[-1]}"
    )
    print(f"{'':44} {'MAE multimodal':16} {'audio':14} {'vision':16} worse than the whole, by seed")
    scarce = [plant(seed) for seed in seeds]
    tell("a constant, 0", [constant(planted) for planted in scarce])
    for name in given.recipes:
        compare(name, scarce, seeds)


def compare(name: str, scarce: Sequence[Planted], seeds: Sequence[int]) -> None:
    """Every condition of one recipe."""

    def results(corpora: Sequence[Planted], settings: Recipe) -> list[Errors]:
        return [errors(planted, settings, seed) for planted, seed in zip(corpora, seeds, strict=True)]

    semi = recipe(name, semi=True, **LEARNING)
    supervised = replace(semi, semi=False)  # the same network and losses, so that only the clips differ
    many = [plant(seed, labelled=MANY, outspoken=False) for seed in seeds]
    tell(f"{name}: supervised, {MANY} labels of every shade", learned := results(many, supervised))
    for gone in (AUDIO, VISION):
        tell(f"  its {gone} replaced by noise", results([without(each, gone) for each in many], supervised), learned)
    tell(f"{name}: semi-supervised, {LABELLED} labels", whole := results(scarce, semi))
    tell("  supervised", results(scarce, supervised), whole)
    for ablation in (
        "without_mixup",
        "without_mixup_audio",
        "without_mixup_vision",
        "without_mixup_and_unimodal_tasks",
    ):
        words = ablation.replace("_", " ")
        tell(f"  {words}", results(scarce, recipe(name, semi=True, ablation=ablation, **LEARNING)), whole)
    tell("  with equal weights of both mixups", equal := results(scarce, replace(semi, mixup_weights=EQUAL)), whole)
    for modality in EQUAL:
        alone = replace(semi, mixup_weights={**EQUAL, modality: 0.0})
        tell(f"    and without that of {modality}", results(scarce, alone), equal)


if __name__ == "__main__":
    main()
