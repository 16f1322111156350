"""How the clips of a version were isolated when they were rated: what its data card quotes of the audits."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast
from uuid import UUID

from annotator.isolation.parameters import IsolationParameters, mode_of
from annotator.isolation.summary import summarize_figures
from annotator.models import Campaign, Overruling
from annotator.selectors.isolation import tools_of
from annotator.selectors.progress import decision_origin, label_origin, renditions_of
from annotator.shown import PLAYED
from datasets.formats.isolation import NAMES, AuditFigure, IsolationReport, Overruled, StageAudit
from datasets.models import Clip, Project

OVERRULINGS_NAMED = 50


class File(NamedTuple):
    """A rendition with its verdict: passed, overruled for this reason, or neither."""

    clip: UUID
    modality: str
    passed: bool
    reason: str | None


def isolation_reports(project: Project, settled_by: Mapping[str, Sequence[UUID]]) -> list[IsolationReport]:
    """A report of every campaign of the project that settled or decided labels of these clips."""
    found = []
    for campaign in project.campaigns.order_by("created_at", "pk"):
        origins = label_origin(campaign), decision_origin(campaign)
        clips = {clip for origin in origins for clip in settled_by.get(origin, ())}
        if clips:
            found.append(report_of(campaign, clips))
    return found


def report_of(campaign: Campaign, clips: set[UUID]) -> IsolationReport:
    """What the audits say of some of the campaign's clips."""
    parameters = IsolationParameters.from_record(campaign.isolation)
    files = files_of(campaign, clips)
    records = audio_records(campaign, clips)
    figures, _ = summarize_figures([("", record) for record in records], parameters.as_record())
    return {
        "campaign": campaign.name,
        "mode": mode_of(parameters),
        "method": parameters.audio_method,
        "parameters": parameters.as_record(),
        "digest": campaign.isolation_digest,
        "stages": [stage_of(modality.value, files, clips) for modality in PLAYED],
        "figures": [_quoted(figure) for figure in figures if figure["name"] in NAMES],
        "overrulings": _named([file for file in files if file.reason is not None]),
        "tools": tools_of(records),
    }


def files_of(campaign: Campaign, clips: set[UUID]) -> list[File]:
    """The renditions of these clips with their verdicts."""
    rulings = Overruling.objects.filter(clip__campaign_clips__campaign=campaign)
    reasons = {(clip, modality, sha): why for clip, modality, sha, why in rulings.values_list(
        "clip_id", "modality", "sha256", "reason"
    )}  # fmt: skip
    rows = renditions_of(campaign).values_list("clip_id", "modality", "passed", "sha256")
    return [
        File(clip, modality, passed, None if passed else reasons.get((clip, modality, sha)))
        for clip, modality, passed, sha in rows.iterator(chunk_size=10_000)
        if clip in clips
    ]


def audio_records(campaign: Campaign, clips: set[UUID]) -> list[Mapping[str, Any]]:
    """The audits of the noised audio of these clips."""
    audited = renditions_of(campaign).filter(modality="audio", audit__isnull=False)
    rows = audited.order_by("clip").values_list("clip_id", "audit__record")
    return [record for clip, record in rows.iterator(chunk_size=1_000) if clip in clips]


def stage_of(modality: str, files: Sequence[File], clips: set[UUID]) -> StageAudit:
    """One stage's verdicts, in clips."""
    here = [file for file in files if file.modality == modality]
    passed = sum(file.passed for file in here)
    overruled = sum(file.reason is not None for file in here)
    return {
        "modality": modality,
        "clips": len(clips),
        "passed": passed,
        "overruled": overruled,
        "withheld": len(here) - passed - overruled,
        "missing": len(clips) - len(here),
    }


def _quoted(figure: Mapping[str, Any]) -> AuditFigure:
    return cast(AuditFigure, {name: figure[name] for name in AuditFigure.__annotations__})


def _named(overruled: Sequence[File]) -> list[Overruled]:
    chosen = overruled[:OVERRULINGS_NAMED]
    clips = Clip.objects.select_related("source").in_bulk({file.clip for file in chosen})
    return [{"clip": str(clips[file.clip]), "modality": file.modality, "reason": file.reason or ""} for file in chosen]
