"""How a campaign isolates its modalities, as one frozen value with a digest."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Self


@dataclass(frozen=True)
class IsolationParameters:
    """Settings of the noise, of the masks and of the audit's thresholds; the defaults are the measured ones.

    Levels are in dB and dBFS, lengths in pixels, rates in frames a second, the rest are shares or correlations.
    """

    audio_method: str = "tone_in_noise"
    highest_snr: float = -12.0
    lowest_snr: float = -24.0
    tone_over_noise: float = 6.0
    highest_harmonic: float = 500.0
    loudness: float = -23.0

    mask_method: str = "delogo"
    sampling_rate: float = 2.0
    most_height: int = 720

    most_estoi: float = 0.25
    least_f0_correlation: float = 0.95
    most_f0_outliers: float = 0.10
    least_raw_f0_correlation: float = 0.75
    least_voiced_found: float = 0.95
    least_envelope_correlation: float = 0.80
    least_peak_f1: float = 0.80
    least_loudness_correlation: float = 0.70

    @property
    def digest(self) -> str:
        """SHA-256 of the settings as canonical JSON: renditions of one campaign all carry the same."""
        text = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def as_record(self) -> dict[str, str | float | int]:
        """The settings as JSON, to be kept with a campaign."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Self:  # Any: JSON as it was kept
        """Settings from kept JSON; an unknown name is a ValueError, a missing one has its default."""
        unknown = record.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"Unknown isolation parameters: {', '.join(sorted(unknown))}.")
        return cls(**record)
