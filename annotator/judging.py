"""When an annotator has perceived a clip well enough to judge it, and why a clip may not be judged at all."""

from collections.abc import Mapping
from enum import StrEnum

from annotator.shown import plays_file
from datasets.vocabulary import Modality

# Skimming takes about this long; reading with care takes longer.
SECONDS_TO_BEGIN, SECONDS_PER_CHARACTER, LONGEST_READING = 0.3, 0.06, 4.0
# Files are a little shorter or longer than their clip, and browsers round.
TOLERANCE = 0.9


class Reason(StrEnum):
    """Why a clip has no score."""

    NO_SPEECH = "no_speech"
    NO_FACE = "no_face"
    WRONG_TRANSCRIPT = "wrong_transcript"
    TECHNICAL = "technical"


# One can only miss what the stage is meant to show.
REASONS: Mapping[Modality, frozenset[Reason]] = {
    Modality.TEXT: frozenset({Reason.WRONG_TRANSCRIPT, Reason.TECHNICAL}),
    Modality.AUDIO: frozenset({Reason.NO_SPEECH, Reason.TECHNICAL}),
    Modality.VISION: frozenset({Reason.NO_FACE, Reason.TECHNICAL}),
    Modality.MULTIMODAL: frozenset(Reason),
}


def reading_seconds(transcript: str) -> float:
    """How long a text is shown at least before it can be judged, in seconds.

    >>> reading_seconds("今天天气真好"), reading_seconds("好" * 1000)
    (0.66, 4.0)
    """
    return round(min(SECONDS_TO_BEGIN + SECONDS_PER_CHARACTER * len(transcript), LONGEST_READING), 2)


def least_seconds(modality: Modality, *, transcript: str, clip_seconds: float) -> float:
    """The shortest time in which somebody can have perceived the clip: its length, or that of reading its words."""
    return TOLERANCE * (clip_seconds if plays_file(modality) else reading_seconds(transcript))


def was_perceived(
    modality: Modality, told: tuple[float | None, int | None], *, transcript: str, clip_seconds: float
) -> bool:
    """Whether the seconds spent and the plays that a browser tells allow that the clip was perceived to its end."""
    seconds, plays = told
    if seconds is None or plays is None:
        return False
    enough = seconds >= least_seconds(modality, transcript=transcript, clip_seconds=clip_seconds)
    return enough and (plays >= 1 or not plays_file(modality))
