"""What every extractor offers, what it is given, and what it gives back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from config.errors import DomainError
from config.sentences import Sentence
from datasets.vocabulary import Modality

Float32 = npt.NDArray[np.float32]
Int64 = npt.NDArray[np.int64]


class ExtractionFailed(DomainError):
    """One clip gives no features; the reason goes to the feature set's failure list."""

    code = "extraction_failed"


class ExtractorUnavailable(DomainError):
    """An extractor lacks something on this machine."""

    code = "extractor_unavailable"
    status = 409


@dataclass(frozen=True)
class ClipInput:
    """What an extractor may look at: the clip's file and its transcript."""

    transcript: str
    media: Path | None = None  # None for extractors of text

    @property
    def file(self) -> Path:
        """The media file; ExtractionFailed when none was given."""
        if self.media is None:
            raise ExtractionFailed("The clip was given without its media file.")
        return self.media


@dataclass(frozen=True)
class Extracted:
    """The features of one clip."""

    frames: Float32  # (frames, dim); one frame for a vector of the whole clip
    tokens: Int64 | None = None  # (3, length) input ids, attention mask, token types, where text was cut into tokens
    found: float | None = None  # share of sampled frames in which a face was found


class Extractor(Protocol):
    """One way to turn a clip into frames of named columns.

    `version` grows whenever the same clip would give other numbers; `rate` is frames a second, None where frames do not
    follow time.
    """

    name: str
    modality: Modality
    version: str
    rate: float | None
    token_length: int | None  # of the `tokens` beside the frames, None where there are none

    @property
    def columns(self) -> tuple[str, ...]:
        """Name of every column of a frame."""

    @property
    def settings(self) -> Mapping[str, object]:
        """Everything chosen that changes the numbers, as JSON values."""

    def problem(self) -> Sentence | None:
        """Why this machine cannot extract now, found without asking the network; None when it can."""

    def check(self) -> None:
        """Raise ExtractorUnavailable when extraction could not succeed; may ask the network for some seconds."""

    def extract(self, clip: ClipInput) -> Extracted:
        """Features of one clip; raises ExtractionFailed or MediaError when it has none."""


@runtime_checkable
class FittedExtractor(Protocol):
    """An extractor that first learns from the transcripts of the supervised training clips."""

    def fit(self, train_transcripts: Sequence[str]) -> Extractor:
        """The extractor as those transcripts shape it."""


class ReadyExtractor:
    """Answers of an extractor that brings everything it needs in its package, and cuts nothing into tokens."""

    token_length: int | None = None

    def problem(self) -> Sentence | None:
        """Nothing is ever missing."""
        return None

    def check(self) -> None:
        """Nothing can be missing."""
