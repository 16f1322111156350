"""How well words could be understood, and how much of the voice is kept, by figures against the clean voice."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotator.isolation.denoising import denoised
from annotator.isolation.envelope import envelope_in_db, envelope_peaks, loudness_course, peak_f1
from annotator.isolation.estoi import estoi
from annotator.isolation.pitch import track_pitch

Signal = NDArray[np.float64]

SAME_PITCH_OCTAVES = 0.2
FEWEST_VOICED_FRAMES = 10


@dataclass(frozen=True)
class VoiceFigures:
    """Figures of a noised voice against the clean one; None where the clip is too short, silent or voiceless."""

    estoi: float | None
    f0_correlation: float | None
    f0_outliers: float | None
    raw_f0_correlation: float | None
    voiced_found: float | None
    envelope_correlation: float | None
    peak_f1: float | None
    loudness_correlation: float | None
    denoised_estoi: float | None = None


def measure_voice(clean: Signal, noised: Signal, rate: int) -> VoiceFigures:
    """Every figure of a noised voice; both signals have one rate and one length.

    F0 correlation leaves out frames off by over 0.2 octave, whose share is `f0_outliers`; the raw one has them in.
    The tone comes from the tracker that scores it here, so these figures say that it survived, not that it was right.
    """
    before, after = track_pitch(clean, rate), track_pitch(noised, rate)
    both = before.voiced & after.voiced
    first, second = np.log2(before.frequency[both]), np.log2(after.frequency[both])
    same = np.abs(first - second) <= SAME_PITCH_OCTAVES
    has_voice = before.voiced.sum() >= FEWEST_VOICED_FRAMES
    return VoiceFigures(
        estoi=extended_intelligibility(clean, noised, rate),
        f0_correlation=correlation(first[same], second[same]) if has_voice else None,
        f0_outliers=float(1 - same.mean()) if has_voice and same.size else None,
        raw_f0_correlation=correlation(first, second) if has_voice else None,
        voiced_found=float(both.sum() / before.voiced.sum()) if has_voice else None,
        envelope_correlation=correlation(envelope_in_db(clean, rate), envelope_in_db(noised, rate)),
        peak_f1=peak_f1(envelope_peaks(clean, rate), envelope_peaks(noised, rate)) if has_voice else None,
        loudness_correlation=correlation(loudness_course(clean, rate), loudness_course(noised, rate)),
        denoised_estoi=denoised_intelligibility(clean, noised, rate),
    )


def extended_intelligibility(clean: Signal, noised: Signal, rate: int) -> float | None:
    """ESTOI (Jensen and Taal 2016); None when there are under 30 frames of speech to measure it on."""
    return estoi(clean, noised, rate) if clean.any() else None


def denoised_intelligibility(clean: Signal, noised: Signal, rate: int) -> float | None:
    """The better ESTOI of two attempts to win the words back by spectral subtraction; None like ESTOI itself."""
    won_back = [extended_intelligibility(clean, attempt, rate) for attempt in denoised(noised, rate)]
    return max((value for value in won_back if value is not None), default=None)


def correlation(first: Signal, second: Signal) -> float | None:
    """Pearson's correlation; None for a constant or an almost empty series, which has none."""
    if first.size < 3 or np.ptp(first) < 1e-9 or np.ptp(second) < 1e-9:
        return None
    return float(np.corrcoef(first, second)[0, 1])
