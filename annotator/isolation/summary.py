"""What the audits of a campaign say together: distributions of every figure, and the clips that lie at their ends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

BINS = 20
OUTLIERS_EACH = 3


@dataclass(frozen=True)
class Figure:
    """A measured value: its place in an audit's record, its threshold's name, and which end of it is bad."""

    name: str
    place: tuple[str, ...]
    threshold: str | None
    high_is_bad: bool


FIGURES = (
    Figure("estoi", ("voice", "estoi"), "most_estoi", True),
    Figure("denoised_estoi", ("voice", "denoised_estoi"), "most_denoised_estoi", True),
    Figure("syllables_identified", ("syllables", "rate"), None, True),
    Figure("syllables_by_rhythm", ("syllables", "rhythm_alone"), None, True),
    Figure("syllables_by_chance", ("syllables", "chance"), None, True),
    Figure("f0_correlation", ("voice", "f0_correlation"), "least_f0_correlation", False),
    Figure("raw_f0_correlation", ("voice", "raw_f0_correlation"), "least_raw_f0_correlation", False),
    Figure("f0_outliers", ("voice", "f0_outliers"), "most_f0_outliers", True),
    Figure("voiced_found", ("voice", "voiced_found"), "least_voiced_found", False),
    Figure("envelope_correlation", ("voice", "envelope_correlation"), "least_envelope_correlation", False),
    Figure("peak_f1", ("voice", "peak_f1"), "least_peak_f1", False),
    Figure("loudness_correlation", ("voice", "loudness_correlation"), "least_loudness_correlation", False),
    Figure("snr", ("snr",), None, True),
)

Record = Mapping[str, Any]  # Any: an audit's JSON


def summarize_figures(
    records: Sequence[tuple[str, Record]], thresholds: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], dict[str, dict[str, float]]]:
    """Each figure's distribution, and the names of records that lie at its bad end, with the figures they do so in.

    `records` are (name, audit record); a figure that no record carries is left out. `counts` are of equal bins from
    the least value to the greatest.
    """
    figures: list[dict[str, Any]] = []
    outliers: dict[str, dict[str, float]] = {}
    for figure in FIGURES:
        measured = [(value, name) for name, record in records if (value := value_at(record, figure.place)) is not None]
        if not measured:
            continue
        figures.append(_distribution(figure, [value for value, _ in measured], thresholds))
        # What lies at the end of a figure that has no bad end for annotators (chance, rhythm) is no outlier.
        if figure.threshold or figure.name == "syllables_identified":
            for value, name in sorted(measured, reverse=figure.high_is_bad)[:OUTLIERS_EACH]:
                outliers.setdefault(name, {})[figure.name] = value
    return figures, outliers


def mean_descriptors(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Each eGeMAPS descriptor's mean correlation with the clean voice, best kept first, and over how many clips."""
    values: dict[str, list[float]] = {}
    for record in records:
        for name, value in record.get("descriptors", {}).items():
            if value is not None:
                values.setdefault(name, []).append(value)
    means = [{"name": name, "mean": float(np.mean(each)), "clips": len(each)} for name, each in values.items()]
    return sorted(means, key=lambda each: -float(str(each["mean"])))


def value_at(record: Record, place: Sequence[str]) -> float | None:
    """The number at a place in a record; None where the record, being older or of another stage, has none."""
    found: Any = record
    for key in place:
        found = found.get(key) if isinstance(found, Mapping) else None
    return None if found is None else float(found)


def _distribution(figure: Figure, values: Sequence[float], thresholds: Mapping[str, Any]) -> dict[str, Any]:
    counts, edges = np.histogram(values, bins=BINS)
    low, median, high = np.percentile(values, [5, 50, 95])
    return {
        "name": figure.name,
        "clips": len(values),
        "mean": float(np.mean(values)),
        "least": float(min(values)),
        "percentile_5": float(low),
        "median": float(median),
        "percentile_95": float(high),
        "most": float(max(values)),
        "threshold": thresholds.get(figure.threshold) if figure.threshold else None,
        "high_is_bad": figure.high_is_bad,
        "edges": [float(edge) for edge in edges],
        "counts": [int(count) for count in counts],
    }
