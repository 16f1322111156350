"""What reaches an annotator's browser in each stage, as one table."""

from collections.abc import Mapping
from enum import StrEnum

from datasets.vocabulary import Modality


class Medium(StrEnum):
    """Something that an annotator perceives."""

    TRANSCRIPT = "transcript"
    NOISED_AUDIO = "noised audio"
    SILENT_VIDEO = "silent video"
    VIDEO = "video"


SHOWN: Mapping[Modality, frozenset[Medium]] = {
    Modality.TEXT: frozenset({Medium.TRANSCRIPT}),
    Modality.AUDIO: frozenset({Medium.NOISED_AUDIO}),
    Modality.VISION: frozenset({Medium.SILENT_VIDEO}),
    Modality.MULTIMODAL: frozenset({Medium.TRANSCRIPT, Medium.VIDEO}),
}

# The stages that play a rendition, and its kind of file, in their order.
SUFFIX: Mapping[Modality, str] = {Modality.AUDIO: "m4a", Modality.VISION: "mp4", Modality.MULTIMODAL: "mp4"}
PLAYED = tuple(SUFFIX)


def shows_transcript(modality: Modality) -> bool:
    """Whether the words are part of the stage."""
    return Medium.TRANSCRIPT in SHOWN[modality]


def plays_file(modality: Modality) -> bool:
    """Whether the stage plays a rendition."""
    return SHOWN[modality] != {Medium.TRANSCRIPT}
