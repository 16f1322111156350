"""The numbers behind each figure as rows, for CSV files."""

from collections.abc import Iterator, Mapping
from typing import Any

from datasets.vocabulary import HIGHEST_FIFTHS, LOWEST_FIFTHS, Modality, SentimentClass

Rows = list[list[Any]]
STATISTICS = ("alpha", "icc_single", "icc_average")


def figure_tables(figures: Mapping[str, Any]) -> Iterator[tuple[str, Rows]]:
    """A name and the rows, header first, of every figure."""
    yield "table1", [[*figures["table1"][0]], *([*row.values()] for row in figures["table1"])]
    yield "scenarios", scenario_rows(figures["scenarios"])
    yield "durations", duration_rows(figures["durations"])
    classes = [str(name) for name in SentimentClass]
    yield "classes", [["modality", *classes], *([name, *found.values()] for name, found in figures["classes"].items())]
    values = [fifths / HIGHEST_FIFTHS for fifths in range(LOWEST_FIFTHS, HIGHEST_FIFTHS + 1)]
    yield "grid", [["modality", *values], *([name, *counts] for name, counts in figures["grid"].items())]
    yield "polarity", polarity_rows(figures["polarity"])
    yield (
        "discrepancies",
        [
            ["first", "second", "clips", "mean"],
            *([*each["modalities"], each["clips"], each["mean"]] for each in figures["discrepancies"]),
        ],
    )
    yield "agreement", agreement_rows(figures["agreement"])
    yield "disagreeing", [
        ["clip", "spread", *Modality, "transcript"],
        *([each["clip"], each["spread"], *each["labels"].values(), each["transcript"]]
          for each in figures["disagreeing"]),
    ]  # fmt: skip


def scenario_rows(scenarios: list[dict[str, Any]]) -> Rows:
    """A row for each scenario and whether its clips are supervised."""
    rows = [
        [each["scenario"], part, *each[part].values()] for each in scenarios for part in ("supervised", "unsupervised")
    ]
    return [["scenario", "part", "clips", "milliseconds", "words"], *rows]


def duration_rows(durations: Mapping[str, list[int]]) -> Rows:
    """A row for each second; the last is open."""
    counts = zip(durations["supervised"], durations["unsupervised"], strict=True)
    return [["from_seconds", "supervised", "unsupervised"], *([second, *both] for second, both in enumerate(counts))]


def polarity_rows(polarity: Mapping[str, Mapping[str, Any]]) -> Rows:
    """A row for each modality."""
    rows = [[name, *found.values()] for name, found in polarity.items()]
    return [["modality", "negative", "neutral", "positive", "positive_to_negative"], *rows]


def agreement_rows(agreement: Mapping[str, Mapping[str, Any] | None]) -> Rows:
    """A row for each modality and statistic that there is."""
    rows = [
        [name, statistic, found[statistic]["value"], found[statistic]["low"], found[statistic]["high"], found["clips"]]
        for name, found in agreement.items()
        if found
        for statistic in STATISTICS
        if found[statistic]
    ]
    return [["modality", "statistic", "value", "low", "high", "clips"], *rows]
