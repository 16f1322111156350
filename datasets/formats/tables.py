"""A version's clips and annotations as two plain tables, which Parquet, CSV and the Python reader share."""

from collections.abc import Iterable, Iterator
from typing import Any

from datasets.formats.chsims import SUFFIXES
from datasets.manifest import FrozenClip
from datasets.vocabulary import Modality, sentiment_class


def label_column(modality: Modality) -> str:
    """Name of a modality's label column, as in `label.csv`: label, label_T, label_A, label_V."""
    return f"label{SUFFIXES[modality]}"


def clip_rows(clips: Iterable[FrozenClip]) -> Iterator[dict[str, Any]]:
    """One row a clip: ids, transcript, split, labels within -1 … 1, class, and the raw scores of each modality."""
    for clip in clips:
        overall = clip.labels.get(Modality.MULTIMODAL)
        yield {
            "id": clip.name,
            "video_id": clip.video_id,
            "clip_id": clip.clip_id,
            "transcript": clip.transcript,
            "speaker": clip.speaker,
            "scenario": clip.scenario,
            "supervised": clip.supervised,
            "split": str(clip.split or ""),
            **{label_column(modality): in_ones(clip.labels.get(modality)) for modality in SUFFIXES},
            "class": "" if overall is None else str(sentiment_class(overall)),
            **{f"scores_{modality}": scores_of(clip, modality) for modality in Modality},
            "seconds": clip.milliseconds / 1000,
            "media_sha256": clip.media_sha256,
        }


def annotation_rows(clips: Iterable[FrozenClip]) -> Iterator[dict[str, Any]]:
    """One row an annotation: clip, modality, annotator's pseudonym, score, time spent, plays, and whether simulated."""
    for clip in clips:
        for modality in Modality:
            for score in in_order(clip, modality):
                yield {
                    "id": clip.name,
                    "video_id": clip.video_id,
                    "clip_id": clip.clip_id,
                    "modality": str(modality),
                    "annotator": score.annotator,
                    "score": score.score,
                    "seconds": None if score.milliseconds is None else score.milliseconds / 1000,
                    "plays": score.plays,
                    "simulated": score.simulated,
                }


def in_ones(fifths: int | None) -> float | None:
    """A label within -1 … 1; None where there is none."""
    return None if fifths is None else fifths / 5


def scores_of(clip: FrozenClip, modality: Modality) -> list[int]:
    """Raw scores in one modality, in the order of the annotators' pseudonyms."""
    return [score.score for score in in_order(clip, modality)]


def in_order(clip: FrozenClip, modality: Modality) -> list[Any]:
    """A clip's frozen scores in one modality, by pseudonym."""
    return sorted(clip.scores.get(modality, ()), key=lambda score: score.annotator)
