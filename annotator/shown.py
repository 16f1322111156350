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

CONTENT_TYPE: Mapping[Medium, str] = {
    Medium.NOISED_AUDIO: "audio/mp4",
    Medium.SILENT_VIDEO: "video/mp4",
    Medium.VIDEO: "video/mp4",
}


def shows_transcript(modality: Modality) -> bool:
    """Whether the words are part of the stage."""
    return Medium.TRANSCRIPT in SHOWN[modality]


def shown_file(modality: Modality) -> Medium | None:
    """The kind of rendition that the stage plays; None where there is nothing to play."""
    return next((medium for medium in SHOWN[modality] if medium in CONTENT_TYPE), None)


# The stages that need a rendition, in their order.
PLAYED = tuple(modality for modality in Modality if shown_file(modality))
