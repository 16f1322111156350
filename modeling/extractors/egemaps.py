"""Audio: the 25 low-level descriptors of eGeMAPSv02, 100 a second, by openSMILE.

openSMILE's own licence excludes commercial products.
"""

import threading
import warnings
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from datasets.vocabulary import Modality
from modeling.extractors.decoding import decode_sound
from modeling.extractors.interface import ClipInput, Extracted, ExtractionFailed, ReadyExtractor

SAMPLE_RATE = 16_000
LEAST_SECONDS = 0.06  # one window of the longest descriptor (pitch)


class Egemaps(ReadyExtractor):
    """Loudness, spectrum, pitch, voice quality and formants, in the columns' published units."""

    name = "egemaps"
    modality = Modality.AUDIO
    version = "1"
    rate: float | None = 100.0

    def __init__(self) -> None:
        # One openSMILE engine holds state while it works; threads of one worker take turns.
        self._turn = threading.Lock()

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """openSMILE's names of the descriptors."""
        return tuple(str(name) for name in self._engine.feature_names)

    @property
    def settings(self) -> Mapping[str, object]:
        """Feature set and sampling."""
        return {"feature_set": "eGeMAPSv02", "level": "LowLevelDescriptors", "sample_rate": SAMPLE_RATE}

    @cached_property
    def _engine(self) -> Any:  # opensmile has no type stubs
        import opensmile

        return opensmile.Smile(
            feature_set=opensmile.FeatureSet.eGeMAPSv02, feature_level=opensmile.FeatureLevel.LowLevelDescriptors
        )

    def extract(self, clip: ClipInput) -> Extracted:
        """Frames (hundredths of a second, 25)."""
        sound = decode_sound(clip.file, rate=SAMPLE_RATE)
        if len(sound) < LEAST_SECONDS * SAMPLE_RATE:
            raise ExtractionFailed(f"{clip.file.name} has less than {LEAST_SECONDS * 1000:.0f} ms of sound.")
        with self._turn, warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            table = self._engine.process_signal(sound, SAMPLE_RATE)
        return Extracted(frames=table.to_numpy(np.float32))
