"""Simulated scores: seven annotators who perceive the planted values, each with a leaning and some noise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from .plan import PlannedClip, impression

ANNOTATORS = tuple(f"sample_a{number}" for number in range(1, 8))
LEFT_OPEN = 6  # the last annotator's last clips, for a newcomer to finish
MODALITIES = ("text", "audio", "vision", "multimodal")
LEANING, NOISE, STRETCH = 0.22, 0.45, 1.08


@dataclass(frozen=True)
class SimulatedScore:
    """One row of scores.csv."""

    video_id: str
    clip_id: str
    modality: str
    annotator: str
    score: int


def simulate_scores(clips: Sequence[PlannedClip], seed: int) -> Iterator[SimulatedScore]:
    """Scores of the supervised clips by everyone, except the last clips that the last annotator leaves open."""
    chance = np.random.default_rng([seed, 7])
    leanings = {annotator: chance.normal(0, LEANING) for annotator in ANNOTATORS}
    open_clips = clips[-LEFT_OPEN:]
    for clip in clips:
        planted = {"text": clip.text, "audio": clip.audio, "vision": clip.vision}
        perceivable = {**planted, "multimodal": impression((clip.text, clip.audio, clip.vision))}
        for modality in MODALITIES:
            for annotator in ANNOTATORS:
                perceived = STRETCH * perceivable[modality] + leanings[annotator] + chance.normal(0, NOISE)
                if annotator == ANNOTATORS[-1] and clip in open_clips:
                    continue
                yield SimulatedScore(
                    clip.video_id, clip.clip_id, modality, annotator, int(np.clip(round(perceived), -3, 3))
                )
