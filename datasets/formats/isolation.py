"""What a data card tells of the isolation of modalities, from the audits' figures that a version keeps."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

NAMES = {
    "estoi": "intelligibility (ESTOI)",
    "denoised_estoi": "intelligibility after denoising (ESTOI)",
    "f0_correlation": "F0 correlation",
    "envelope_correlation": "intensity envelope correlation",
    "loudness_correlation": "loudness correlation",
}


class StageAudit(TypedDict):
    """How the files of one stage came out of their audits, in clips of the version."""

    modality: str
    clips: int
    passed: int
    overruled: int
    withheld: int
    missing: int


class AuditFigure(TypedDict):
    """A figure of the noised audio against the clean voice, over the clips that it could be measured on."""

    name: str
    clips: int
    median: float
    percentile_5: float
    percentile_95: float
    threshold: float | None
    high_is_bad: bool


class Overruled(TypedDict):
    """A file that an admin let annotators perceive although its audit had failed."""

    clip: str
    modality: str
    reason: str


class IsolationReport(TypedDict):
    """One campaign's isolation of the clips whose labels it settled."""

    campaign: str
    mode: str  # name of the settings, "own" where single ones were changed
    method: str  # how words are hidden
    parameters: Mapping[str, Any]  # Any: text or number
    digest: str  # SHA-256 of the parameters
    stages: Sequence[StageAudit]
    figures: Sequence[AuditFigure]
    overrulings: Sequence[Overruled]
    tools: Sequence[Mapping[str, str]]  # each set of versions that audits were made with


def isolation_section(reports: Sequence[IsolationReport]) -> str:
    """The section of the card in Markdown; nothing where no campaign of this system settled a label."""
    return "\n\n".join(part for report in reports for part in _parts(report) if part)


def isolation_sentence(reports: Sequence[IsolationReport]) -> str:
    """The same in one paragraph without markup, for metadata."""
    return " ".join(_sentence(report) for report in reports)


def percent(part: int, whole: int) -> str:
    """A share with one decimal.

    >>> percent(2, 3), percent(0, 0)
    ('66.7 %', '–')
    """
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _parts(report: IsolationReport) -> list[str]:
    return [
        f"Campaign “{_plain(report['campaign'])}” hid words by `{report['method']}` (mode `{report['mode']}`, settings "
        f"`{report['digest'][:12]}`: {_settings(report)}). Every file was audited before anybody perceived it:",
        _stages(report),
        _figures(report),
        _overrulings(report),
        _tools(report),
    ]


def _stages(report: IsolationReport) -> str:
    lines = ["| modality | clips | passed | overruled | withheld | not made |", "| --- | --- | --- | --- | --- | --- |"]
    for row in report["stages"]:
        passed = f"{row['passed']} ({percent(row['passed'], row['clips'])})"
        lines.append(
            f"| {row['modality']} | {row['clips']} | {passed} | {row['overruled']} | {row['withheld']} | "
            f"{row['missing']} |"
        )
    return "\n".join(lines)


def _figures(report: IsolationReport) -> str:
    if not report["figures"]:
        return ""
    lines = ["| noised audio against the clean voice | clips | median | 5 % … 95 % | threshold |"]
    lines.append("| --- | --- | --- | --- | --- |")
    lines += [
        f"| {NAMES[row['name']]} | {row['clips']} | {row['median']:.2f} | "
        f"{row['percentile_5']:.2f} … {row['percentile_95']:.2f} | {_threshold(row)} |"
        for row in report["figures"]
    ]
    return "\n".join(lines)


def _threshold(row: AuditFigure) -> str:
    if row["threshold"] is None:
        return "–"
    return f"at {'most' if row['high_is_bad'] else 'least'} {row['threshold']:.2f}"


def _overrulings(report: IsolationReport) -> str:
    if not report["overrulings"]:
        return "No failed audit was overruled."
    lines = [f"- {_plain(row['clip'])}, {row['modality']}: {_plain(row['reason'])}" for row in report["overrulings"]]
    return "Failed audits that were overruled, with the reason:\n\n" + "\n".join(lines)


def _tools(report: IsolationReport) -> str:
    sets = "; ".join(", ".join(f"{name} {version}" for name, version in tools.items()) for tools in report["tools"])
    return f"Made and audited with: {sets}." if sets else ""


def _settings(report: IsolationReport) -> str:
    return ", ".join(f"{name} {value}" for name, value in report["parameters"].items())


def _sentence(report: IsolationReport) -> str:
    passed = ", ".join(f"{row['modality']} {percent(row['passed'], row['clips'])}" for row in report["stages"])
    medians = ", ".join(f"{NAMES[row['name']]} {row['median']:.2f}" for row in report["figures"])
    return (
        f"Isolation in campaign “{report['campaign']}” by {report['method']} (settings {report['digest'][:12]}): "
        f"audits passed: {passed}; overruled: {sum(row['overruled'] for row in report['stages'])}."
        + (f" Medians of the noised audio against the clean voice: {medians}." if medians else "")
    )


def _plain(text: str) -> str:
    """A text that people wrote, so that it cannot open a tag or a link to a script, nor end a line of the card."""
    return " ".join(text.split()).replace("<", "&lt;").replace("](", "]\\(")
