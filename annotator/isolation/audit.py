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
from config.sentences import Sentence, sentence
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
# Figures of the voice that have a threshold, and what they are called: those that may be too high, and too low.
MOST = {
    "estoi": "ESTOI",
    "denoised_estoi": "ESTOI after denoising",
    "f0_outliers": "The share of frames with another F0",
}
LEAST = {
    "f0_correlation": "The F0 correlation",
    "raw_f0_correlation": "The raw F0 correlation",
    "voiced_found": "The share of voiced frames found",
    "envelope_correlation": "The envelope correlation",
    "peak_f1": "The F1 of envelope peaks",
    "loudness_correlation": "The loudness correlation",
}
# Shorter byte strings occur in compressed data by chance.
LEAST_TELLING_BYTES = 6


@dataclass(frozen=True)
class Audit:
    """What was found in one rendition; it passed when `findings` is empty.

    `notes` tell what an admin may want to know and what withholds nothing. Streams are kind:codec, attachments those
    among them that are neither picture nor sound; `tags` are all metadata as (owner, name, value). `voice`, `syllables`
    and `descriptors` compare with the clean voice, and are empty but for noised audio.
    """

    modality: Modality
    findings: tuple[Sentence, ...]
    notes: tuple[Sentence, ...]
    streams: tuple[str, ...]
    tags: tuple[tuple[str, str, str], ...]
    chapters: int
    attachments: tuple[str, ...]
    duration: float
    voice: VoiceFigures | None
    snr: float | None
    syllables: Identified | None
    descriptors: dict[str, float | None]
    conflicts: tuple[Sentence, ...]  # where text crosses a face, which is not masked
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
    findings: Sequence[Sentence] = (),
    notes: Sequence[Sentence] = (),
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
) -> tuple[Probe, list[Sentence]]:
    """Probe a rendition; every stream, tag, chapter or byte string that should not be there is one finding."""
    found = found or probe(path)
    findings = [*_stream_findings(found, modality), *_tag_findings(found)]
    if found.chapters:
        findings.append(sentence("chapters_left", "The file holds {count} chapter(s).", count=found.chapters))
    return found, findings + list(_byte_findings(path.read_bytes(), transcript))


def streams_of(found: Probe) -> tuple[str, ...]:
    """Every stream of a file as kind:codec."""
    picture = (f"video:{found.video.codec}",) if found.video else ()
    sound = (f"audio:{found.audio.codec}",) if found.audio else ()
    return picture + sound + found.extra_streams


def voice_findings(figures: VoiceFigures, parameters: IsolationParameters) -> list[Sentence]:
    """Each figure that misses its threshold; one that could not be measured (None) is not judged."""
    found = []
    for name, called in MOST.items():
        value, limit = getattr(figures, name), getattr(parameters, f"most_{name}")
        if value is not None and value > limit:
            template = called + " is {value:.2f}, above the campaign's {limit:.2f}."
            found.append(sentence("figure_too_high", template, figure=name, value=round(value, 2), limit=limit))
    for name, called in LEAST.items():
        value, limit = getattr(figures, name), getattr(parameters, f"least_{name}")
        if value is not None and value < limit:
            template = called + " is {value:.2f}, below the campaign's {limit:.2f}."
            found.append(sentence("figure_too_low", template, figure=name, value=round(value, 2), limit=limit))
    return found


def _stream_findings(found: Probe, modality: Modality) -> Iterable[Sentence]:
    present = tuple(stream.split(":")[0] for stream in streams_of(found))
    for kind in EXPECTED[modality]:
        if kind not in present:
            yield sentence(
                "stream_missing", "The {modality} rendition has no {kind} stream.", modality=modality, kind=kind
            )
    for kind, stream in zip(present, streams_of(found), strict=True):
        if kind not in EXPECTED[modality] or stream in found.extra_streams:
            yield sentence(
                "stream_too_many",
                "The {modality} rendition holds a stream that does not belong there: {stream}.",
                modality=modality,
                stream=stream,
            )


def _tag_findings(found: Probe) -> Iterable[Sentence]:
    for owner, name, value in found.tags:
        harmless = HARMLESS_TAGS.get(name)
        if harmless is None or not harmless.fullmatch(value):
            yield sentence("tag_left", "The {owner} carries the tag {tag}.", owner=owner, tag=name)


def _byte_findings(content: bytes, transcript: str) -> Iterable[Sentence]:
    if CAPTION_MARK in content:
        yield sentence("captions_left", "The file's bytes hold the mark of closed captions (GA94).")
    pieces = {transcript, *re.split(r"[\s，。！？、；：,.!?;:]+", transcript)}
    encoded = {piece.encode(code) for piece in pieces for code in ("utf-8", "utf-16-le", "utf-16-be")}
    if any(piece in content for piece in encoded if len(piece) >= LEAST_TELLING_BYTES):
        yield sentence("transcript_left", "The file's bytes hold words of the transcript.")
