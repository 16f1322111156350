"""How a campaign isolates its modalities, as one frozen value with a digest."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

AUDIO_METHODS = ("tone_in_noise", "vocoder", "additive_noise", "low_pass", "time_shuffle")
MASK_METHODS = ("delogo", "boxblur", "fill")


class BadParameters(ValueError):
    """Settings that cannot be used; the message says which and why."""


@dataclass(frozen=True)
class IsolationParameters:
    """Settings of the noise, of the masks and of the audit's thresholds; the defaults are the measured ones.

    Levels are in dB and dBFS, lengths in pixels, times in seconds, rates in frames a second, the rest are shares or
    correlations.
    """

    audio_method: str = "tone_in_noise"
    highest_snr: float = -12.0
    lowest_snr: float = -24.0
    tone_over_noise: float = 6.0
    highest_harmonic: float = 500.0
    loudness: float = -23.0
    cutoff: float = 400.0  # Hz, of the low-pass
    bands: int = 1  # of the vocoder
    piece: float = 0.2  # of the time shuffle

    mask_method: str = "delogo"
    sampling_rate: float = 2.0
    most_height: int = 720

    most_estoi: float = 0.25
    most_denoised_estoi: float = 0.35
    least_f0_correlation: float = 0.95
    most_f0_outliers: float = 0.10
    least_raw_f0_correlation: float = 0.75
    least_voiced_found: float = 0.95
    least_envelope_correlation: float = 0.80
    least_peak_f1: float = 0.80
    least_loudness_correlation: float = 0.70

    def __post_init__(self) -> None:
        """Refuse what no rendition can be made with."""
        if self.audio_method not in AUDIO_METHODS:
            raise BadParameters(f"Unknown audio method {self.audio_method!r}: choose {', '.join(AUDIO_METHODS)}.")
        if self.mask_method not in MASK_METHODS:
            raise BadParameters(f"Unknown mask method {self.mask_method!r}: choose {', '.join(MASK_METHODS)}.")
        for name, (lowest, highest) in RANGES.items():
            if not lowest <= getattr(self, name) <= highest:
                raise BadParameters(f"{name} must lie between {lowest:g} and {highest:g}, not {getattr(self, name):g}.")
        if self.lowest_snr > self.highest_snr:
            raise BadParameters("lowest_snr must not lie above highest_snr.")

    @property
    def digest(self) -> str:
        """SHA-256 of the settings as canonical JSON: renditions of one campaign all carry the same."""
        settings = {name: value for name, value in asdict(self).items() if ADDED.get(name) != value}
        text = json.dumps(settings, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def as_record(self) -> dict[str, str | float | int]:
        """The settings as JSON, to be kept with a campaign."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:  # Any: JSON as it was kept or sent
        """Settings from JSON; BadParameters for an unknown name or another type; a missing one has its default."""
        known = {field.name: type(field.default) for field in fields(cls)}
        if unknown := record.keys() - known.keys():
            raise BadParameters(f"Unknown isolation parameters: {', '.join(sorted(unknown))}.")
        return cls(**{name: _as(known[name], name, value) for name, value in record.items()})


# Settings that came after the first release: at this value they leave the digest of older campaigns as it was.
ADDED: Mapping[str, float] = {"cutoff": 400.0, "bands": 1, "piece": 0.2, "most_denoised_estoi": 0.35}

RANGES: Mapping[str, tuple[float, float]] = {
    "highest_snr": (-40, 40),
    "lowest_snr": (-40, 40),
    "tone_over_noise": (-20, 20),
    "highest_harmonic": (100, 4000),
    "loudness": (-40, -10),
    "cutoff": (50, 7000),
    "bands": (1, 32),
    "piece": (0.02, 2),
    "sampling_rate": (0.5, 10),
    "most_height": (120, 1080),
}

# Ways to isolate that an admin chooses from by name when a campaign is made.
MODES: Mapping[str, IsolationParameters] = {
    "default": IsolationParameters(),
    "stricter": IsolationParameters(highest_snr=-18.0),
    "vocoder": IsolationParameters(audio_method="vocoder"),
    "additive_noise": IsolationParameters(audio_method="additive_noise"),
    "low_pass": IsolationParameters(audio_method="low_pass"),
    "time_shuffle": IsolationParameters(audio_method="time_shuffle"),
}


def mode_of(parameters: IsolationParameters) -> str:
    """The name of these settings, or "own" where single ones were changed.

    >>> mode_of(IsolationParameters()), mode_of(IsolationParameters(cutoff=300.0))
    ('default', 'own')
    """
    return next((name for name, mode in MODES.items() if mode == parameters), "own")


def chosen_parameters(mode: str, settings: Mapping[str, Any]) -> IsolationParameters:  # Any: JSON as it was sent
    """The parameters of a mode with single settings changed; BadParameters where either is none."""
    if mode not in MODES:
        raise BadParameters(f"Unknown isolation mode {mode!r}: choose {', '.join(MODES)}.")
    return IsolationParameters.from_record({**MODES[mode].as_record(), **settings})


def _as(wanted: type, name: str, value: object) -> Any:  # Any: str, int or float, as the field wants
    if wanted is not str and isinstance(value, int | float) and not isinstance(value, bool):
        return wanted(value) if wanted(value) == value else _refuse(name, value)
    return value if wanted is str and isinstance(value, str) else _refuse(name, value)


def _refuse(name: str, value: object) -> None:
    raise BadParameters(f"The isolation parameter {name} cannot be {value!r}.")
