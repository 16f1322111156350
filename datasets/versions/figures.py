"""The figures of a dataset as numbers: the paper's Fig. 2 and Fig. 3, agreement of annotators, clips that disagree."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from itertools import combinations
from typing import Any

import numpy as np

from datasets.agreement import measure_agreement, rating_table
from datasets.manifest import FrozenClip
from datasets.statistics import count_classes, table1
from datasets.vocabulary import HIGHEST_FIFTHS, LOWEST_FIFTHS, Modality, SentimentClass

# A Chinese character is a word, and so is a run of any other letters or digits.
WORD = re.compile(r"[㐀-䶿一-鿿豈-﫿]|[^\W㐀-䶿一-鿿豈-﫿]+")
LONGEST_BIN = 20  # seconds; longer clips are counted together
MOST_DISAGREEING = 24
PAIRS = tuple(combinations(Modality, 2))


def draw_figures(clips: Sequence[FrozenClip]) -> dict[str, Any]:
    """Every figure of these clips, as JSON; the page, the commands and the data card show nothing else."""
    supervised = [clip for clip in clips if clip.supervised]
    return {
        "table1": table1(clips),
        "scenarios": scenarios(clips),
        "durations": durations(clips),
        "classes": {str(modality): count_classes(supervised, modality) for modality in Modality},
        "grid": {str(modality): grid(supervised, modality) for modality in Modality},
        "polarity": {str(modality): polarity(supervised, modality) for modality in Modality},
        "discrepancies": discrepancies(supervised),
        "agreement": agreement(supervised),
        "disagreeing": disagreeing(supervised),
    }


def count_words(transcript: str) -> int:
    """Words of a text, Chinese or not.

    >>> count_words("我真的 love 你, 100%！")
    6
    """
    return len(WORD.findall(transcript))


def scenarios(clips: Sequence[FrozenClip]) -> list[dict[str, Any]]:
    """Clips, milliseconds and words of every scenario, supervised and not (Fig. 2); most clips first, blank last."""
    parts: dict[str, dict[bool, list[FrozenClip]]] = defaultdict(lambda: {True: [], False: []})
    for clip in clips:
        parts[clip.scenario][clip.supervised].append(clip)
    rows = [
        {"scenario": name, "supervised": amount(part[True]), "unsupervised": amount(part[False])}
        for name, part in parts.items()
    ]
    return sorted(
        rows, key=lambda row: (not row["scenario"], -sum(row[part]["clips"] for part in row if part != "scenario"))
    )


def amount(clips: Sequence[FrozenClip]) -> dict[str, int]:
    """How much these clips are."""
    return {
        "clips": len(clips),
        "milliseconds": sum(clip.milliseconds for clip in clips),
        "words": sum(count_words(clip.transcript) for clip in clips),
    }


def durations(clips: Sequence[FrozenClip]) -> dict[str, list[int]]:
    """Histograms of lengths in bins of a second; the last has all of LONGEST_BIN seconds and more (Fig. 2).

    Clips that came without a video have no length that is known, and are in no bin.
    """
    found = {}
    for name, supervised in (("supervised", True), ("unsupervised", False)):
        counts = [0] * (LONGEST_BIN + 1)
        for clip in clips:
            if clip.supervised is supervised and clip.milliseconds:
                counts[min(clip.milliseconds // 1000, LONGEST_BIN)] += 1
        found[name] = counts
    return found


def grid(clips: Sequence[FrozenClip], modality: Modality) -> list[int]:
    """How many labels stand on each of the eleven values -1.0 … 1.0 (Fig. 3, left)."""
    counts = [0] * (HIGHEST_FIFTHS - LOWEST_FIFTHS + 1)
    for clip in clips:
        if modality in clip.labels:
            counts[clip.labels[modality] - LOWEST_FIFTHS] += 1
    return counts


def polarity(clips: Sequence[FrozenClip], modality: Modality) -> dict[str, Any]:
    """Negative, neutral and positive clips, and positive to negative (0.8341 in CH-SIMS v2.0, section 3.2)."""
    counts = count_classes(clips, modality)
    negative = counts[SentimentClass.NEG] + counts[SentimentClass.WNEG]
    positive = counts[SentimentClass.POS] + counts[SentimentClass.WPOS]
    ratio = round(positive / negative, 4) if negative else None
    return {"negative": negative, "neutral": counts[SentimentClass.NEU], "positive": positive, "ratio": ratio}


def discrepancies(clips: Sequence[FrozenClip]) -> list[dict[str, Any]]:
    """Mean absolute difference of labels for every pair of modalities (Fig. 3, right), over clips that have both."""
    return [discrepancy(clips, one, other) for one, other in PAIRS]


def discrepancy(clips: Sequence[FrozenClip], one: Modality, other: Modality) -> dict[str, Any]:
    """One pair; null where no clip has both labels."""
    apart = [
        abs(clip.labels[one] - clip.labels[other]) for clip in clips if one in clip.labels and other in clip.labels
    ]
    mean = round(sum(apart) / len(apart) / HIGHEST_FIFTHS, 4) if apart else None
    return {"modalities": [str(one), str(other)], "clips": len(apart), "mean": mean}


def agreement(clips: Sequence[FrozenClip]) -> dict[str, Any]:
    """α and both intraclass correlations of every modality, with their intervals; null where nobody rated it."""
    found: dict[str, Any] = {}
    for modality in Modality:
        rated = [
            {each.annotator: float(each.score) for each in clip.scores[modality]}
            for clip in clips
            if clip.scores.get(modality)
        ]
        found[str(modality)] = asdict(measure_agreement(rating_table(rated))) if rated else None
    return found


def disagreeing(clips: Sequence[FrozenClip]) -> list[dict[str, Any]]:
    """The clips whose labels lie farthest apart, and how far (0 … 2); those with one label only are left out."""
    several = [clip for clip in clips if len(clip.labels) > 1 and spread(clip)]
    several.sort(key=lambda clip: (-spread(clip), -float(np.std(list(clip.labels.values()))), clip.key))
    return [
        {
            "clip": clip.name,
            "transcript": clip.transcript,
            "spread": spread(clip) / HIGHEST_FIFTHS,
            "labels": {
                str(modality): clip.labels[modality] / HIGHEST_FIFTHS if modality in clip.labels else None
                for modality in Modality
            },
        }
        for clip in several[:MOST_DISAGREEING]
    ]


def spread(clip: FrozenClip) -> int:
    """How far a clip's labels lie apart, in fifths."""
    return max(clip.labels.values()) - min(clip.labels.values())
