"""Prove of a rendition's file that it holds one modality and nothing of the others."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from annotator.isolation.intelligibility import VoiceFigures
from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.syllables import Identified
from datasets.media import programs
from datasets.media.probe import Probe, probe
from datasets.vocabulary import Modality

EXPECTED: dict[Modality, tuple[str, ...]] = {
    Modality.AUDIO: ("audio",),
    Modality.VISION: ("video",),
    Modality.MULTIMODAL: ("video", "audio"),
}
# What an MP4 cannot be without, and values that say nothing of the clip.
HARMLESS_TAGS: dict[str, re.Pattern[str]] = {
    "major_brand": re.compile(r"isom|mp42|M4A "),
    "minor_version": re.compile(r"\d+"),
    "compatible_brands": re.compile(r"[A-Za-z0-9 ]+"),
    "language": re.compile(r"und"),
    "vendor_id": re.compile(r"\[0\]\[0\]\[0\]\[0\]"),
    "encoder": re.compile(r"Lavc (libx264|aac)"),
}
MEASURING_PACKAGES = ("pystoi", "pyloudnorm", "opensmile", "rapidocr", "mediapipe", "numpy", "scipy")
CAPTION_MARK = b"GA94"  # CEA-608 and 708 captions within a picture's data
# Shorter byte strings occur in compressed data by chance.
LEAST_TELLING_BYTES = 6


@dataclass(frozen=True)
class Audit:
    """What was found in one rendition; it passed when `findings`, one sentence each, is empty.

    `notes` tell what an admin may want to know and what withholds nothing. Streams are kind:codec, attachments those
    among them that are neither picture nor sound; `tags` are all metadata as (owner, name, value). `voice`, `syllables`
    and `descriptors` compare with the clean voice, and are empty but for noised audio.
    """

    modality: Modality
    findings: tuple[str, ...]
    notes: tuple[str, ...]
    streams: tuple[str, ...]
    tags: tuple[tuple[str, str, str], ...]
    chapters: int
    attachments: tuple[str, ...]
    duration: float
    voice: VoiceFigures | None
    snr: float | None
    syllables: Identified | None
    descriptors: dict[str, float | None]
    conflicts: tuple[str, ...]  # where text crosses a face, which is not masked
    text_before: tuple[str, ...]
    text_after: tuple[str, ...]
    parameters: IsolationParameters
    tools: dict[str, str]

    @property
    def passed(self) -> bool:
        """Whether the rendition may be served."""
        return not self.findings

    def as_record(self) -> dict[str, Any]:  # Any: JSON
        """The audit as JSON, with its verdict and the parameters' digest."""
        return asdict(self) | {"passed": self.passed, "parameters_digest": self.parameters.digest}


def audit_file(
    path: Path,
    modality: Modality,
    parameters: IsolationParameters,
    transcript: str,
    findings: Sequence[str] = (),
    notes: Sequence[str] = (),
    found: Probe | None = None,
) -> Audit:
    """The audit of a rendition's file, with what was found of its contents; `found` is its probe, where known."""
    found, in_file = findings_in_file(path, modality, transcript, found)
    return Audit(
        modality=modality,
        findings=(*in_file, *findings),
        notes=tuple(notes),
        streams=streams_of(found),
        tags=found.tags,
        chapters=found.chapters,
        attachments=found.extra_streams,
        duration=found.duration,
        voice=None,
        snr=None,
        syllables=None,
        descriptors={},
        conflicts=(),
        text_before=(),
        text_after=(),
        parameters=parameters,
        tools=tools(),
    )


@cache
def tools() -> dict[str, str]:
    """Versions of everything that a rendition or its figures depend on."""
    pair = programs.programs()
    packages = {name: metadata.version(name) for name in MEASURING_PACKAGES}
    return {"ffmpeg": pair.ffmpeg_version, "ffprobe": pair.ffprobe_version, **packages}


def findings_in_file(
    path: Path, modality: Modality, transcript: str, found: Probe | None = None
) -> tuple[Probe, list[str]]:
    """Probe a rendition; every stream, tag, chapter or byte string that should not be there is one finding."""
    found = found or probe(path)
    findings = [*_stream_findings(found, modality), *_tag_findings(found)]
    if found.chapters:
        findings.append(f"The file holds {found.chapters} chapter(s).")
    return found, findings + list(_byte_findings(path.read_bytes(), transcript))


def streams_of(found: Probe) -> tuple[str, ...]:
    """Every stream of a file as kind:codec."""
    picture = (f"video:{found.video.codec}",) if found.video else ()
    sound = (f"audio:{found.audio.codec}",) if found.audio else ()
    return picture + sound + found.extra_streams


def voice_findings(figures: VoiceFigures, parameters: IsolationParameters) -> list[str]:
    """Each figure that misses its threshold; one that could not be measured (None) is not judged."""
    at_most = [
        ("ESTOI", figures.estoi, parameters.most_estoi),
        ("ESTOI after denoising", figures.denoised_estoi, parameters.most_denoised_estoi),
        ("The share of frames with another F0", figures.f0_outliers, parameters.most_f0_outliers),
    ]
    at_least = [
        ("The F0 correlation", figures.f0_correlation, parameters.least_f0_correlation),
        ("The raw F0 correlation", figures.raw_f0_correlation, parameters.least_raw_f0_correlation),
        ("The share of voiced frames found", figures.voiced_found, parameters.least_voiced_found),
        ("The envelope correlation", figures.envelope_correlation, parameters.least_envelope_correlation),
        ("The F1 of envelope peaks", figures.peak_f1, parameters.least_peak_f1),
        ("The loudness correlation", figures.loudness_correlation, parameters.least_loudness_correlation),
    ]
    too_high = [
        f"{name} is {value:.2f}, above the campaign's {limit:.2f}."
        for name, value, limit in at_most
        if value is not None and value > limit
    ]
    too_low = [
        f"{name} is {value:.2f}, below the campaign's {limit:.2f}."
        for name, value, limit in at_least
        if value is not None and value < limit
    ]
    return too_high + too_low


def _stream_findings(found: Probe, modality: Modality) -> Iterable[str]:
    present = tuple(stream.split(":")[0] for stream in streams_of(found))
    for kind in EXPECTED[modality]:
        if kind not in present:
            yield f"The {modality} rendition has no {kind} stream."
    for kind, stream in zip(present, streams_of(found), strict=True):
        if kind not in EXPECTED[modality] or stream in found.extra_streams:
            yield f"The {modality} rendition holds a stream that does not belong there: {stream}."


def _tag_findings(found: Probe) -> Iterable[str]:
    for owner, name, value in found.tags:
        harmless = HARMLESS_TAGS.get(name)
        if harmless is None or not harmless.fullmatch(value):
            yield f"The {owner} carries the tag {name}."


def _byte_findings(content: bytes, transcript: str) -> Iterable[str]:
    if CAPTION_MARK in content:
        yield "The file's bytes hold the mark of closed captions (GA94)."
    pieces = {transcript, *re.split(r"[\s，。！？、；：,.!?;:]+", transcript)}
    encoded = {piece.encode(code) for piece in pieces for code in ("utf-8", "utf-16-le", "utf-16-be")}
    if any(piece in content for piece in encoded if len(piece) >= LEAST_TELLING_BYTES):
        yield "The file's bytes hold words of the transcript."
