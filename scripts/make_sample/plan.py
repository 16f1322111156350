"""Which clip says what with which planted sentiment: three independent values a clip, drawn by a seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from .sentences import SENTENCES
from .speakers import FILMS

Planted = tuple[int, int, int]  # text, audio, vision, each -3..3

MIX = (0.3, 0.3, 0.4)  # how much text, audio and vision weigh in the whole impression
LEVELS = range(-3, 4)
SUPERVISED_PER_FILM = 5
SUPERVISED_SHARES = {-2: 9, -1: 14, 0: 14, 1: 14, 2: 9}  # clips by the class of the whole impression
CLASS_EDGES = (-2.15, -0.5, 0.5, 2.15)  # safely inside the classes that the labels will have
TRIES = 4000


@dataclass(frozen=True)
class PlannedClip:
    """One clip before it is spoken and drawn."""

    video_id: str
    clip_id: str
    supervised: bool
    transcript: str
    text: int
    audio: int
    vision: int


def impression(planted: Planted) -> float:
    """The whole impression -3..3 that the three planted values make together."""
    return sum(share * value for share, value in zip(MIX, planted, strict=True))


def class_of(planted: Planted) -> int:
    """Class -2..2 of the whole impression."""
    return sum(impression(planted) > edge for edge in CLASS_EDGES) - 2


def draw_supervised(chance: np.random.Generator) -> list[Planted]:
    """Values with the wished class shares whose three modalities correlate as little as chance finds."""
    pools = {
        wanted: [values for values in product(LEVELS, LEVELS, LEVELS) if class_of(values) == wanted]
        for wanted in SUPERVISED_SHARES
    }
    drawn = [
        pools[wanted][chance.integers(len(pools[wanted]))]
        for wanted, count in SUPERVISED_SHARES.items()
        for _ in range(count)
    ]
    best = dependence(drawn)
    for _ in range(TRIES):
        position = int(chance.integers(len(drawn)))
        pool = pools[class_of(drawn[position])]
        changed = [*drawn[:position], pool[chance.integers(len(pool))], *drawn[position + 1 :]]
        remaining = dependence(changed)
        if remaining < best:
            drawn, best = changed, remaining
    return drawn


def dependence(drawn: Sequence[Planted]) -> float:
    """Sum of squared correlations between modalities, plus how unevenly each uses its seven levels."""
    values = np.array(drawn)
    correlation = np.corrcoef(values.T)[np.triu_indices(3, 1)]
    counts = np.array([[np.sum(column == level) for level in LEVELS] for column in values.T])
    return float(
        np.sum(correlation**2) + 0.3 * np.mean((counts / len(values) - 1 / len(LEVELS)) ** 2) * len(LEVELS) ** 2
    )


def deal_over_films(values: list[Planted], chance: np.random.Generator) -> list[list[Planted]]:
    """Deal the values so that each film gets five, as different in class as possible."""
    ordered = [values[index] for index in chance.permutation(len(values))]
    ordered.sort(key=class_of)
    films = len(FILMS)
    hands = [ordered[film::films] for film in range(films)]
    return [[hand[index] for index in chance.permutation(len(hand))] for hand in hands]


def plan_clips(seed: int) -> list[PlannedClip]:
    """All clips in the order of the manifest: by film, and by time within it."""
    chance = np.random.default_rng(seed)
    hands = deal_over_films(draw_supervised(chance), chance)
    sentences = {
        level: [texts[index] for index in chance.permutation(len(texts))] for level, texts in SENTENCES.items()
    }
    supervised_texts = [value[0] for hand in hands for value in hand]
    left_over = [level for level in LEVELS for _ in range(len(sentences[level]) - supervised_texts.count(level))]
    spare = [left_over[index] for index in chance.permutation(len(left_over))]
    clips = []
    for film, hand in zip(FILMS, hands, strict=True):
        others = [(spare.pop(), *(int(value) for value in chance.integers(-3, 4, 2))) for _ in range(film.unlabelled)]
        slots = [(value, True) for value in hand] + [(value, False) for value in others]
        for number, index in enumerate(chance.permutation(len(slots)), start=1):
            (text, audio, vision), supervised = slots[index]
            clips.append(
                PlannedClip(film.video_id, f"{number:04d}", supervised, sentences[text].pop(), text, audio, vision)
            )
    return clips
